/* SPDX-License-Identifier: MIT
 *
 * prove OBJECT...: prove shared objects of the library, one after the other. */
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "proof.h"

static void *find(void *object, const char *name)
{
    void *const found = dlsym(object, name);
    if (found == NULL)
        differ("no %s", name);
    return found;
}

/* ISO C has no way from a pointer to a function's; POSIX has this one. */
#define FIND(member)                                            \
    do {                                                        \
        void *const found = find(object, "sbfota_" #member);    \
        memcpy(&library.member, &found, sizeof library.member); \
    } while (0)

static struct library load(const char *path)
{
    void *const object = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    struct library library = {.name = path};
    if (object == NULL)
        differ("%s", dlerror());
    FIND(parser_init);
    FIND(parse);
    FIND(parse_batch);
    FIND(format);
    FIND(finish);
    FIND(decode_line);
    FIND(session_init);
    FIND(session_feed);
    FIND(session_attempt);
    FIND(session_phase);
    FIND(session_percent);
    FIND(session_power);
    FIND(session_accept);
    FIND(session_accept_allowed);
    FIND(session_save);
    FIND(session_load);
    FIND(host_init);
    FIND(host_set_delay);
    FIND(host_event);
    FIND(host_ready);
    FIND(host_claim);
    FIND(host_release);
    FIND(host_next);
    FIND(host_may_cut);
    FIND(host_delay_state);
    FIND(host_save);
    FIND(host_load);
    FIND(part_init);
    FIND(part_feed);
    FIND(part_join);
    FIND(part_head);
    FIND(part_tail);
    FIND(part_save);
    FIND(part_load);
    return library;
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return fprintf(stderr, "usage: prove OBJECT...\n"), 2;
    find_classes();
    for (int i = 1; i < argc; i++) {
        const char *const slash = strrchr(argv[i], '/');
        const clock_t begun = clock();
        struct counts counts = {0};
        under_proof = slash == NULL ? argv[i] : slash + 1;
        const struct library library = load(argv[i]);
        prove_bytes(&library, &counts);
        prove_words(&library, &counts);
        printf("%s: %llu states, %llu places, %llu steps, %llu with numbers and positions, %llu "
               "pairs, "
               "%llu words, %llu whole lines\n",
               under_proof, counts.states, counts.places, counts.steps, counts.values, counts.pairs,
               counts.words, counts.lines);
        prove_numbers(&library);
        prove_sessions(&library);
        prove_hosts(&library);
        prove_parts(&library);
        printf("%s: proved in %.1f s\n", under_proof, (double)(clock() - begun) / CLOCKS_PER_SEC);
        fflush(stdout);
    }
    return 0;
}
