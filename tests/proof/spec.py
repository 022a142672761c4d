# SPDX-License-Identifier: MIT
"""The language a second time: what each line means, written from the protocol and not from the grammar.

One pattern for each event, and one for each reason for which a line is malformed. The sections are those of Quectel's
*BG96 SoftBank DFOTA Application Note* 1.0.
"""
from engine import BLANK, DIGIT, END, QUOTE, SOLID, TEXT, alt, any_of, any_word_but, byte, bytes_of, literal, opt, plus, seq, star

# Marks: spellings, as sbfota.h numbers them, and two more.
BLANK_1, BLANK_2, BLANK_3, NO_PERCENT, BLANK_KEYWORD, LOWER_AT, RANGE_SINGLE, RANGE_LIST = (1 << i for i in range(8))
NEGATIVE, ODD = 1 << 8, 1 << 9

# Marks: what a byte means for a register.
FIRST, NEXT = "first digit", "next digit"
HERE, BEHIND, LENGTH, SIGN = "position", "position behind", "length", "position of the plus sign"

# Messages [5, 4.2]: their numbers, which stay; their argument and its least and greatest value; codes have their tables.
MESSAGES = {
    "POLLING_TIME": (1, "URC", "polling_time", "", "SECONDS", 0, 1296000, "MODULE"),
    "POLLING_ERROR": (2, "URC", "POLLING", "", "POLLING_CODE", 0, 0, "MODULE"),
    "HTTP_START": (3, "URC", "HTTPSTART", "", "NONE", 0, 0, "MODULE"),
    "DOWNLOADING": (4, "URC", "DOWNLOADING", "", "PERCENT", 0, 100, "MODULE"),
    "HTTP_END": (5, "URC", "HTTPEND", "", "HTTP_CODE", 0, 0, "MODULE"),
    "UPDATE_TIMEOUT": (6, "URC", "UPDATE_TIMEOUT", "", "SECONDS", 0, 60, "MODULE"),
    "START": (7, "URC", "START", "", "NONE", 0, 0, "MODULE"),
    "UPDATING": (8, "URC", "UPDATING", "", "PERCENT", 0, 100, "MODULE"),
    "RESTORE": (9, "URC", "RESTORE", "", "PERCENT", 0, 100, "MODULE"),
    "END": (10, "URC", "END", "", "UPDATE_CODE", 0, 0, "MODULE"),
    "RESUME": (11, "URC", "Last update was not finished, continue update", "", "NONE", 0, 0, "MODULE"),
    "REPORT_START": (12, "URC", "report_result", "start", "NONE", 0, 0, "MODULE"),
    "REPORT_END": (13, "URC", "report_result", "end", "HTTP_CODE", 0, 0, "MODULE"),
    "RDY": (14, "WORD", "RDY", "", "NONE", 0, 0, "MODULE"),
    "APP_RDY": (15, "WORD", "APP RDY", "", "NONE", 0, 0, "MODULE"),
    "OK": (16, "WORD", "OK", "", "NONE", 0, 0, "MODULE"),
    "ERROR": (17, "WORD", "ERROR", "", "NONE", 0, 0, "MODULE"),
    "CME_ERROR": (18, "CME", "", "", "CME_CODE", 0, 0, "MODULE"),
    "DELAY": (19, "RESPONSE", "sbfota_delay", "", "SECONDS", 0, 60, "MODULE"),
    "RANGE": (20, "RESPONSE", "sbfota_delay", "", "RANGE", 0, 0, "MODULE"),
    "QUERY_DELAY": (21, "COMMAND", "sbfota_delay", "", "NONE", 0, 0, "HOST"),
    "SET_DELAY": (22, "COMMAND", "sbfota_delay", "", "SECONDS", 0, 60, "HOST"),
    "ACCEPT": (23, "COMMAND", "sbfota_accept", "", "PARA", 1, 1, "HOST"),
    "TEST_QCFGEXT": (24, "TEST", "", "", "NONE", 0, 0, "HOST"),
    "UNKNOWN": (25, "LINE", "", "", "TEXT", 0, 0, "MODULE"),
    "MALFORMED": (26, "LINE", "", "", "TEXT", 0, 0, "EITHER"),
    "OVERLONG": (27, "LINE", "", "", "TEXT", 0, 0, "EITHER"),
    "OTHER": (28, "LINE", "", "", "TEXT", 0, 0, "EITHER"),
    "BLANK": (29, "LINE", "", "", "NONE", 0, 0, "EITHER"),
}

