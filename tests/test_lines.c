/* SPDX-License-Identifier: MIT
 *
 * Each line by itself: docs/protocol.md, 3 to 6, and how real modules print. */
#include <criterion/criterion.h>

#include "support.h"

#define URC "+QIND: \"SBFOTA\""

static const struct line_case messages[] = {
    {"polling_time", URC ",\"polling_time\",407", "polling_time 407"},
    {"polling_time.as_in_5_1", URC ",\"polling time\",407", "polling_time 407 ~10"},
    {"polling_time.with_blanks", URC ", \"polling_time\", 407", "polling_time 407 ~03"},
    {"polling_time.greatest", URC ",\"polling_time\",1296000", "polling_time 1296000"},
    {"polling_error.not_registered", URC ",\"POLLING\",-1", "polling_error -1"},
    {"polling_error.no_softbank_sim", URC ",\"POLLING\",-2", "polling_error -2"},
    {"polling_error.sim_not_inserted", URC ",\"POLLING\",-3", "polling_error -3"},
    {"polling_error.roaming", URC ",\"POLLING\",-4", "polling_error -4"},
    {"http_start", URC ",\"HTTPSTART\"", "http_start"},
    {"downloading", URC ",\"DOWNLOADING\",10%", "downloading 10"},
    {"downloading.without_sign", URC ",\"DOWNLOADING\",10", "downloading 10 ~08"},
    {"downloading.with_blanks", URC ", \"DOWNLOADING\", 10%", "downloading 10 ~03"},
    {"downloading.zero", URC ",\"DOWNLOADING\",0%", "downloading"},
    {"http_end", URC ",\"HTTPEND\",0", "http_end"},
    {"http_end.failed", URC ",\"HTTPEND\", 702", "http_end 702 ~02"},
    {"update_timeout", URC ",\"UPDATE_TIMEOUT\",30", "update_timeout 30"},
    {"update_timeout.with_blanks", URC ", \"UPDATE_TIMEOUT\", 30", "update_timeout 30 ~03"},
    {"start", URC ",\"START\"", "start"},
    {"start.with_blank", URC ", \"START\"", "start ~01"},
    {"updating", URC ",\"UPDATING\",6%", "updating 6"},
    {"restore", URC ",\"RESTORE\",100%", "restore 100"},
    {"end", URC ",\"END\",0", "end"},
    {"end.failed", URC ",\"END\",505", "end 505"},
    {"resume", URC ",\"Last update was not finished, continue update\"", "resume"},
    {"resume.without_blank", URC ",\"Last update was not finished,continue update\"",
     "resume !noncanonical"},
    {"resume.of_siblings", URC ",\"Last upgrade was not finished,continue upgrade\"",
     "resume !noncanonical"},
    {"resume.of_siblings_with_blank", URC ",\"Last upgrade was not finished, continue upgrade\"",
     "resume !noncanonical"},
    {"report_start", URC ",\"report_result\",\"start\"", "report_start"},
    {"report_start.with_blanks", URC ", \"report_result\", \"start\"", "report_start ~03"},
    {"report_end", URC ",\"report_result\",\"end\",0", "report_end"},
    {"report_end.with_blanks", URC ", \"report_result\", \"end\", 0", "report_end ~07"},
    {"report_end.failed", URC ",\"report_result\",\"end\",880", "report_end 880"},
    {"rdy", "RDY", "rdy"},
    {"app_rdy", "APP RDY", "app_rdy"},
    {"ok", "OK", "ok"},
    {"error", "ERROR", "error"},
    {"cme_error.number", "+CME ERROR: 3", "cme_error 3"},
    {"cme_error.number_without_blank", "+CME ERROR:3", "cme_error 3 !noncanonical"},
    {"cme_error.leading_zero", "+CME ERROR: 03", "cme_error 3 !noncanonical"},
    {"cme_error.text", "+CME ERROR: SIM busy", "cme_error 12 :8"},
    {"cme_error.text_without_blank", "+CME ERROR:SIM", "cme_error 11 :3 !noncanonical"},
    {"cme_error.text_that_begins_with_a_number", "+CME ERROR: 3 x", "cme_error 12 :3"},
    {"cme_error.negative_number_is_text", "+CME ERROR: -1", "cme_error 12 :2"},
    {"delay", "+QCFGEXT: \"sbfota_delay\",30", "delay 30"},
    {"delay.with_blank", "+QCFGEXT: \"sbfota_delay\", 30", "delay 30 ~01"},
    {"range.of_delay", "+QCFGEXT: \"sbfota_delay\",(0-60)", "range :60"},
    {"range.of_accept", "+QCFGEXT: \"sbfota_accept\",(1)", "range 1 :1 /accept ~40"},
    {"range.list", "+QCFGEXT: \"sbfota_accept\",(0,1)", "range :1 /accept ~80"},
    {"query_delay", "AT+QCFGEXT=\"sbfota_delay\"", "query_delay"},
    {"query_delay.small_letters", "at+QCFGEXT=\"sbfota_delay\"", "query_delay ~20"},
    {"set_delay", "AT+QCFGEXT=\"sbfota_delay\",30", "set_delay 30"},
    {"set_delay.any_case", "At+qcfgext=\"sbfota_delay\",0", "set_delay !noncanonical"},
    {"accept", "AT+QCFGEXT=\"sbfota_accept\",1", "accept 1"},
    {"test_qcfgext", "AT+QCFGEXT=?", "test_qcfgext"},
};

