/* SPDX-License-Identifier: Apache-2.0 */
#include "base/hash.h"

#include "base/arena.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

void
hash_sha256(const void *bytes, size_t len, unsigned char ret[SHA256_BYTES])
{
	/* Fetched once: SHA256() would look for it among all providers. */
	static EVP_MD *sha256;

	if (sha256 == NULL)
		sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
	if (EVP_Digest(bytes, len, ret, NULL, sha256, NULL) != 1) {
		fputs("{\"level\":\"error\",\"event\":\"sha256.failed\"}\n",
		      stderr);
		_Exit(70);
	}
}

void
hash_hex(const void *bytes, size_t len, char *ret)
{
	static const char digits[] = "0123456789abcdef";
	const unsigned char *p = bytes;

	for (size_t i = 0; i < len; i++) {
		ret[2 * i] = digits[p[i] >> 4];
		ret[2 * i + 1] = digits[p[i] & 15];
	}
	ret[2 * len] = '\0';
}

void
hash_sha256_hex(const void *bytes, size_t len, char ret[SHA256_HEX])
{
	unsigned char digest[SHA256_BYTES];

	hash_sha256(bytes, len, digest);
	hash_hex(digest, sizeof(digest), ret);
}

void
hash_random(void *bytes, size_t len)
{
	if (len > INT_MAX || RAND_bytes(bytes, (int)len) != 1) {
		fputs("{\"level\":\"error\",\"event\":\"random.failed\"}\n",
		      stderr);
		_Exit(70);
	}
}

const char *
hash_random_base62(struct arena *arena, size_t chars)
{
	static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				       "abcdefghijklmnopqrstuvwxyz";
	char *text = arena_alloc(arena, chars + 1);

	for (size_t i = 0; i < chars;) {
		unsigned char byte;

		hash_random(&byte, 1);
		/* 248 = 4 * 62: the rest would favour some characters. */
		if (byte < 248)
			text[i++] = alphabet[byte % 62];
	}
	return text;
}

int
hash_equal(const void *a, const void *b, size_t len)
{
	return CRYPTO_memcmp(a, b, len) == 0;
}

char *
hash_base64_encode(struct arena *arena, const void *bytes, size_t len)
{
	unsigned char *out = arena_alloc(arena, (len + 2) / 3 * 4 + 1);

	(void)EVP_EncodeBlock(out, bytes, (int)len);
	return (char *)out;
}

char *
hash_base64_decode(struct arena *arena, const char *text, size_t len,
                   size_t *ret_len)
{
	if (len % 4 != 0 || len > INT_MAX)
		return NULL;

	/* EVP_DecodeBlock() skips white space at both ends; we do not. */
	size_t padding = 0;
	for (size_t i = 0; i < len; i++) {
		char c = text[i];
		int plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
		            (c >= 'a' && c <= 'z') || c == '+' || c == '/';

		if (c == '=' && i + 2 >= len)
			padding++;
		else if (!plain || padding > 0)
			return NULL;
	}

	unsigned char *out = arena_alloc(arena, len / 4 * 3 + 1);
	int got = EVP_DecodeBlock(out, (const unsigned char *)text, (int)len);
	if (got < 0 || (size_t)got < padding)
		return NULL;
	*ret_len = (size_t)got - padding;
	out[*ret_len] = '\0';
	return (char *)out;
}
