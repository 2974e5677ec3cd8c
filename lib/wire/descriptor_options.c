/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/descriptor_options.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/str.h"
#include "wire/descriptor_types.h"
#include "wire/json_out.h"
#include "wire/limits.h"
#include "wire/protobuf_wire.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	LABEL_REPEATED = 3,
	EXTENSIONS_FROM = 1000, /* in all options messages */
	DEPTH_MAX = 32,         /* of messages in an option */
};

/* FieldDescriptorProto.Type */
enum type {
	TYPE_DOUBLE = 1,
	TYPE_FLOAT,
	TYPE_INT64,
	TYPE_UINT64,
	TYPE_INT32,
	TYPE_FIXED64,
	TYPE_FIXED32,
	TYPE_BOOL,
	TYPE_STRING,
	TYPE_GROUP,
	TYPE_MESSAGE,
	TYPE_BYTES,
	TYPE_UINT32,
	TYPE_ENUM,
	TYPE_SFIXED32,
	TYPE_SFIXED64,
	TYPE_SINT32,
	TYPE_SINT64,
};

/* --- values --------------------------------------------------------------- */

struct value {
	struct wire_item item;
	size_t order; /* among all of the message */
};

struct values {
	struct value *items;
	size_t count;
	size_t cap;
};

static void
add_value(struct arena *arena, struct values *values,
          const struct wire_item *item)
{
	if (values->count == values->cap) {
		values->cap = values->cap == 0 ? 8 : 2 * values->cap;
		values->items =
			arena_grow(arena, values->items,
		                   values->count * sizeof(*values->items),
		                   values->cap * sizeof(*values->items));
	}
	values->items[values->count] = (struct value){
		.item = *item,
		.order = values->count,
	};
	values->count++;
}

static bool
read_values(struct arena *arena, struct wire_bytes bytes, struct values *ret)
{
	struct wire_reader in = wire_reader_of(bytes);

	while (in.at < in.end) {
		struct wire_item item = {0};

		if (!wire_read_item(&in, &item))
			return false;
		add_value(arena, ret, &item);
	}
	return true;
}

/* By number, and as they came. */
static int
compare_values(const void *a, const void *b)
{
	const struct value *left = a;
	const struct value *right = b;

	if (left->item.number != right->item.number)
		return left->item.number < right->item.number ? -1 : 1;
	return (left->order > right->order) - (left->order < right->order);
}

static void
sort_values(struct values *values)
{
	if (values->count > 1)
		qsort(values->items, values->count, sizeof(*values->items),
		      compare_values);
}

/* How many values from here on have the same number. */
static size_t
run_of(const struct values *values, size_t from)
{
	size_t to = from + 1;

	while (to < values->count &&
	       values->items[to].item.number == values->items[from].item.number)
		to++;
	return to - from;
}

/* --- writing -------------------------------------------------------------- */

static enum wire_type
wire_type_of(const Proto__Field *field)
{
	switch ((enum type)field->type) {
	case TYPE_DOUBLE:
	case TYPE_FIXED64:
	case TYPE_SFIXED64:
		return WIRE_64;
	case TYPE_FLOAT:
	case TYPE_FIXED32:
	case TYPE_SFIXED32:
		return WIRE_32;
	case TYPE_STRING:
	case TYPE_GROUP:
	case TYPE_MESSAGE:
	case TYPE_BYTES:
		return WIRE_BYTES;
	case TYPE_INT64:
	case TYPE_UINT64:
	case TYPE_INT32:
	case TYPE_BOOL:
	case TYPE_UINT32:
	case TYPE_ENUM:
	case TYPE_SINT32:
	case TYPE_SINT64:
		break;
	}
	return WIRE_VARINT;
}

static void
write_base64(struct arena *arena, struct json_out *out, const void *bytes,
             size_t len)
{
	json_text(out, hash_base64_encode(arena, bytes, len));
}

/* JSON has no words for what is no number (ProtoJSON writes them as text). */
static void
write_double(struct json_out *out, double value, int digits)
{
	char text[32];

	if (isnan(value)) {
		json_text(out, "NaN");
	} else if (isinf(value)) {
		json_text(out, value > 0 ? "Infinity" : "-Infinity");
	} else {
		int len = snprintf(text, sizeof(text), "%.*g", digits, value);

		json_raw(out, text, (size_t)len);
	}
}

static double
double_of(uint64_t bits)
{
	double value;

	memcpy(&value, &bits, sizeof(value));
	return value;
}

static double
float_of(uint64_t bits)
{
	uint32_t half = (uint32_t)bits;
	float value;

	memcpy(&value, &half, sizeof(value));
	return (double)value;
}

static int64_t
unzigzag(uint64_t bits)
{
	return (int64_t)(bits >> 1) ^ -(int64_t)(bits & 1);
}

