/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/*
 * Protobuf's wire format where protobuf-c does not go: bytes that are looked
 * at before they are trusted, and fields that no generated code declares.
 * Nothing is allocated or copied, and nothing is read past the end.
 *
 * Encoding: https://protobuf.dev/programming-guides/encoding/
 */

enum wire_type {
	WIRE_VARINT = 0,
	WIRE_64 = 1,
	WIRE_BYTES = 2,
	WIRE_GROUP = 3,
	WIRE_GROUP_END = 4,
	WIRE_32 = 5,
};

/* The bytes are the caller's. */
struct wire_bytes {
	const unsigned char *bytes;
	size_t len;
};

struct wire_reader {
	const unsigned char *at;
	const unsigned char *end;
};

/* One field on the wire. */
struct wire_item {
	const unsigned char *from; /* of the tag */
	uint32_t number;
	enum wire_type type;
	uint64_t bits;           /* of a number */
	struct wire_bytes bytes; /* of WIRE_BYTES, without the length */
};

/* How many bytes a number takes, and the number as these. */
size_t wire_varint_len(uint64_t value);
void wire_add_varint(struct buf *out, uint64_t value);

struct wire_reader wire_reader_of(struct wire_bytes bytes);

/* What follows a tag, by item->type; false for a group and its end. */
MUST_USE bool wire_read_value(struct wire_reader *in, struct wire_item *item);

/* A tag and its value. A group is passed over, with the groups inside it. */
MUST_USE bool wire_read_item(struct wire_reader *in, struct wire_item *ret);