static const struct line_case spellings[] = {
    {"prefix.no_blank", "+QIND:\"SBFOTA\",\"START\"", "start !noncanonical"},
    {"prefix.two_blanks", "+QIND:  \"SBFOTA\",\"START\"", "start !noncanonical"},
    {"prefix.tab", "+QIND:\t\"SBFOTA\",\"START\"", "start !noncanonical"},
    {"prefix.any_case", "+qInd: \"SBFOTA\",\"START\"", "start !noncanonical"},
    {"comma.two_blanks", URC ",  \"START\"", "start !noncanonical ~01"},
    {"comma.tab", URC ",\t\"START\"", "start !noncanonical"},
    {"comma.blank_before", URC " ,\"START\"", "start !noncanonical"},
    {"percent.blank_before", URC ",\"UPDATING\",10 %", "updating 10 !noncanonical"},
    {"percent.two_blanks_after_comma", URC ",\"UPDATING\",  1%", "updating 1 !noncanonical ~02"},
    {"number.plus_sign", URC ",\"UPDATING\",+10%", "updating 10 !noncanonical"},
    {"number.leading_zero", URC ",\"UPDATING\",010%", "updating 10 !noncanonical"},
    {"number.two_zeros", URC ",\"HTTPEND\",00", "http_end !noncanonical"},
    {"number.minus_zero", URC ",\"HTTPEND\",-0", "http_end !noncanonical"},
    {"end.blanks", URC ",\"START\"  \t ", "start !noncanonical"},
    {"end.blanks_behind_word", "OK ", "ok !noncanonical"},
    {"end.blanks_behind_number", URC ",\"HTTPEND\",702 ", "http_end 702 !noncanonical"},
    {"range.blanks", "+QCFGEXT: \"sbfota_delay\",( 0 - 60 )", "range :60 !noncanonical"},
    {"command.blank_before_comma", "AT+QCFGEXT=\"sbfota_accept\" ,1", "accept 1 !noncanonical"},
};