static void
write_unsigned(struct json_out *out, uint64_t value)
{
	char text[24];
	int len = snprintf(text, sizeof(text), "%" PRIu64, value);

	json_raw(out, text, (size_t)len);
}

/* A number that the enum does not name stays a number. */
static void
write_enum(const struct options *options, struct json_out *out,
           const Proto__Field *field, int32_t number)
{
	const struct options_entry *entry =
		field->type_name == NULL
			? NULL
			: options_find(options, field->type_name);

	for (size_t i = 0;
	     entry != NULL && entry->one != NULL && i < entry->one->n_value;
	     i++) {
		const Proto__EnumValue *value = entry->one->value[i];

		if (value->number == number && value->name != NULL) {
			json_text(out, value->name);
			return;
		}
	}
	json_int(out, number);
}

static void
write_number(const struct options *options, struct json_out *out,
             const Proto__Field *field, uint64_t bits)
{
	switch ((enum type)field->type) {
	case TYPE_DOUBLE:
		write_double(out, double_of(bits), DBL_DECIMAL_DIG);
		break;
	case TYPE_FLOAT:
		write_double(out, float_of(bits), FLT_DECIMAL_DIG);
		break;
	case TYPE_INT32:
	case TYPE_SFIXED32:
		json_int(out, (int32_t)(uint32_t)bits);
		break;
	case TYPE_INT64:
	case TYPE_SFIXED64:
		json_int(out, (int64_t)bits);
		break;
	case TYPE_UINT32:
	case TYPE_FIXED32:
		write_unsigned(out, (uint32_t)bits);
		break;
	case TYPE_UINT64:
	case TYPE_FIXED64:
		write_unsigned(out, bits);
		break;
	case TYPE_SINT32:
	case TYPE_SINT64:
		json_int(out, unzigzag(bits));
		break;
	case TYPE_BOOL:
		json_bool(out, bits != 0);
		break;
	case TYPE_ENUM:
		write_enum(options, out, field, (int32_t)(uint32_t)bits);
		break;
	case TYPE_STRING:
	case TYPE_GROUP:
	case TYPE_MESSAGE:
	case TYPE_BYTES:
		break;
	}
}

static bool write_message(const struct options *options, struct json_out *out,
                          const Proto__Field *field, struct wire_bytes bytes,
                          unsigned depth);

static bool
write_bytes(const struct options *options, struct json_out *out,
            const Proto__Field *field, struct wire_bytes bytes, unsigned depth)
{
	if (field->type == TYPE_MESSAGE)
		return write_message(options, out, field, bytes, depth);
	if (field->type == TYPE_STRING &&
	    str_is_utf8((const char *)bytes.bytes, bytes.len))
		json_text(out,
		          arena_strndup(out->buf->arena,
		                        (const char *)bytes.bytes, bytes.len));
	else
		write_base64(out->buf->arena, out, bytes.bytes, bytes.len);
	return true;
}

/* Names of fields and of values are written as often as numbers refer to them,
 * so few bytes can become many. */
static bool
is_too_long(const struct json_out *out)
{
	return out->buf->len > LIMIT_DESCRIPTOR_OPTION;
}

/* Numbers one after the other (packed), of a repeated field. */
static bool
write_packed(const struct options *options, struct json_out *out,
             const Proto__Field *field, struct wire_bytes bytes)
{
	struct wire_reader in = wire_reader_of(bytes);
	struct wire_item one = {.type = wire_type_of(field)};

	while (in.at < in.end) {
		if (!wire_read_value(&in, &one) || is_too_long(out))
			return false;
		write_number(options, out, field, one.bits);
	}
	return true;
}

static bool
write_one(const struct options *options, struct json_out *out,
          const Proto__Field *field, const struct wire_item *item,
          unsigned depth)
{
	enum wire_type wanted = wire_type_of(field);

	if (item->type == WIRE_BYTES && wanted != WIRE_BYTES)
		return field->label == LABEL_REPEATED &&
		       write_packed(options, out, field, item->bytes);
	if (item->type != wanted)
		return false;
	if (wanted == WIRE_BYTES)
		return write_bytes(options, out, field, item->bytes, depth);
	write_number(options, out, field, item->bits);
	return true;
}

/*
 * All values of one field: each of a repeated one; of a single message its
 * parts put together, of anything else the last.
 */
