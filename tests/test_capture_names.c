/* SPDX-License-Identifier: MIT
 *
 * Names that somebody has made up, as many and as long as he likes. */
#include "capture/names.c"

#include <criterion/criterion.h>
#include <stdio.h>
#include <sys/mman.h>

static struct bytes name_of(const char *text)
{
    return (struct bytes){text, strlen(text)};
}

Test(names, one_number_each)
{
    struct names names = {0};
    char text[16];
    for (unsigned i = 0; i < 5000; i++) {
        snprintf(text, sizeof text, "modem-%u", i);
        cr_assert_eq(names_add(&names, name_of(text)), i);
    }
    cr_assert_eq(names_add(&names, name_of("modem-7")), 7);
    cr_assert_eq(names_add(&names, name_of("")), 5000);
    cr_assert_eq(names_find(&names, name_of("modem-4999")), 4999);
    cr_assert_eq(names_find(&names, name_of("modem-5000")), NAME_UNKNOWN);
    cr_assert_eq(names_text(&names, 5000).length, 0);
    names_free(&names);
}

/* All texts together have 4 GiB at most; those that are there stay. */
Test(names, too_much_text_is_refused)
{
    struct names names = {0};
    const size_t length = (size_t)1 << 31;
    char *const long_text =
        mmap(NULL, length, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    cr_assert_neq(long_text, MAP_FAILED);
    cr_assert_eq(names_add(&names, name_of("modem-7")), 0);
    cr_assert_eq(names_add(&names, (struct bytes){long_text, length}), NAME_UNKNOWN);
    cr_assert_eq(names_find(&names, name_of("modem-7")), 0);
    cr_assert_eq(names_add(&names, name_of("modem-8")), 1);
    names_free(&names);
    munmap(long_text, length);
}
