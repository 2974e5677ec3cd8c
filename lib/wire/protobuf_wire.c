/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/protobuf_wire.h"

#include "base/buf.h"
#include "wire/limits.h"

enum {
	VARINT_BYTES = 10,
};

size_t
wire_varint_len(uint64_t value)
{
	size_t len = 1;

	for (; value >= 0x80; value >>= 7)
		len++;
	return len;
}

void
wire_add_varint(struct buf *out, uint64_t value)
{
	for (; value >= 0x80; value >>= 7)
		buf_addc(out, (char)(value | 0x80));
	buf_addc(out, (char)value);
}

struct wire_reader
wire_reader_of(struct wire_bytes bytes)
{
	return (struct wire_reader){
		.at = bytes.bytes,
		.end = bytes.bytes + bytes.len,
	};
}

static bool
read_varint(struct wire_reader *in, uint64_t *ret)
{
	uint64_t value = 0;

	for (unsigned i = 0; i < VARINT_BYTES && in->at < in->end; i++) {
		unsigned char byte = *in->at++;

		value |= (uint64_t)(byte & 0x7f) << (7 * i);
		if (byte < 0x80) {
			*ret = value;
			return true;
		}
	}
	return false;
}

/* Little-endian numbers of 4 or 8 bytes. */
static bool
read_fixed(struct wire_reader *in, size_t len, uint64_t *ret)
{
	if ((size_t)(in->end - in->at) < len)
		return false;
	*ret = 0;
	for (size_t i = 0; i < len; i++)
		*ret |= (uint64_t)in->at[i] << (8 * i);
	in->at += len;
	return true;
}

static bool
read_bytes(struct wire_reader *in, struct wire_bytes *ret)
{
	uint64_t len;

	if (!read_varint(in, &len) || len > (uint64_t)(in->end - in->at))
		return false;
	*ret = (struct wire_bytes){.bytes = in->at, .len = (size_t)len};
	in->at += len;
	return true;
}

static bool
read_tag(struct wire_reader *in, struct wire_item *ret)
{
	uint64_t tag;

	ret->from = in->at;
	if (!read_varint(in, &tag) || tag >> 3 == 0 || tag > UINT32_MAX ||
	    (tag & 7) > WIRE_32)
		return false;
	ret->number = (uint32_t)(tag >> 3);
	ret->type = (enum wire_type)(tag & 7);
	return true;
}

bool
wire_read_value(struct wire_reader *in, struct wire_item *item)
{
	switch (item->type) {
	case WIRE_VARINT:
		return read_varint(in, &item->bits);
	case WIRE_64:
		return read_fixed(in, 8, &item->bits);
	case WIRE_32:
		return read_fixed(in, 4, &item->bits);
	case WIRE_BYTES:
		return read_bytes(in, &item->bytes);
	case WIRE_GROUP:
	case WIRE_GROUP_END:
		break;
	}
	return false;
}

/* To the end of a group that has begun. */
static bool
skip_group(struct wire_reader *in, uint32_t number)
{
	uint32_t open[LIMIT_DESCRIPTOR_DEPTH];
	size_t depth = 0;
	struct wire_item item = {0};

	open[depth++] = number;
	while (depth > 0) {
		if (!read_tag(in, &item))
			return false;
		if (item.type == WIRE_GROUP_END) {
			if (item.number != open[--depth])
				return false;
		} else if (item.type == WIRE_GROUP) {
			if (depth == LIMIT_DESCRIPTOR_DEPTH)
				return false;
			open[depth++] = item.number;
		} else if (!wire_read_value(in, &item)) {
			return false;
		}
	}
	return true;
}

bool
wire_read_item(struct wire_reader *in, struct wire_item *ret)
{
	if (!read_tag(in, ret))
		return false;
	return ret->type == WIRE_GROUP ? skip_group(in, ret->number)
	                               : wire_read_value(in, ret);
}