static const struct line_case flagged[] = {
    {"percent.over_100", URC ",\"UPDATING\",101%", "updating 101 !out_of_range"},
    {"percent.of_a_download_over_100", URC ",\"DOWNLOADING\",101%",
     "downloading 101 !out_of_range"},
    {"percent.negative", URC ",\"RESTORE\",-1%", "restore -1 !out_of_range"},
    {"polling_time.over_15_days", URC ",\"polling_time\",1296001",
     "polling_time 1296001 !out_of_range"},
    {"update_timeout.over_60", URC ",\"UPDATE_TIMEOUT\",61", "update_timeout 61 !out_of_range"},
    {"delay.over_60", "+QCFGEXT: \"sbfota_delay\",61", "delay 61 !out_of_range"},
    {"set_delay.over_60", "AT+QCFGEXT=\"sbfota_delay\",61", "set_delay 61 !out_of_range"},
    {"accept.zero", "AT+QCFGEXT=\"sbfota_accept\",0", "accept !out_of_range"},
    {"accept.two", "AT+QCFGEXT=\"sbfota_accept\",2", "accept 2 !out_of_range"},
    {"http_end.undefined_705", URC ",\"HTTPEND\",705", "http_end 705 !unknown_code"},
    {"http_end.of_siblings", URC ",\"HTTPEND\",420", "http_end 420 !unknown_code"},
    {"http_end.update_code", URC ",\"HTTPEND\",505", "http_end 505 !unknown_code"},
    {"end.http_code", URC ",\"END\",702", "end 702 !unknown_code"},
    {"report_end.polling_code", URC ",\"report_result\",\"end\",-1", "report_end -1 !unknown_code"},
    {"polling_error.zero", URC ",\"POLLING\",0", "polling_error !unknown_code"},
    {"polling_error.minus_five", URC ",\"POLLING\",-5", "polling_error -5 !unknown_code"},
    {"polling_error.positive", URC ",\"POLLING\",1", "polling_error 1 !unknown_code"},
    {"overflow.greatest", URC ",\"HTTPEND\",2147483647", "http_end 2147483647 !unknown_code"},
    {"overflow.one_over", URC ",\"HTTPEND\",2147483648",
     "http_end 2147483647 !unknown_code !overflow"},
    {"overflow.least", URC ",\"HTTPEND\",-2147483648", "http_end -2147483648 !unknown_code"},
    {"overflow.one_under", URC ",\"HTTPEND\",-2147483649",
     "http_end -2147483648 !unknown_code !overflow"},
    {"overflow.where_32_bits_wrap", URC ",\"UPDATING\",4294967306%",
     "updating 2147483647 !out_of_range !overflow"},
    {"overflow.where_64_bits_wrap", URC ",\"UPDATING\",18446744073709551626%",
     "updating 2147483647 !out_of_range !overflow"},
    {"overflow.range", "+QCFGEXT: \"sbfota_delay\",(0-4294967296)", "range :2147483647 !overflow"},
};

