/* SPDX-License-Identifier: MIT
 *
 * A harness without a fuzzer: each file that is named, and each file in the folders that are, once.
 */
#include <dirent.h>
#include <sys/stat.h>

#include "fuzz.h"

static unsigned long replayed;

static void replay_file(const char *name)
{
    FILE *const file = fopen(name, "rb");
    uint8_t *bytes = NULL;
    size_t length = 0, got = 1;
    CHECK(file != NULL);
    while (got > 0) {
        bytes = realloc(bytes, length + 65536);
        CHECK(bytes != NULL);
        got = fread(bytes + length, 1, 65536, file);
        length += got;
    }
    fclose(file);
    uint8_t *const exact = fuzz_copy(bytes, length);
    LLVMFuzzerTestOneInput(exact, length);
    free(exact);
    free(bytes);
    replayed++;
}

static void replay_folder(DIR *folder, const char *name)
{
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        char path[4096];
        struct stat status;
        snprintf(path, sizeof path, "%s/%s", name, entry->d_name);
        if (stat(path, &status) == 0 && S_ISREG(status.st_mode))
            replay_file(path);
    }
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        DIR *const folder = opendir(argv[i]);
        if (folder == NULL) {
            replay_file(argv[i]);
            continue;
        }
        replay_folder(folder, argv[i]);
        closedir(folder);
    }
    printf("%s: %lu inputs\n", argv[0], replayed);
    return 0;
}
