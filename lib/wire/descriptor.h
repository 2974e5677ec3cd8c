/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "wire/descriptor.pb-c.h"
#include "wire/protobuf_wire.h"

#include <stddef.h>

struct arena;
struct fault;

/*
 * FileDescriptorSets, file by file, so that memory follows the largest file and
 * not the set. Nothing is allocated for a file before a look at its bytes has
 * found it well formed and within the limits of wire/limits.h: protobuf-c
 * itself knows no depth, no limit, no group and no UTF-8.
 */

enum {
	DESCRIPTOR_SOURCE_INFO = 9, /* FileDescriptorProto.source_code_info */
};

/* Zero-initialise all but `set`. */
struct descriptor_walk {
	struct wire_bytes set;
	size_t at;
	size_t files; /* so far */
};

enum descriptor_result {
	DESCRIPTOR_FILE,
	DESCRIPTOR_END,
	DESCRIPTOR_MALFORMED, /* with a fault */
};

/* The next file of a set, as bytes. Pointers of faults begin "#/file". */
MUST_USE enum descriptor_result descriptor_next(struct descriptor_walk *walk,
                                                struct wire_bytes *ret,
                                                struct fault *fault);

/*
 * One file, in the arena. Groups are left out of it, since protobuf-c refuses
 * them; they are only met in custom options. Texts but comments are UTF-8
 * without NUL. NULL with a fault, whose pointer names the place, e.g.
 * "#/messageType/3/field/0/name", and lies in the arena.
 */
MUST_USE const Proto__File *descriptor_read(struct arena *arena,
                                            struct wire_bytes file,
                                            struct fault *fault);

/*
 * The same without source_code_info, which is three quarters of most files, for
 * those who keep many files at once. `scratch` holds what is needed only while
 * reading; it may be reset afterwards.
 */
MUST_USE const Proto__File *descriptor_read_declarations(struct arena *arena,
                                                         struct arena *scratch,
                                                         struct wire_bytes file,
                                                         struct fault *fault);
