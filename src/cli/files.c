/* SPDX-License-Identifier: MIT */
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report.h"

const char *file_shown(const char *name)
{
    return name == NULL ? "standard input" : name;
}

/* Output that grows its own input would never end. */
static bool is_output(const struct stat *input, const char *output)
{
    struct stat status;
    if ((output == NULL ? fstat(STDOUT_FILENO, &status) : stat(output, &status)) != 0)
        return false;
    return S_ISREG(status.st_mode) && status.st_dev == input->st_dev &&
           status.st_ino == input->st_ino;
}

int file_open(const char **name, const char *output)
{
    struct stat status;
    int fd = STDIN_FILENO;
    const char *trouble = NULL;
    bool own = false;

    if (strcmp(*name, "-") == 0)
        *name = NULL;
    else
        fd = open(*name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0 || fstat(fd, &status) != 0)
        trouble = strerror(errno);
    else if (S_ISDIR(status.st_mode))
        trouble = "is a directory; name the files in it";
    else if (is_output(&status, output))
        own = true;
    if (trouble == NULL && !own)
        return fd;
    if (own)
        trouble = "is the output too; write to another file";
    report(file_shown(*name), 0, fd < 0 ? "cannot be read: %s" : "%s", trouble);
    if (fd > STDIN_FILENO)
        close(fd);
    return own ? FILE_IS_OUTPUT : FILE_NOT_OPEN;
}
