/* SPDX-License-Identifier: Apache-2.0 */
#include "breaking/languages.h"

#include "wire/protobuf_wire.h"

/* A small number inside of a message that protobuf-c does not know. */
static void
read_feature(const ProtobufCMessageUnknownField *field, uint32_t number,
             unsigned *ret)
{
	struct wire_reader in = wire_reader_of((struct wire_bytes){
		.bytes = field->data,
		.len = field->len,
	});
	struct wire_item item = {.type = (enum wire_type)field->wire_type};

	if (!wire_read_value(&in, &item) || item.type != WIRE_BYTES)
		return;
	in = wire_reader_of(item.bytes);
	while (in.at < in.end && wire_read_item(&in, &item)) {
		if (item.number == number && item.type == WIRE_VARINT &&
		    item.bits > 0 && item.bits < 16)
			*ret = (unsigned)item.bits;
	}
}

struct languages
languages_with(struct languages languages, const Proto__Features *own)
{
	for (size_t i = 0; own != NULL && i < own->base.n_unknown_fields; i++) {
		const ProtobufCMessageUnknownField *field =
			&own->base.unknown_fields[i];

		if (field->tag == LANGUAGES_CPP)
			read_feature(field, LANGUAGES_CPP_STRING,
			             &languages.cpp_string);
		if (field->tag == LANGUAGES_JAVA)
			read_feature(field, LANGUAGES_JAVA_UTF8,
			             &languages.java_utf8);
	}
	return languages;
}
