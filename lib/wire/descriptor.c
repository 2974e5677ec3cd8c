/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/descriptor.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/str.h"
#include "wire/limits.h"
#include "wire/protobuf_wire.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum {
	EDGES_MAX = 12, /* of one kind of message */
};

/* --- what is inside what -------------------------------------------------- */

enum kind {
	KIND_FILE,
	KIND_MESSAGE,
	KIND_FIELD,
	KIND_ONEOF,
	KIND_ENUM,
	KIND_VALUE,
	KIND_SERVICE,
	KIND_METHOD,
	KIND_RANGE,
	KIND_FILE_OPTIONS,
	KIND_OPTIONS, /* what is in it differs, but no string is read */
	KIND_SOURCE,
	KIND_LEAF, /* holds no text and no message that is named here */
	KIND_TEXT, /* no message: a string */
	KIND_END,
};

struct edge {
	uint32_t number; /* 0 ends a list */
	enum kind to;
	const char *name; /* in JSON */
	bool many;
};

/* clang-format off */
#define ONE(number, to, name)  {number, KIND_ ## to, name, false}
#define MANY(number, to, name) {number, KIND_ ## to, name, true}

/* Of descriptor.proto: all strings but comments, and all messages. */
static const struct edge edges[KIND_END][EDGES_MAX] = {
	[KIND_FILE] = {
		ONE(1, TEXT, "name"),
		ONE(2, TEXT, "package"),
		MANY(3, TEXT, "dependency"),
		MANY(4, MESSAGE, "messageType"),
		MANY(5, ENUM, "enumType"),
		MANY(6, SERVICE, "service"),
		MANY(7, FIELD, "extension"),
		ONE(8, FILE_OPTIONS, "options"),
		ONE(DESCRIPTOR_SOURCE_INFO, SOURCE, "sourceCodeInfo"),
		ONE(12, TEXT, "syntax"),
		MANY(15, TEXT, "optionDependency"),
	},
	[KIND_MESSAGE] = {
		ONE(1, TEXT, "name"),
		MANY(2, FIELD, "field"),
		MANY(3, MESSAGE, "nestedType"),
		MANY(4, ENUM, "enumType"),
		MANY(5, RANGE, "extensionRange"),
		MANY(6, FIELD, "extension"),
		ONE(7, OPTIONS, "options"),
		MANY(8, ONEOF, "oneofDecl"),
		MANY(9, LEAF, "reservedRange"),
		MANY(10, TEXT, "reservedName"),
	},
	[KIND_FIELD] = {
		ONE(1, TEXT, "name"),
		ONE(2, TEXT, "extendee"),
		ONE(6, TEXT, "typeName"),
		ONE(7, TEXT, "defaultValue"),
		ONE(8, OPTIONS, "options"),
		ONE(10, TEXT, "jsonName"),
	},
	[KIND_ONEOF] = {
		ONE(1, TEXT, "name"),
		ONE(2, OPTIONS, "options"),
	},
	[KIND_ENUM] = {
		ONE(1, TEXT, "name"),
		MANY(2, VALUE, "value"),
		ONE(3, OPTIONS, "options"),
		MANY(4, LEAF, "reservedRange"),
		MANY(5, TEXT, "reservedName"),
	},
	[KIND_VALUE] = {
		ONE(1, TEXT, "name"),
		ONE(3, OPTIONS, "options"),
	},
	[KIND_SERVICE] = {
		ONE(1, TEXT, "name"),
		MANY(2, METHOD, "method"),
		ONE(3, OPTIONS, "options"),
	},
	[KIND_METHOD] = {
		ONE(1, TEXT, "name"),
		ONE(2, TEXT, "inputType"),
		ONE(3, TEXT, "outputType"),
		ONE(4, OPTIONS, "options"),
	},
	[KIND_RANGE] = {
		ONE(3, OPTIONS, "options"),
	},
	[KIND_FILE_OPTIONS] = {
		ONE(1, TEXT, "javaPackage"),
		ONE(8, TEXT, "javaOuterClassname"),
		ONE(11, TEXT, "goPackage"),
		ONE(36, TEXT, "objcClassPrefix"),
		ONE(37, TEXT, "csharpNamespace"),
		ONE(39, TEXT, "swiftPrefix"),
		ONE(40, TEXT, "phpClassPrefix"),
		ONE(41, TEXT, "phpNamespace"),
		ONE(44, TEXT, "phpMetadataNamespace"),
		ONE(45, TEXT, "rubyPackage"),
	},
	[KIND_SOURCE] = {
		MANY(1, LEAF, "location"),
	},
};
/* clang-format on */