static const struct line_case wrong[] = {
    {"missing.keyword", URC, "malformed 15 /missing_field"},
    {"missing.behind_first_comma", URC ",", "malformed 16 /missing_field"},
    {"missing.empty_keyword", URC ",\"\"", "malformed 17 /missing_field"},
    {"missing.nothing_between_commas", URC ",,\"START\"", "malformed 16 /missing_field"},
    {"missing.argument", URC ",\"HTTPEND\"", "malformed 25 /missing_field"},
    {"missing.empty_argument", URC ",\"HTTPEND\",", "malformed 26 /missing_field"},
    {"missing.stage", URC ",\"report_result\"", "malformed 31 /missing_field"},
    {"missing.code_of_report", URC ",\"report_result\",\"end\"", "malformed 37 /missing_field"},
    {"missing.para", "AT+QCFGEXT=\"sbfota_accept\"", "malformed 26 /missing_field"},
    {"missing.delay", "AT+QCFGEXT=\"sbfota_delay\",", "malformed 26 /missing_field"},
    {"missing.answer", "+QCFGEXT: \"sbfota_delay\"", "malformed 24 /missing_field"},
    {"missing.cme", "+CME ERROR", "malformed 10 /missing_field"},
    {"missing.cme_behind_colon", "+CME ERROR: ", "malformed 12 /missing_field"},
    {"missing.end_of_range", "+QCFGEXT: \"sbfota_delay\",(0-60", "malformed 30 /missing_field"},
    {"extra.behind_word", URC ",\"START\",1", "malformed 23 /extra_field"},
    {"extra.of_another_chipset", URC ",\"UPDATING\",37%,1,1", "malformed 30 /extra_field"},
    {"extra.behind_code", URC ",\"HTTPEND\",0,", "malformed 27 /extra_field"},
    {"extra.command", "AT+QCFGEXT=\"sbfota_accept\",1,1", "malformed 28 /extra_field"},
    {"number.letters", URC ",\"HTTPEND\",abc", "malformed 26 /not_a_number"},
    {"number.quoted", URC ",\"UPDATING\",\"37\"", "malformed 27 /not_a_number"},
    {"number.only_sign", URC ",\"POLLING\",-", "malformed 27 /not_a_number"},
    {"number.two_signs", URC ",\"POLLING\",--1", "malformed 27 /not_a_number"},
    {"number.only_percent", URC ",\"UPDATING\",%", "malformed 27 /not_a_number"},
    {"range.letters", "+QCFGEXT: \"sbfota_delay\",(a-b)", "malformed 26 /not_a_range"},
    {"range.of_accept_is_a_number", "+QCFGEXT: \"sbfota_accept\",1", "malformed 26 /not_a_range"},
    {"trailing.percent_with_text", URC ",\"UPDATING\",10%x", "malformed 30 /trailing_text"},
    {"trailing.number_with_text", URC ",\"UPDATING\",10x%", "malformed 29 /trailing_text"},
    {"trailing.two_numbers", URC ",\"HTTPEND\",7 2", "malformed 28 /trailing_text"},
    {"trailing.percent_of_seconds", URC ",\"polling_time\",407%", "malformed 34 /trailing_text"},
    {"trailing.behind_word", URC ",\"START\"x", "malformed 23 /trailing_text"},
    {"trailing.without_comma", URC "\"START\"", "malformed 15 /trailing_text"},
    {"trailing.command", "AT+QCFGEXT=\"sbfota_delay\",3;", "malformed 27 /trailing_text"},
    {"trailing.keyword_behind_a_test", "AT+QCFGEXT=?delay\",30", "malformed 12 /trailing_text"},
    {"quote.keyword", URC ",\"STAR", "malformed 21 /unbalanced_quote"},
    {"quote.resume", URC ",\"Last update was", "malformed 32 /unbalanced_quote"},
    {"quote.name", "+QIND: \"SBFOTA", "malformed 14 /unbalanced_quote"},
    {"quote.command", "AT+QCFGEXT=\"sbfota_delay", "malformed 24 /unbalanced_quote"},
    {"quote.none", URC ",START", "malformed 16 /not_quoted"},
    {"quote.single", URC ",'START'", "malformed 16 /not_quoted"},
    {"unknown.keyword", URC ",\"FAIL\",3", "sbfota_unknown 17 :4 /unknown_keyword"},
    {"unknown.of_another_chipset", URC ", \"DOWNLOAD SUCCESS\"",
     "sbfota_unknown 18 :16 /unknown_keyword"},
    {"unknown.case_matters", URC ",\"Start\"", "sbfota_unknown 17 :5 /unknown_keyword"},
    {"unknown.longer", URC ",\"STARTED\"", "sbfota_unknown 17 :7 /unknown_keyword"},
    {"unknown.shorter", URC ",\"STAR\"", "sbfota_unknown 17 :4 /unknown_keyword"},
    {"unknown.stage", URC ",\"report_result\",\"middle\"", "sbfota_unknown 33 :6 /unknown_keyword"},
    {"glued.noise", "noise" URC ",\"START\"", "malformed 5 /glued"},
    {"glued.blank", " " URC ",\"START\"", "malformed 1 /glued"},
    {"glued.word", "OK" URC ",\"START\"", "malformed 2 /glued"},
    {"glued.two_messages", URC ",\"START\"" URC ",\"END\",0", "malformed 23 /glued"},
    {"glued.behind_a_plus_sign", "+" URC, "malformed 1 /glued"},
    {"glued.behind_a_beginning", "+QIND: " URC, "malformed 7 /glued"},
    {"glued.in_an_error_text", "+CME ERROR: " URC, "malformed 12 /glued"},
};

