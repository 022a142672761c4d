/* SPDX-License-Identifier: MIT
 *
 * What the public functions of the codec promise for tests/proof/loops: see README.md. */
#include <sbfota/passthrough.h>
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
    requires text == \null || event->length > SBFOTA_LINE_MAX ||
             \valid_read((const char *)text + (0 .. event->length - 1));
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

//@ assigns \nothing;
size_t sbfota_message_row_size(void);
//@ assigns \nothing;
size_t sbfota_code_row_size(void);

/*@ requires \valid(payload);
    assigns *payload; */
void sbfota_payload_init(struct sbfota_payload *payload);

/*@ requires \valid(payload) && \valid_read(line) && \separated(payload, line);
    assigns *payload; */
void sbfota_payload_begin(struct sbfota_payload *payload, const struct sbfota_event *line,
                          uint32_t length);

/*@ requires \valid(payload) && \valid(parser) && \valid(event);
    requires \valid_read((const unsigned char *)bytes + (0 .. length - 1));
    requires \separated(payload, parser, event, (const unsigned char *)bytes + (0 .. length - 1));
    assigns *payload, *parser, *event;
    ensures \result <= length && event->kind < SBFOTA_KIND_COUNT;
    ensures event->kind == SBFOTA_NONE ==> \result == length;
    ensures length > 0 ==> \result > 0; */
size_t sbfota_payload_parse(struct sbfota_payload *payload, struct sbfota_parser *parser,
                            const void *bytes, size_t length, struct sbfota_event *event);

/*@ requires \valid(buffer);
    assigns *buffer; */
void sbfota_line_buffer_init(struct sbfota_line_buffer *buffer, void *memory, size_t capacity);

/*@ requires \valid(buffer) && \valid_read(event);
    requires \valid(buffer->memory + (0 .. buffer->capacity - 1));
    requires \valid_read((const char *)bytes + (0 .. used - 1));
    requires \separated(buffer, event, buffer->memory + (0 .. buffer->capacity - 1),
                        (const char *)bytes + (0 .. used - 1));
    assigns buffer->length, buffer->memory[0 .. buffer->capacity - 1]; */
const char *sbfota_line_buffer_take(struct sbfota_line_buffer *buffer, const void *bytes,
                                    size_t used, const struct sbfota_event *event);