# Codes [5.2; 7, tables 1 and 2].
CODES = {
    "POLLING": {-1, -2, -3, -4},
    "HTTP": {0} | set(range(701, 709)) - {705} | set(range(800, 816)) | set(range(850, 856)) | {880},
    "UPDATE": {0, 504, 505, 506, 510, 511, 512},
}
# What becomes of polling [5.2].
STOPPED, REARMED = {-2, -4}, {-1, -3}

end = byte(END)
wrong_end = byte(END, value=HERE)
rest = seq(star(byte(TEXT)), end)


def wrong(mask):
    """A byte that does not belong there, and the line's rest."""
    return seq(byte(mask, value=HERE), rest)


def any_case(text):
    """Letters outside quotes; the manual prints capitals."""
    return seq(*(alt(byte(bytes_of(c)), byte(bytes_of(c.lower()), ODD)) for c in text))


odd_blanks = star(byte(BLANK, ODD))
quote, odd_quote = byte(QUOTE), byte(QUOTE, ODD)
# Behind `+QIND:`: one space; more, a tab or none are odd.
one_space = alt(byte(bytes_of(" ")), byte(bytes_of("\t"), ODD))
name_quote = alt(seq(one_space, odd_blanks, quote), odd_quote)


def comma(spelling):
    """`,` or `, `; more blanks are odd."""
    return seq(literal(","), opt(seq(alt(byte(bytes_of(" "), spelling), byte(bytes_of("\t"), ODD)), odd_blanks)))


def digits(register):
    def digit(mask, what, spelling=0):
        return byte(mask, spelling, **{register: what})
    zero, nine, more = bytes_of("0"), DIGIT & ~bytes_of("0"), star(digit(DIGIT, NEXT))
    natural = alt(digit(zero, FIRST), seq(digit(nine, FIRST), more))
    leading = seq(digit(zero, FIRST), digit(DIGIT, NEXT, ODD), more)
    minus_zero = seq(digit(zero, FIRST, ODD), more)
    return natural, leading, seq(digit(nine, FIRST), more), minus_zero


natural, leading, from_one, minus_zero = digits("value")
number = alt(natural, leading,
             seq(byte(bytes_of("+"), ODD), alt(natural, leading)),
             seq(byte(bytes_of("-"), NEGATIVE), alt(from_one, minus_zero)))
upper_natural, upper_leading, _, _ = digits("extent")
upper_number = alt(upper_natural, upper_leading)


class Language:
    """Collects the patterns of each verdict."""

    def __init__(self):
        self.patterns = {}

    def add(self, verdict, *parts):
        self.patterns.setdefault(verdict, []).append(seq(*parts))

    def behind(self, verdict, head, behind_digits=False):
        """A message is whole; blanks may follow, nothing else."""
        self.add(verdict, head, odd_blanks, end)
        self.tail(head, "", behind_digits)

    def tail(self, head, allowed, behind_digits):
        """What may not follow a whole message, or what could be its last field."""
        near = SOLID & ~bytes_of("," + allowed) & ~(DIGIT if behind_digits else 0)
        self.add("extra_field", head, odd_blanks, wrong(bytes_of(",")))
        self.add("trailing_text", head, wrong(near))
        self.add("trailing_text", head, plus(byte(BLANK, ODD)), wrong(SOLID & ~bytes_of("," + allowed)))

    def field(self, head, comma_spelling):
        """A comma and another field must follow. Gives what stands before that field."""
        self.add("missing_field", head, odd_blanks, wrong_end)
        self.add("trailing_text", head, odd_blanks, wrong(SOLID & ~bytes_of(",")))
        return seq(head, odd_blanks, comma(comma_spelling))

    def value(self, verdict, head, is_percent=False, also=""):
        """A number, or a percentage with or without its sign."""
        self.add("missing_field", head, wrong_end)
        self.add("missing_field", head, wrong(bytes_of(",")))
        self.add("not_a_number", head, wrong(SOLID & ~DIGIT & ~bytes_of(",+-" + also)))
        self.add("not_a_number", head, byte(bytes_of("+-")), alt(wrong_end, wrong(TEXT & ~DIGIT)))
        if is_percent:
            self.behind(verdict, seq(head, number, odd_blanks, literal("%")))
            self.add(verdict, head, number, odd_blanks, byte(END, NO_PERCENT))
            self.tail(seq(head, number), "%", True)
        else:
            self.behind(verdict, seq(head, number), True)

    def keyword(self, head, known):
        """A keyword in quotes. Gives what stands before it."""
        opened = seq(head, byte(QUOTE, value=BEHIND))
        in_quotes = TEXT & ~QUOTE
        self.add("missing_field", head, alt(wrong_end, wrong(bytes_of(","))))
        self.add("not_quoted", head, wrong(SOLID & ~bytes_of(',"')))
        self.add("missing_field", opened, wrong(QUOTE))
        self.add("unbalanced_quote", opened, star(byte(in_quotes)), wrong_end)
        self.add("UNKNOWN", opened, any_word_but(known, in_quotes), byte(QUOTE, extent=LENGTH), rest)
        return opened

    def name(self, text, verdict_head):
        """A parameter's name in quotes; the first one stands open here. Gives what stands behind it."""
        self.add("unbalanced_quote", verdict_head, literal(text), star(byte(BLANK)), wrong_end)
        return seq(verdict_head, literal(text), quote)