static const struct line_case others[] = {
    {"okay_is_not_ok", "OKAY", "other"},
    {"rdyness_is_not_rdy", "RDYNESS", "other"},
    {"small_letters_are_not_ok", "ok", "other"},
    {"blank_before_ok", " OK", "other"},
    {"two_blanks_in_app_rdy", "APP  RDY", "other"},
    {"errors", "ERRORS", "other"},
    {"cme_error_without_colon", "+CME ERROR 3", "other"},
    {"cms_error", "+CMS ERROR: 3", "other"},
    {"sbfota_is_not_fota", "+QIND: \"FOTA\",\"START\"", "other"},
    {"sbfotax_is_not_sbfota", "+QIND: \"SBFOTAX\",\"START\"", "other"},
    {"small_letters_are_not_sbfota", "+QIND: \"sbfota\",\"START\"", "other"},
    {"other_qind", "+QIND: \"csq\",22,99", "other"},
    {"qind_without_quotes", "+QIND: SMS DONE", "other"},
    {"other_qcfgext", "+QCFGEXT: \"usbnet\",1", "other"},
    {"other_qcfgext_command", "AT+QCFGEXT=\"nipdr\",0", "other"},
    {"qcfgext_read", "AT+QCFGEXT?", "other"},
    {"qsbfota_of_newer_modules", "AT+QSBFOTA", "other"},
    {"other_command", "AT+CSQ", "other"},
    {"urc_in_a_hosts_command", "AT+CMGS=\"" URC ",\"START\"\"", "other"},
    {"urc_behind_our_command", "AT+QCFGEXT=\"sbfota_delay\"" URC ",\"START\"", "other"},
    {"cut_name", "+QIND: \"SBFOT", "other"},
    {"shifted_letter", "+QIND: \"SBFOTB\",\"START\"", "other"},
    {"cyrillic_ok", "\xd0\x9e\xd0\x9a", "other"},
    {"eight_bits", "\x80\xff\x01", "other"},
};

static void run(const struct line_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct sbfota_event event;
        char got[DESCRIPTION_MAX];
        const size_t length = strlen(cases[i].line);
        cr_expect_eq(sbfota_decode_line(cases[i].line, length, &event), length);
        describe(&event, got);
        cr_expect_str_eq(got, cases[i].expected,
                         "%s\n  line:     %s\n  expected: %s\n  got:      %s", cases[i].name,
                         cases[i].line, cases[i].expected, got);
        cr_expect_eq(event.length, length, "%s", cases[i].name);

        /* For every line, format(parse(line)) is the line. */
        char again[512];
        const ptrdiff_t size =
            sbfota_format(&event, cases[i].line, SBFOTA_FORMAT_OWN, again, sizeof again);
        cr_expect_eq(size, (ptrdiff_t)length, "%s", cases[i].name);
        cr_expect_arr_eq(again, cases[i].line, length, "%s", cases[i].name);
    }
}

#define RUN(cases) run((cases), sizeof(cases) / sizeof(cases)[0])

Test(lines, every_message_in_the_spellings_of_the_manual)
{
    RUN(messages);
}

Test(lines, spellings_that_the_manual_never_prints)
{
    RUN(spellings);
}

Test(lines, numbers_outside_their_range_and_codes_outside_their_table)
{
    RUN(flagged);
}

Test(lines, messages_that_are_not_whole_or_have_too_much)
{
    RUN(wrong);
}