static bool
write_run(const struct options *options, struct json_out *out,
          const Proto__Field *field, const struct value *values, size_t count,
          unsigned depth)
{
	if (field->label == LABEL_REPEATED) {
		json_open(out, '[');
		for (size_t i = 0; i < count; i++) {
			if (is_too_long(out) ||
			    !write_one(options, out, field, &values[i].item,
			               depth))
				return false;
		}
		json_close(out, ']');
		return true;
	}
	if (field->type != TYPE_MESSAGE || count == 1)
		return write_one(options, out, field, &values[count - 1].item,
		                 depth);

	struct buf whole = {.arena = out->buf->arena};
	for (size_t i = 0; i < count; i++) {
		const struct wire_item *item = &values[i].item;

		if (item->type != WIRE_BYTES)
			return false;
		buf_add(&whole, item->bytes.bytes, item->bytes.len);
	}
	const struct wire_bytes bytes = {
		.bytes = (const unsigned char *)buf_text(&whole),
		.len = whole.len,
	};
	return write_message(options, out, field, bytes, depth);
}

static const Proto__Field *
field_of(const Proto__Message *message, uint32_t number)
{
	for (size_t i = 0; i < message->n_field; i++) {
		if (message->field[i]->number == (int32_t)number &&
		    message->field[i]->name != NULL)
			return message->field[i];
	}
	return NULL;
}

static bool
write_message(const struct options *options, struct json_out *out,
              const Proto__Field *field, struct wire_bytes bytes,
              unsigned depth)
{
	const struct options_entry *entry =
		field->type_name == NULL
			? NULL
			: options_find(options, field->type_name);
	struct values values = {0};

	if (entry == NULL || entry->message == NULL || depth > DEPTH_MAX ||
	    !read_values(out->buf->arena, bytes, &values))
		return false;
	sort_values(&values);
	json_open(out, '{');
	for (size_t i = 0; i < values.count;) {
		size_t count = run_of(&values, i);
		const Proto__Field *inner =
			field_of(entry->message, values.items[i].item.number);

		if (is_too_long(out))
			return false;
		/* A field that this version does not know is left out. */
		if (inner != NULL) {
			json_key(out, inner->name);
			if (!write_run(options, out, inner, &values.items[i],
			               count, depth + 1))
				return false;
		}
		i += count;
	}
	json_close(out, '}');
	return true;
}

/* --- options -------------------------------------------------------------- */

/* protobuf-c keeps the length before the bytes. */
static bool
values_of(struct arena *arena, const ProtobufCMessage *message,
          struct values *ret)
{
	for (unsigned i = 0; i < message->n_unknown_fields; i++) {
		const ProtobufCMessageUnknownField *field =
			&message->unknown_fields[i];
		struct wire_reader in = wire_reader_of((struct wire_bytes){
			.bytes = field->data,
			.len = field->len,
		});
		struct wire_item item = {
			.number = field->tag,
			.type = (enum wire_type)field->wire_type,
		};

		if (item.number < EXTENSIONS_FROM)
			continue; /* protobuf's own, of no use here */
		if (!wire_read_value(&in, &item))
			return false;
		add_value(arena, ret, &item);
	}
	sort_values(ret);
	return ret->count > 0;
}

static void
write_raw(struct arena *arena, struct json_out *out, const struct value *values,
          size_t count)
{
	struct buf bytes = {.arena = arena};

	for (size_t i = 0; i < count; i++) {
		const struct wire_item *item = &values[i].item;

		if (item->type == WIRE_BYTES)
			buf_add(&bytes, item->bytes.bytes, item->bytes.len);
		else
			buf_add(&bytes, &item->bits, sizeof(item->bits));
	}
	json_open(out, '{');
	json_key(out, "raw");
	write_base64(arena, out, buf_text(&bytes), bytes.len);
	json_close(out, '}');
}

static void
write_option(const struct options *options, const char *extendee,
             struct json_out *out, const struct value *values, size_t count)
{
	struct arena *arena = out->buf->arena;
	const struct options_entry *entry =
		options_find_extension(options, extendee, values->item.number);
	struct buf text = {.arena = arena};
	struct json_out inner = {.buf = &text};

	if (entry == NULL) {
		json_key(out, arena_printf(arena, "[%u]", values->item.number));
		write_raw(arena, out, values, count);
		return;
	}
	json_key(out, entry->full_name);
	if (arena_used(arena) < LIMIT_DESCRIPTOR_SYMBOLS &&
	    write_run(options, &inner, entry->extension, values, count, 0))
		json_raw(out, buf_text(&text), text.len);
	else
		write_raw(arena, out, values, count);
}

void
options_write(const struct options *options, const char *extendee,
              const ProtobufCMessage *message, struct json_out *out)
{
	struct values values = {0};

	if (message == NULL || message->n_unknown_fields == 0 ||
	    !values_of(out->buf->arena, message, &values))
		return;
	json_key(out, "options");
	json_open(out, '{');
	for (size_t i = 0; i < values.count;) {
		size_t count = run_of(&values, i);

		write_option(options, extendee, out, &values.items[i], count);
		i += count;
	}
	json_close(out, '}');
}
