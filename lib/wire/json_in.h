/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "wire/place.h"

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

struct arena;
struct faults;

/*
 * Reads JSON (RFC 8259) by jansson, within the limits of wire/limits.h: depth,
 * number of values, members of one object, length of one text. Members given
 * twice, NUL characters, numbers that do not fit and anything after the value
 * are refused.
 */

/* Any JSON value; it lives until the arena is reset. NULL with one fault, which
 * has line and column. */
json_t *json_read(const char *bytes, size_t len, struct arena *arena,
                  struct faults *faults);

/* The same of an envelope: a text in it, which is a document of its own, may be
 * as long as the envelope. */
json_t *json_read_envelope(const char *bytes, size_t len, struct arena *arena,
                           struct faults *faults);

struct json_limits;

/* The same within other limits (wire/json_scan.h). */
json_t *json_read_within(const char *bytes, size_t len,
                         const struct json_limits *limits, struct arena *arena,
                         struct faults *faults);

/*
 * The same for a part of a larger text that begins at `start`. The caller owns
 * the value. With NULL *ret_malformed tells whether it is no JSON at all.
 */
json_t *json_load_at(const char *bytes, size_t len, struct place start,
                     const char *pointer, struct faults *faults,
                     bool *ret_malformed);

/* Is it no JSON (400), rather than JSON that is refused (422)? */
bool json_is_malformed(const struct faults *faults);

/* What `value` is, in words: "a text", "a list". */
const char *json_type_words(const json_t *value);