def urcs(language):
    """[5]"""
    plain = {keyword: (argument, name) for name, (_, family, keyword, stage, argument, *_) in MESSAGES.items()
             if family == "URC" and not stage and name not in ("POLLING_TIME", "RESUME")}
    alone = {word: name for word, (argument, name) in plain.items() if argument == "NONE"}
    percent_2 = {word: name for word, (argument, name) in plain.items() if argument == "PERCENT"}
    argument_2 = {word: name for word, (_, name) in plain.items() if word not in alone and word not in percent_2}
    resumes = [f"Last up{a} was not finished,{blank}continue up{b}"
               for a in ("date", "grade") for b in ("date", "grade") for blank in ("", " ")]
    known = [*argument_2, *percent_2, *alone, *resumes, "polling_time", "polling time", "report_result"]

    head = seq(literal("+"), any_case("QIND"), literal(":"), name_quote)
    head = language.field(language.name("SBFOTA", head), BLANK_1)
    opened = language.keyword(head, known)
    for word, verdict in argument_2.items():
        language.value(verdict, language.field(seq(opened, literal(word + '"')), BLANK_2))
    for word, verdict in percent_2.items():
        language.value(verdict, language.field(seq(opened, literal(word + '"')), BLANK_2), is_percent=True)
    for word, verdict in alone.items():
        language.behind(verdict, seq(opened, literal(word + '"')))
    # The keyword in its two spellings [5.1, 6].
    language.value("POLLING_TIME", language.field(
        seq(opened, literal("polling"), alt(literal("_"), byte(bytes_of(" "), BLANK_KEYWORD)), literal('time"')), BLANK_2))
    for text in resumes:
        is_odd = text != "Last update was not finished, continue update"
        language.behind("RESUME", seq(opened, literal(text), byte(QUOTE, ODD if is_odd else 0)))
    # [5.4]
    stage = language.keyword(language.field(seq(opened, literal('report_result"')), BLANK_2), ["start", "end"])
    language.behind("REPORT_START", seq(stage, literal('start"')))
    language.value("REPORT_END", language.field(seq(stage, literal('end"')), BLANK_3))