Test(lines, lines_of_others)
{
    RUN(others);
}

/* Has a table a case that is this kind, with this flag, or with none and in its canonical spelling? */
static bool has_case(const struct line_case *cases, size_t count, unsigned kind, unsigned flag)
{
    for (size_t i = 0; i < count; i++) {
        struct sbfota_event event;
        sbfota_decode_line(cases[i].line, strlen(cases[i].line), &event);
        if (event.kind == kind &&
            (flag == 0 ? event.flags == 0 && event.spelling == 0 : (event.flags & flag) != 0))
            return true;
    }
    return false;
}
#define HAS_CASE(cases, kind, flag) has_case((cases), sizeof(cases) / sizeof(cases)[0], kind, flag)

/* A row of the catalogue that nobody has tried is no message yet. */
Test(lines, every_row_of_the_catalogue_has_its_cases)
{
    for (unsigned kind = 1; kind < SBFOTA_KIND_COUNT; kind++) {
        const struct sbfota_message_row *const row = sbfota_message(kind);
        if (row->family == SBFOTA_FAMILY_LINE)
            continue;
        cr_expect(kind == SBFOTA_RANGE || HAS_CASE(messages, kind, 0),
                  "messages[] has no canonical line of %s", row->name);
        cr_expect(row->max == 0 || HAS_CASE(flagged, kind, SBFOTA_FLAG_OUT_OF_RANGE),
                  "flagged[] has no %s outside its range", row->name);
        cr_expect(sbfota_table_of_kind(kind) == SBFOTA_CODE_TABLE_NONE ||
                      HAS_CASE(flagged, kind, SBFOTA_FLAG_UNKNOWN_CODE),
                  "flagged[] has no %s with a code that is in no table", row->name);
    }
}

/* What a row's fields say of lines that are not whole, or too much. */
static void expect_wrong(const char *line, size_t length, const char *behind, unsigned reason)
{
    char whole[128];
    struct sbfota_event event;
    snprintf(whole, sizeof whole, "%.*s%s", (int)length, line, behind);
    sbfota_decode_line(whole, strlen(whole), &event);
    cr_expect_eq(event.kind, SBFOTA_MALFORMED, "%s", whole);
    cr_expect_eq(event.detail, reason, "%s: %s", whole, sbfota_reason_name(event.detail));
}

Test(lines, every_row_of_the_catalogue_broken_in_every_way)
{
    for (unsigned kind = 1; kind < SBFOTA_KIND_COUNT; kind++) {
        const struct sbfota_message_row *const row = sbfota_message(kind);
        const struct sbfota_event event = {.kind = (uint8_t)kind, .value = 1, .extent = 0};
        char line[96];
        if (row->family == SBFOTA_FAMILY_LINE || row->family == SBFOTA_FAMILY_WORD ||
            row->family == SBFOTA_FAMILY_CME)
            continue;
        const size_t length = (size_t)sbfota_format(&event, NULL, 0, line, sizeof line);
        if (kind != SBFOTA_QUERY_DELAY) /* more of which is another message */
            expect_wrong(line, length, ",1", SBFOTA_REASON_EXTRA_FIELD);
        expect_wrong(line, length, "x", SBFOTA_REASON_TRAILING_TEXT);
        expect_wrong(line, length, " x", SBFOTA_REASON_TRAILING_TEXT);
        if (row->argument == SBFOTA_ARGUMENT_NONE)
            continue;
        line[length] = '\0';
        const size_t head = (size_t)(strrchr(line, ',') - line);
        const unsigned no_number =
            kind == SBFOTA_RANGE ? SBFOTA_REASON_TRAILING_TEXT : SBFOTA_REASON_NOT_A_NUMBER;
        if (kind != SBFOTA_SET_DELAY) /* without one it asks for the delay */
            expect_wrong(line, head, "", SBFOTA_REASON_MISSING_FIELD);
        expect_wrong(line, head, ",", SBFOTA_REASON_MISSING_FIELD);
        expect_wrong(line, head, ",,1", SBFOTA_REASON_MISSING_FIELD);
        expect_wrong(line, head, kind == SBFOTA_RANGE ? ",1x" : ",x", no_number);
    }
}

