/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Credentials: the input is headers. One that is taken has the form it must
 * have, and a token is none any more when a character of it is another.
 */
#include "../handlers/auth/auth.h"
#include "base/arena.h"
#include "fuzz.h"
#include "request.h"
#include "store/secret.h"
#include "store/token.h"
#include "wire/gzip.h"

#include <string.h>

static const char base62[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			     "abcdefghijklmnopqrstuvwxyz";

static void
check_token(const char *secret, struct arena *arena)
{
	size_t len = strlen(secret);

	HOLDS(token_is_wellformed(secret));
	HOLDS(len == 4 + SECRET_RANDOM + SECRET_CHECK);
	HOLDS(memcmp(secret, "md", 2) == 0 && secret[3] == '_');
	HOLDS(strspn(secret + 4, base62) == len - 4);
	for (size_t i = 0; i < len; i++) {
		char *other = arena_strdup(arena, secret);

		other[i] = other[i] == '0' ? '1' : '0';
		HOLDS(!token_is_wellformed(other));
		other[i] = '\0';
		HOLDS(!token_is_wellformed(other));
	}
}

static void
check_headers(const uint8_t *bytes, size_t len, struct arena *arena)
{
	struct credential credential;
	struct req req;

	request_init(&req, arena);
	request_read(&req, bytes, len);
	credential_read(&req, &credential);
	switch (credential.kind) {
	case CREDENTIAL_NONE:
		HOLDS(req_header(&req, "HTTP_AUTHORIZATION") == NULL);
		break;
	case CREDENTIAL_TOKEN:
		HOLDS(req_header(&req, "HTTP_AUTHORIZATION") != NULL);
		check_token(credential.secret, arena);
		break;
	case CREDENTIAL_SESSION:
		HOLDS(req_header(&req, "HTTP_AUTHORIZATION") == NULL);
		HOLDS(secret_is_wellformed(credential.secret, ""));
		HOLDS(strlen(credential.secret) ==
		      SECRET_RANDOM + SECRET_CHECK);
		break;
	case CREDENTIAL_BAD:
		fuzz_check_line(credential.fault);
		break;
	}
}

/* A token made of the bytes, by the words of store/secret.h. */
static void
check_made(const uint8_t *bytes, size_t len, struct arena *arena)
{
	char *secret = arena_printf(arena, "md%c_%36s", "pcs"[len % 3], "");
	size_t check = 4 + SECRET_RANDOM;

	for (size_t i = 4; i < check; i++)
		secret[i] = base62[(i < len ? bytes[i] : 0u) % 62];
	uint32_t crc = zlib_crc32(secret, check);
	for (size_t i = check + SECRET_CHECK; i-- > check; crc /= 62)
		secret[i] = base62[crc % 62];
	check_token(secret, arena);
	HOLDS(!secret_is_wellformed(secret, ""));
}

void
fuzz_input(const uint8_t *bytes, size_t len)
{
	struct arena *arena = fuzz_arena();

	check_headers(bytes, len, arena);
	check_made(bytes, len, arena);
}
