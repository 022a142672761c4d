/* SPDX-License-Identifier: MIT */
#include "cli/writing/write_all.h"

#include <errno.h>
#include <unistd.h>

size_t write_all(int fd, const char *bytes, size_t length)
{
    size_t done = 0;
    while (done < length) {
        const ssize_t written = write(fd, bytes + done, length - done);
        if (written < 0 && errno != EINTR)
            break;
        if (written > 0)
            done += (size_t)written;
    }
    return done;
}