/* --- the set -------------------------------------------------------------- */

enum descriptor_result
descriptor_next(struct descriptor_walk *walk, struct wire_bytes *ret,
                struct fault *fault)
{
	struct wire_reader in = wire_reader_of(walk->set);
	struct wire_item item = {0};

	in.at += walk->at;
	while (in.at < in.end) {
		if (!wire_read_item(&in, &item)) {
			(void)fault_set(fault, "malformed",
			                "is no FileDescriptorSet: the encoding "
			                "is broken at byte %zu",
			                (size_t)(item.from - walk->set.bytes));
			return DESCRIPTOR_MALFORMED;
		}
		walk->at = (size_t)(in.at - walk->set.bytes);
		if (item.number != 1 || item.type != WIRE_BYTES)
			continue;
		if (walk->files++ == LIMIT_DESCRIPTOR_FILES) {
			(void)fault_set(fault, "too-many",
			                "has more than %d files",
			                LIMIT_DESCRIPTOR_FILES);
			return DESCRIPTOR_MALFORMED;
		}
		*ret = item.bytes;
		return DESCRIPTOR_FILE;
	}
	return DESCRIPTOR_END;
}

/* --- a look at a file ----------------------------------------------------- */

struct scan {
	struct arena *arena;
	struct fault *fault;
	size_t parts;
	bool has_groups;
};

/* Where the scan is: one for each message it is inside of. */
struct frame {
	const struct frame *up;
	const struct edge *edge; /* NULL: the file */
	unsigned index;          /* how many of the same kind came before */
	unsigned depth;
};

static void
add_pointer(struct buf *out, const struct frame *frame)
{
	if (frame->edge == NULL) {
		buf_addc(out, '#');
		return;
	}
	add_pointer(out, frame->up);
	buf_printf(out, "/%s", frame->edge->name);
	if (frame->edge->many)
		buf_printf(out, "/%u", frame->index);
}

static bool
refuse(struct scan *scan, const struct frame *frame, const char *code,
       const char *detail)
{
	struct buf pointer = {.arena = scan->arena};

	(void)fault_set(scan->fault, code, "%s", detail);
	add_pointer(&pointer, frame);
	scan->fault->pointer = buf_text(&pointer);
	return false;
}

static const struct edge *
edge_of(enum kind kind, uint32_t number)
{
	for (const struct edge *e = edges[kind]; e->number != 0; e++) {
		if (e->number == number)
			return e;
	}
	return NULL;
}

static bool scan_message(struct scan *scan, enum kind kind,
                         struct wire_bytes bytes, const struct frame *frame);

static bool
scan_edge(struct scan *scan, const struct wire_item *item,
          const struct frame *frame)
{
	if (item->type != WIRE_BYTES)
		return refuse(scan, frame, "type",
		              "is encoded as another type than it has");
	if (frame->edge->to != KIND_TEXT)
		return scan_message(scan, frame->edge->to, item->bytes, frame);
	if (!str_is_utf8((const char *)item->bytes.bytes, item->bytes.len))
		return refuse(scan, frame, "encoding",
		              "is not UTF-8 without NUL");
	return true;
}

static bool
scan_message(struct scan *scan, enum kind kind, struct wire_bytes bytes,
             const struct frame *frame)
{
	struct wire_reader in = wire_reader_of(bytes);
	unsigned seen[EDGES_MAX] = {0};

	if (frame->depth > LIMIT_DESCRIPTOR_DEPTH)
		return refuse(scan, frame, "too-deep", "is nested too deep");
	if (++scan->parts > LIMIT_DESCRIPTOR_PARTS)
		return refuse(scan, frame, "too-many",
		              "is one part too many for one file");
	while (in.at < in.end) {
		struct wire_item item = {0};

		if (!wire_read_item(&in, &item))
			return refuse(scan, frame, "malformed",
			              "has a broken encoding");
		scan->has_groups |= item.type == WIRE_GROUP;
		const struct edge *edge = edge_of(kind, item.number);
		if (edge == NULL)
			continue;

		const struct frame inner = {
			.up = frame,
			.edge = edge,
			.index = seen[edge - edges[kind]]++,
			.depth = frame->depth + 1,
		};
		if (!scan_edge(scan, &item, &inner))
			return false;
	}
	return true;
}

