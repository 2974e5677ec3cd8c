/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>

struct arena;

/*
 * Passwords by libcrypt: new hashes are yescrypt, older kinds that crypt(5)
 * knows verify too. One call takes some 30 ms and 16 MB, on purpose. Passwords
 * may have any length.
 */

/* The text to store. */
const char *password_hash(struct arena *arena, const char *password);

/*
 * `hash` NULL is somebody who does not exist: it takes as long as a wrong
 * password does, and is one.
 */
bool password_verify(const char *password, const char *hash);
