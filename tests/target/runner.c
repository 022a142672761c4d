/* SPDX-License-Identifier: MIT
 *
 * Runs the tests that are linked in, then the checksums, and says what came of them in one line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include "checksum.h"
#include "criterion/criterion.h"

enum {
    FAILURES_SHOWN = 5 /* of one test */
};

static struct target_suite *suites;
static struct target_test *tests;
static struct {
    const struct target_test *test;
    unsigned failures;
    jmp_buf end;
} running;

void target_add_suite(struct target_suite *suite)
{
    suite->next = suites;
    suites = suite;
}

void target_add_test(struct target_test *test)
{
    test->next = tests;
    tests = test;
}

void target_check(bool holds, bool ends, const char *file, int line, const char *checked,
                  const char *format, ...)
{
    if (holds)
        return;
    if (running.failures++ < FAILURES_SHOWN) {
        va_list arguments;
        printf("FAILED %s.%s, %s:%d: %s: ", running.test->suite, running.test->name, file, line,
               checked);
        va_start(arguments, format);
        vprintf(format, arguments);
        va_end(arguments);
        printf("\n");
    }
    if (ends)
        longjmp(running.end, 1);
}

static void init_suite(const char *name)
{
    for (const struct target_suite *suite = suites; suite != NULL; suite = suite->next)
        if (strcmp(suite->name, name) == 0 && suite->init != NULL)
            suite->init();
}

static bool run_test(const struct target_test *test)
{
    running.test = test;
    running.failures = 0;
    if (setjmp(running.end) == 0) {
        init_suite(test->suite);
        test->run();
    }
    return running.failures == 0;
}

int main(void)
{
    unsigned passed = 0, failed = 0;
    for (const struct target_test *test = tests; test != NULL; test = test->next) {
        if (run_test(test))
            passed++;
        else
            failed++;
    }
    printf("tests: %u passed, %u failed, transitions %08lx, sessions %08lx, dialogues %08lx\n",
           passed, failed, (unsigned long)checksum_of_transitions(),
           (unsigned long)checksum_of_sessions(), (unsigned long)checksum_of_dialogues());
    return failed > 0 || passed == 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
