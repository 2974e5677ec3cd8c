/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/hash.h"

#include <stdbool.h>

struct arena;

/*
 * Secrets that programs and browsers carry: a prefix that says what it is, 30
 * random characters of 0-9A-Za-z (178 bits), and 6 that are the CRC-32 of all
 * before. The check tells a mistyped or made-up secret without a question to
 * the database, and lets scanners find leaked ones:
 * md[pcs]_[0-9A-Za-z]{36}. The database keeps the SHA-256 alone; a random
 * secret needs no slow hash.
 */

enum {
	SECRET_RANDOM = 30,
	SECRET_CHECK = 6,
};

const char *secret_new(struct arena *arena, const char *prefix);

/* Has it the form of a secret with this prefix, and the right check? */
bool secret_is_wellformed(const char *secret, const char *prefix);

/* What is stored and looked up. */
void secret_digest(const char *secret, unsigned char ret[SHA256_BYTES]);