/* --- reading -------------------------------------------------------------- */

/* The message again, without groups at any level that protobuf-c reads. */
static void
add_without_groups(struct buf *out, enum kind kind, struct wire_bytes bytes)
{
	struct wire_reader in = wire_reader_of(bytes);
	struct wire_item item = {0};

	while (in.at < in.end && wire_read_item(&in, &item)) {
		if (item.type == WIRE_GROUP)
			continue;
		const struct edge *edge = edge_of(kind, item.number);
		if (edge == NULL || edge->to == KIND_TEXT) {
			buf_add(out, item.from, (size_t)(in.at - item.from));
			continue;
		}

		struct buf inner = {.arena = out->arena};
		add_without_groups(&inner, edge->to, item.bytes);
		wire_add_varint(out, (uint64_t)item.number << 3 | WIRE_BYTES);
		wire_add_varint(out, inner.len);
		buf_add(out, inner.data, inner.len);
	}
}

struct limited {
	struct arena *arena;
	size_t most; /* arena_used() may reach this */
};

static void *
take(void *limited, size_t size)
{
	const struct limited *limit = limited;

	if (size > limit->most || arena_used(limit->arena) > limit->most - size)
		return NULL;
	return arena_alloc(limit->arena, size);
}

static void
leave(void *limited, void *memory)
{
	(void)limited;
	(void)memory;
}

static struct wire_bytes
bytes_of(const struct buf *buf)
{
	return (struct wire_bytes){
		.bytes = (const unsigned char *)buf_text(buf),
		.len = buf->len,
	};
}

/* What the scan has found well formed, unpacked in the arena of the scan. */
static const Proto__File *
unpack(struct scan *scan, struct arena *scratch, struct wire_bytes file)
{
	const struct frame whole = {.edge = NULL};
	struct limited limit = {
		.arena = scan->arena,
		.most = arena_used(scan->arena) + LIMIT_DESCRIPTOR_MEMORY,
	};
	ProtobufCAllocator allocator = {
		.alloc = take,
		.free = leave,
		.allocator_data = &limit,
	};

	if (scan->has_groups) {
		struct buf plain = {.arena = scratch};

		add_without_groups(&plain, KIND_FILE, file);
		file = bytes_of(&plain);
	}

	const Proto__File *ret =
		proto__file__unpack(&allocator, file.len, file.bytes);
	if (ret == NULL)
		(void)refuse(scan, &whole, "malformed",
		             "is too large in memory, or a number in it is "
		             "encoded as another type than it has");
	else if (ret->name == NULL || *ret->name == '\0')
		(void)refuse(scan, &whole, "required", "has no name");
	else
		return ret;
	return NULL;
}

const Proto__File *
descriptor_read(struct arena *arena, struct wire_bytes file,
                struct fault *fault)
{
	struct scan scan = {.arena = arena, .fault = fault};
	const struct frame whole = {.edge = NULL};

	if (!scan_message(&scan, KIND_FILE, file, &whole))
		return NULL;
	return unpack(&scan, arena, file);
}

const Proto__File *
descriptor_read_declarations(struct arena *arena, struct arena *scratch,
                             struct wire_bytes file, struct fault *fault)
{
	struct scan scan = {.arena = arena, .fault = fault};
	const struct frame whole = {.edge = NULL};
	struct buf rest = {.arena = scratch};
	struct wire_reader in = wire_reader_of(file);
	struct wire_item item = {0};

	if (!scan_message(&scan, KIND_FILE, file, &whole))
		return NULL;
	(void)buf_reserve(&rest, file.len);
	while (in.at < in.end && wire_read_item(&in, &item)) {
		if (item.number != DESCRIPTOR_SOURCE_INFO)
			buf_add(&rest, item.from, (size_t)(in.at - item.from));
	}
	return unpack(&scan, scratch, bytes_of(&rest));
}
