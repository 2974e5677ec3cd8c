/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/*
 * Writes JSON (RFC 8259) piece by piece into a buffer; commas come by
 * themselves. Texts must be valid UTF-8. Inside an object give the key first:
 * `json_key(&w, "items"); json_open(&w, '[');` or use the pairs below.
 */
struct json_out {
	struct buf *buf;
	bool comma; /* something stands before at this level */
};

void json_open(struct json_out *out, char bracket);  /* '{' or '[' */
void json_close(struct json_out *out, char bracket); /* '}' or ']' */
void json_key(struct json_out *out, const char *key);

void json_text(struct json_out *out, const char *text); /* NULL is null */
void json_int(struct json_out *out, int64_t value);
void json_bool(struct json_out *out, bool value);

/* Text that is JSON already. */
void json_raw(struct json_out *out, const char *json, size_t len);

void json_pair_text(struct json_out *out, const char *key, const char *text);
void json_pair_int(struct json_out *out, const char *key, int64_t value);
void json_pair_bool(struct json_out *out, const char *key, bool value);
void json_pair_raw(struct json_out *out, const char *key, const char *json);
