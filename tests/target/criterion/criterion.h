/* SPDX-License-Identifier: MIT
 *
 * What tests/test_*.c use of Criterion, for where there is no Criterion: they are built for the targets with this
 * header in its place. Their tests run one behind another in one process; runner.c. */
#ifndef SBFOTA_TESTS_TARGET_CRITERION_H
#define SBFOTA_TESTS_TARGET_CRITERION_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef void target_function(void);

struct target_suite {
    const char *name;
    target_function *init;
    struct target_suite *next;
};

struct target_test {
    const char *suite, *name;
    target_function *run;
    struct target_test *next;
};

void target_add_suite(struct target_suite *suite);
void target_add_test(struct target_test *test);

/* A check: what it says if it does not hold, and whether the test then ends. */
__attribute__((format(printf, 6, 7))) void target_check(bool holds, bool ends, const char *file,
                                                        int line, const char *checked,
                                                        const char *format, ...);

#define TestSuite(suite_, ...)                                        \
    __attribute__((constructor)) static void add_suite_##suite_(void) \
    {                                                                 \
        const struct {                                                \
            target_function *init;                                    \
        } given = {__VA_ARGS__};                                      \
        static struct target_suite suite = {#suite_, NULL, NULL};     \
        suite.init = given.init;                                      \
        target_add_suite(&suite);                                     \
    }                                                                 \
    static void add_suite_##suite_(void)

#define Test(suite_, name_)                                                         \
    static void suite_##_##name_(void);                                             \
    __attribute__((constructor)) static void add_##suite_##_##name_(void)           \
    {                                                                               \
        static struct target_test test = {#suite_, #name_, suite_##_##name_, NULL}; \
        target_add_test(&test);                                                     \
    }                                                                               \
    static void suite_##_##name_(void)

/* A message is a text and its arguments, or nothing. */
#define TARGET_ASSERT(holds, checked, ...) \
    target_check((holds), true, __FILE__, __LINE__, checked, "" __VA_ARGS__)
#define TARGET_EXPECT(holds, checked, ...) \
    target_check((holds), false, __FILE__, __LINE__, checked, "" __VA_ARGS__)

#define cr_assert(holds, ...) TARGET_ASSERT((holds), #holds, __VA_ARGS__)
#define cr_assert_not(holds, ...) TARGET_ASSERT(!(holds), "not " #holds, __VA_ARGS__)
#define cr_assert_fail(...) TARGET_ASSERT(false, "not here", __VA_ARGS__)
#define cr_assert_null(a, ...) TARGET_ASSERT((a) == NULL, #a " is NULL", __VA_ARGS__)
#define cr_assert_not_null(a, ...) TARGET_ASSERT((a) != NULL, #a " is not NULL", __VA_ARGS__)
#define cr_assert_eq(a, b, ...) TARGET_ASSERT((a) == (b), #a " == " #b, __VA_ARGS__)
#define cr_assert_neq(a, b, ...) TARGET_ASSERT((a) != (b), #a " != " #b, __VA_ARGS__)
#define cr_assert_lt(a, b, ...) TARGET_ASSERT((a) < (b), #a " < " #b, __VA_ARGS__)
#define cr_assert_leq(a, b, ...) TARGET_ASSERT((a) <= (b), #a " <= " #b, __VA_ARGS__)
#define cr_assert_gt(a, b, ...) TARGET_ASSERT((a) > (b), #a " > " #b, __VA_ARGS__)
#define cr_assert_geq(a, b, ...) TARGET_ASSERT((a) >= (b), #a " >= " #b, __VA_ARGS__)
#define cr_assert_str_eq(a, b, ...) TARGET_ASSERT(strcmp((a), (b)) == 0, #a " == " #b, __VA_ARGS__)
#define cr_assert_arr_eq(a, b, size, ...) \
    TARGET_ASSERT(memcmp((a), (b), (size)) == 0, #a " == " #b, __VA_ARGS__)

#define cr_expect(holds, ...) TARGET_EXPECT((holds), #holds, __VA_ARGS__)
#define cr_expect_not(holds, ...) TARGET_EXPECT(!(holds), "not " #holds, __VA_ARGS__)
#define cr_expect_fail(...) TARGET_EXPECT(false, "not here", __VA_ARGS__)
#define cr_expect_null(a, ...) TARGET_EXPECT((a) == NULL, #a " is NULL", __VA_ARGS__)
#define cr_expect_not_null(a, ...) TARGET_EXPECT((a) != NULL, #a " is not NULL", __VA_ARGS__)
#define cr_expect_eq(a, b, ...) TARGET_EXPECT((a) == (b), #a " == " #b, __VA_ARGS__)
#define cr_expect_neq(a, b, ...) TARGET_EXPECT((a) != (b), #a " != " #b, __VA_ARGS__)
#define cr_expect_lt(a, b, ...) TARGET_EXPECT((a) < (b), #a " < " #b, __VA_ARGS__)
#define cr_expect_leq(a, b, ...) TARGET_EXPECT((a) <= (b), #a " <= " #b, __VA_ARGS__)
#define cr_expect_gt(a, b, ...) TARGET_EXPECT((a) > (b), #a " > " #b, __VA_ARGS__)
#define cr_expect_geq(a, b, ...) TARGET_EXPECT((a) >= (b), #a " >= " #b, __VA_ARGS__)
#define cr_expect_str_eq(a, b, ...) TARGET_EXPECT(strcmp((a), (b)) == 0, #a " == " #b, __VA_ARGS__)
#define cr_expect_arr_eq(a, b, size, ...) \
    TARGET_EXPECT(memcmp((a), (b), (size)) == 0, #a " == " #b, __VA_ARGS__)

#endif
