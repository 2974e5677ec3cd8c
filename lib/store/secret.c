/* SPDX-License-Identifier: Apache-2.0 */
#include "store/secret.h"

#include "base/arena.h"
#include "base/str.h"
#include "wire/gzip.h"

#include <stdint.h>
#include <string.h>

static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			       "abcdefghijklmnopqrstuvwxyz";

/* The CRC-32 in base 62, most significant first: 62^6 is more than 2^32. */
static void
check_of(const char *text, size_t len, char ret[SECRET_CHECK])
{
	uint32_t crc = zlib_crc32(text, len);

	for (size_t i = SECRET_CHECK; i-- > 0; crc /= 62)
		ret[i] = alphabet[crc % 62];
}

const char *
secret_new(struct arena *arena, const char *prefix)
{
	const char *random = hash_random_base62(arena, SECRET_RANDOM);
	char *text = arena_printf(arena, "%s%s%*s", prefix, random,
	                          SECRET_CHECK, "");
	size_t len = strlen(text) - SECRET_CHECK;

	check_of(text, len, text + len);
	return text;
}

bool
secret_is_wellformed(const char *secret, const char *prefix)
{
	size_t len = strlen(prefix) + SECRET_RANDOM;
	char check[SECRET_CHECK];

	if (!str_starts(secret, prefix) ||
	    strlen(secret) != len + SECRET_CHECK ||
	    strspn(secret + strlen(prefix), alphabet) !=
	            SECRET_RANDOM + SECRET_CHECK)
		return false;
	check_of(secret, len, check);
	return memcmp(check, secret + len, SECRET_CHECK) == 0;
}

void
secret_digest(const char *secret, unsigned char ret[SHA256_BYTES])
{
	hash_sha256(secret, strlen(secret), ret);
}
