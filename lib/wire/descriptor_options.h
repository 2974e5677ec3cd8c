/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "wire/descriptor.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct json_out;

/*
 * Custom options: values of extensions of google.protobuf.MethodOptions and the
 * like, by the extensions that a descriptor set itself declares. protobuf-c
 * keeps them as unknown fields.
 */

struct options;

/* Knows of no extension yet; everything of it is in the arena. */
MUST_USE struct options *options_new(struct arena *arena);

/* Does the file declare an extension of an options message? Then it is to be
 * added, and so are the files it imports, for their types. */
MUST_USE bool options_declared(const Proto__File *file);

/* The file must live as long as the options do. */
void options_add(struct options *options, const Proto__File *file);

/*
 * Adds the member "options" with the custom options of `message`, which is an
 * options message of the kind `extendee` ("MethodOptions"): an object by full
 * name of the extension, values as in ProtoJSON but with field names as written
 * and 64-bit numbers as numbers. What cannot be read is an object {"raw":
 * base64} by the number in square brackets, and by name where only its bytes
 * are broken. Nothing is added when there are none.
 */
void options_write(const struct options *options, const char *extendee,
                   const ProtobufCMessage *message, struct json_out *out);