def answers(language):
    """[4.1, 4.2, 6]"""
    for word, verdict in (("OK", "OK"), ("ERROR", "ERROR"), ("RDY", "RDY"), ("APP RDY", "APP_RDY")):
        language.add(verdict, literal(word), odd_blanks, end)

    cme = literal("+CME ERROR")
    language.add("missing_field", cme, odd_blanks, wrong_end)
    language.add("missing_field", cme, literal(":"), star(byte(BLANK)), wrong_end)
    colon = seq(cme, literal(":"))

    def from_here(mask, value, more):
        """The first byte of number or text: behind a blank, or not."""
        return alt(seq(one_space, odd_blanks, byte(mask, extent=HERE, value=value), more),
                   seq(byte(mask, ODD, extent=HERE, value=value), more))

    zero, nine, more = bytes_of("0"), DIGIT & ~bytes_of("0"), star(byte(DIGIT, value=NEXT))
    language.add("CME_ERROR", colon, alt(from_here(zero, FIRST, end), from_here(nine, FIRST, seq(more, end))))
    language.add("CME_ERROR", colon, alt(
        from_here(zero, FIRST, seq(plus(byte(DIGIT, value=NEXT)), star(byte(BLANK)), byte(END, ODD))),
        from_here(zero, FIRST, seq(plus(byte(BLANK)), byte(END, ODD))),
        from_here(nine, FIRST, seq(more, plus(byte(BLANK)), byte(END, ODD)))))
    language.add("CME_TEXT", colon, from_here(SOLID & ~DIGIT, None, rest))
    language.add("CME_TEXT", colon, from_here(DIGIT, None, seq(
        star(byte(DIGIT)), alt(seq(byte(SOLID & ~DIGIT), rest), seq(plus(byte(BLANK)), byte(SOLID), rest)))))

    head = seq(literal("+"), any_case("QCFGEXT"), literal(":"), name_quote)
    delay = language.field(language.name("sbfota_delay", head), BLANK_1)
    language.value("DELAY", delay, also="(")
    ranges(language, "RANGE", seq(delay, literal("(")))
    accept = language.field(language.name("sbfota_accept", head), BLANK_1)
    ranges(language, "ACCEPT_RANGE", seq(accept, literal("(")))
    language.add("missing_field", accept, alt(wrong_end, wrong(bytes_of(","))))
    language.add("not_a_range", accept, wrong(SOLID & ~bytes_of("(,")))


def ranges(language, verdict, head):
    """`(0-60)`, `(0,1)`, `(1)`: what the AT commands of these modules print for `=?`."""
    def number_missing(before):
        language.add("missing_field", before, odd_blanks, wrong_end)
        language.add("not_a_range", before, odd_blanks, wrong(SOLID & ~DIGIT))

    def not_this(before, expected):
        language.add("missing_field", before, odd_blanks, wrong_end)
        language.add("not_a_range", before, wrong(SOLID & ~DIGIT & ~bytes_of(expected)))
        language.add("not_a_range", before, plus(byte(BLANK)), wrong(SOLID & ~bytes_of(expected)))

    number_missing(head)
    lower = seq(head, odd_blanks, alt(natural, leading))
    not_this(lower, "),-")
    language.behind(verdict, seq(lower, odd_blanks, byte(bytes_of(")"), RANGE_SINGLE)))
    between = seq(lower, odd_blanks, alt(literal("-"), byte(bytes_of(","), RANGE_LIST)))
    number_missing(between)
    upper = seq(between, odd_blanks, upper_number)
    not_this(upper, ")")
    language.behind(verdict, seq(upper, odd_blanks, literal(")")))


def commands(language):
    """[4.1, 4.2]"""
    at = alt(literal("AT"), seq(byte(bytes_of("a"), LOWER_AT), literal("t")),
             seq(literal("A"), byte(bytes_of("t"), ODD)), seq(literal("a"), byte(bytes_of("T"), ODD)))
    head = seq(at, literal("+"), any_case("QCFGEXT"), literal("="))
    language.behind("TEST_QCFGEXT", seq(head, literal("?")))
    delay = language.name("sbfota_delay", seq(head, quote))
    language.add("QUERY_DELAY", delay, odd_blanks, end)
    language.add("trailing_text", delay, odd_blanks, wrong(SOLID & ~bytes_of(",")))
    language.value("SET_DELAY", seq(delay, odd_blanks, comma(BLANK_1)))
    accept = language.name("sbfota_accept", seq(head, quote))
    language.value("ACCEPT", language.field(accept, BLANK_1))


def hidden(language):
    """An SBFOTA URC behind other text. The first one on the line counts; these patterns go before all others."""
    urc = seq(byte(bytes_of("+"), plus=HERE), any_case("QIND"), literal(":"), star(byte(BLANK)), literal('"SBFOTA'),
              byte(QUOTE, value=SIGN), rest)
    a, t, anything = bytes_of("aA"), bytes_of("tT"), star(byte(TEXT))
    no_host = alt(byte(a), seq(byte(TEXT & ~a), anything), seq(byte(a), byte(TEXT & ~t), anything))
    language.add("glued", no_host, urc)
    language.add("host's", byte(a), byte(t), anything, urc)


# These stand above the others: a line that is of one of them and of another is of the one.
ABOVE = ("glued", "host's")


def language_patterns():
    language = Language()
    urcs(language)
    answers(language)
    commands(language)
    hidden(language)
    return [(verdict, any_of(parts)) for verdict, parts in language.patterns.items()]