/* No spelling of the manual needs its text to be given back. */
Test(lines, spellings_of_the_manual_are_formatted_from_their_fields)
{
    for (size_t i = 0; i < sizeof messages / sizeof messages[0]; i++) {
        struct sbfota_event event;
        char again[512];
        const size_t length = strlen(messages[i].line);
        sbfota_decode_line(messages[i].line, length, &event);
        if ((event.flags & SBFOTA_FLAG_NONCANONICAL) ||
            (event.kind == SBFOTA_CME_ERROR && event.extent > 0))
            continue;
        cr_expect_eq(sbfota_format(&event, NULL, SBFOTA_FORMAT_OWN, again, sizeof again),
                     (ptrdiff_t)length);
        cr_expect_arr_eq(again, messages[i].line, length, "%s", messages[i].name);
    }
}

/* Where a number may stand: what comes before it and behind it, and whether it may have a sign. */
static const struct number_place {
    const char *before, *behind;
    bool is_signed, is_upper;
} number_places[] = {
    {URC ",\"HTTPEND\",", "", true, false},
    {URC ",\"UPDATING\",", "%", true, false},
    {"+QCFGEXT: \"sbfota_delay\",", "", true, false},
    {"+QCFGEXT: \"sbfota_delay\",(", "-5)", false, false},
    {"+QCFGEXT: \"sbfota_delay\",(5-", ")", false, true},
    {"AT+QCFGEXT=\"sbfota_delay\",", "", true, false},
    {"+CME ERROR: ", "", false, false},
};

static void expect_number(const struct number_place *place, const char *sign, const char *digits)
{
    char line[128];
    struct sbfota_event event;
    const bool is_negative = sign[0] == '-';
    const uint64_t limit = (uint64_t)INT32_MAX + is_negative;
    uint64_t magnitude = 0;
    for (const char *digit = digits; *digit != '\0'; digit++)
        if (magnitude <= limit)
            magnitude = magnitude * 10 + (uint64_t)(*digit - '0');
    const bool is_over = magnitude > limit;
    const int64_t value = (int64_t)(is_over ? limit : magnitude) * (is_negative ? -1 : 1);
    snprintf(line, sizeof line, "%s%s%s%s", place->before, sign, digits, place->behind);
    sbfota_decode_line(line, strlen(line), &event);
    cr_assert_neq(event.kind, SBFOTA_MALFORMED, "%s", line);
    cr_assert_eq((event.flags & SBFOTA_FLAG_OVERFLOW) != 0, is_over, "%s", line);
    cr_assert_eq(place->is_upper ? (int64_t)event.extent : (int64_t)event.value, value, "%s", line);
}

Test(lines, numbers_of_any_length_are_as_wide_arithmetic_has_them)
{
    static const char *const signs[] = {"", "+", "-"};
    static const char *const zeros[] = {"", "0", "00"};
    static const char *const numbers[] = {
        "2147483646888",     "2147483647000",        "2147483648",  "4294967295",
        "99999999999999999", "18446744073709551616", "42949672951", "1000000000000"};
    for (size_t place = 0; place < sizeof number_places / sizeof number_places[0]; place++)
        for (size_t sign = 0; sign < (number_places[place].is_signed ? 3 : 1); sign++)
            for (size_t zero = 0; zero < 3; zero++)
                for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
                    for (int length = 1; length <= (int)strlen(numbers[i]); length++) {
                        char digits[32];
                        snprintf(digits, sizeof digits, "%s%.*s", zeros[zero], length, numbers[i]);
                        expect_number(&number_places[place], signs[sign], digits);
                    }
}
