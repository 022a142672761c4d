/* SPDX-License-Identifier: MIT
 *
 * What the public functions of the codec promise for tests/proof/loops: see README.md. */
#include <sbfota/texts.h>

/*@ requires \valid(parser) && \valid(event);
    requires \valid_read((const unsigned char *)bytes + (0 .. length - 1));
    requires \separated(parser, event, (const unsigned char *)bytes + (0 .. length - 1));
    assigns *parser, *event;
    ensures \result <= length && event->kind < SBFOTA_KIND_COUNT;
    ensures event->kind == SBFOTA_NONE ==> \result == length;
    ensures length > 0 ==> \result > 0; */
size_t sbfota_parse(struct sbfota_parser *parser, const void *bytes, size_t length,
                    struct sbfota_event *event);

/*@ requires \valid(parser) && \valid(count) && \valid(events + (0 .. capacity - 1));
    requires \valid_read((const unsigned char *)bytes + (0 .. length - 1));
    requires \separated(parser, count, events + (0 .. capacity - 1),
                        (const unsigned char *)bytes + (0 .. length - 1));
    assigns *parser, *count, events[0 .. capacity - 1];
    ensures \result <= length && *count <= capacity;
    ensures *count < capacity ==> \result == length; */
size_t sbfota_parse_batch(struct sbfota_parser *parser, const void *bytes, size_t length,
                          struct sbfota_event *events, size_t capacity, size_t *count);

/*@ requires \valid_read(event) && \valid(buffer + (0 .. capacity - 1));
    requires text == \null || \valid_read((const char *)text + (0 .. event->length - 1));
    requires event->kind == SBFOTA_CME_ERROR && event->extent > 0 ==>
             0 <= event->value && event->value + event->extent <= event->length;
    requires \separated(buffer + (0 .. capacity - 1), event,
                        (const char *)text + (0 .. event->length - 1));
    assigns buffer[0 .. capacity - 1]; */
ptrdiff_t sbfota_format(const struct sbfota_event *event, const void *text, unsigned style,
                        char *buffer, size_t capacity);

/*@ requires \valid(parser);
    assigns *parser; */
void sbfota_parser_init(struct sbfota_parser *parser);

/*@ requires \valid(parser) && \valid(event) && \separated(parser, event);
    assigns *parser, *event; */
bool sbfota_finish(struct sbfota_parser *parser, struct sbfota_event *event);

/*@ requires \valid(event) && \valid_read((const unsigned char *)line + (0 .. length - 1));
    requires \separated(event, (const unsigned char *)line + (0 .. length - 1));
    assigns *event;
    ensures \result <= length; */
size_t sbfota_decode_line(const void *line, size_t length, struct sbfota_event *event);

/*@ requires \valid(event);
    requires \valid_read((const unsigned char *)prefix + (0 .. prefix_length - 1));
    requires \valid_read((const unsigned char *)tail + (0 .. tail_length - 1));
    requires \separated(event, (const unsigned char *)prefix + (0 .. prefix_length - 1));
    requires \separated(event, (const unsigned char *)tail + (0 .. tail_length - 1));
    assigns *event;
    ensures \result <= tail_length; */
size_t sbfota_decode_tail(const void *prefix, size_t prefix_length, const void *tail,
                          size_t tail_length, struct sbfota_event *event);

/*@ assigns \nothing;
    ensures \result == \null || \valid_read(\result); */
const struct sbfota_message_row *sbfota_message(unsigned kind);

/*@ requires \valid_read(name + (0 .. length - 1));
    assigns \nothing; */
enum sbfota_kind sbfota_kind_from_name(const char *name, size_t length);

//@ assigns \nothing;
enum sbfota_code_table sbfota_table_of_kind(unsigned kind);

/*@ assigns \nothing;
    ensures \result == \null || \valid_read(\result); */
const struct sbfota_code_row *sbfota_code(enum sbfota_code_table table, int32_t value);

/*@ requires \valid_read(name + (0 .. length - 1));
    assigns \nothing;
    ensures \result == \null || \valid_read(\result); */
const struct sbfota_code_row *sbfota_code_from_name(enum sbfota_code_table table, const char *name,
                                                    size_t length);

/*@ assigns \nothing;
    ensures \result == \null || \valid_read(\result); */
const struct sbfota_code_row *sbfota_code_at(size_t index);

//@ assigns \nothing;
const char *sbfota_reason_name(unsigned reason);
//@ assigns \nothing;
const char *sbfota_reason_summary(unsigned reason);

/*@ requires \valid_read(name + (0 .. length - 1));
    assigns \nothing; */
enum sbfota_reason sbfota_reason_from_name(const char *name, size_t length);

//@ assigns \nothing;
const char *sbfota_flag_name(unsigned flag);
//@ assigns \nothing;
const char *sbfota_flag_summary(unsigned flag);
