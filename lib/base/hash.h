/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stddef.h>

struct arena;

/* SHA-256, random bytes and their text forms, by libcrypto. */

enum {
	SHA256_BYTES = 32,
	SHA256_HEX = 65, /* with the final NUL */
};

void hash_sha256(const void *bytes, size_t len,
                 unsigned char ret[SHA256_BYTES]);
void hash_sha256_hex(const void *bytes, size_t len, char ret[SHA256_HEX]);

/* Lower-case hexadecimal; `ret` has room for 2 * len + 1. */
void hash_hex(const void *bytes, size_t len, char *ret);

/* From the system's generator; the process exits when it has none. */
void hash_random(void *bytes, size_t len);

/* `chars` random characters of 0-9A-Za-z, each with 5.95 bits. */
const char *hash_random_base62(struct arena *arena, size_t chars);

/* Equal without telling by the time taken where they differ. */
int hash_equal(const void *a, const void *b, size_t len);

/* Base64 (RFC 4648, 4) with padding. */
char *hash_base64_encode(struct arena *arena, const void *bytes, size_t len);

/*
 * Base64 (RFC 4648, 4), padding demanded, nothing else between. NULL when it is
 * malformed; the result is NUL terminated.
 */
char *hash_base64_decode(struct arena *arena, const char *text, size_t len,
                         size_t *ret_len);
