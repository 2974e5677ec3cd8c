/* SPDX-License-Identifier: Apache-2.0 */
#include "store/secret.h"

#include "base/str.h"
#include "unit.h"

static void
made(void **state)
{
	const char *first = secret_new(*state, "mdp_");
	const char *second = secret_new(*state, "mdp_");

	assert_int_equal(strlen(first), 4 + SECRET_RANDOM + SECRET_CHECK);
	assert_true(str_starts(first, "mdp_"));
	assert_string_not_equal(first, second);
	for (int i = 0; i < 200; i++) {
		const char *secret = secret_new(*state, "mdc_");

		row_true(secret, secret_is_wellformed(secret, "mdc_"));
		row_true(secret, !secret_is_wellformed(secret, "mdp_"));
	}
	const char *bare = secret_new(*state, "");
	assert_true(secret_is_wellformed(bare, ""));
}

/* Made by another program from the description in the header. */
static const char *const known[] = {
	"mdp_0000000000000000000000000000000oJEef",
	"mdc_abcdefghijklmnopqrstuvwxyzABCD26VLwv",
	"mds_ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ0di7gJ",
	"mdp_000000000000000000000000010341000YUM",
};

static void
checked(void **state)
{
	static const char *const bad[] = {
		"",
		"mdp_",
		"mdp_000000000000000000000000000000",
		"mdp_0000000000000000000000000000000oJEeg",
		"mdp_0000000000000000000000000000000oJEe",
		"mdp_0000000000000000000000000000000oJEeff",
		"mdp_0000000000000000000000000000000oJEef ",
		" mdp_0000000000000000000000000000000oJEef",
		"MDP_0000000000000000000000000000000oJEef",
		"mdp_000000000000000000000000000000-oJEef",
		"mdp_00000000000000000000000000000000000\n",
		"mdx_0000000000000000000000000000000oJEef",
		"mdp_決0000000000000000000000000000oJEef0",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		char prefix[5] = {0};

		memcpy(prefix, known[i], 4);
		row_true(known[i], secret_is_wellformed(known[i], prefix));
	}
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		row_true(bad[i], !secret_is_wellformed(bad[i], "mdp_"));
}

/* A slip of the pen is always told: any character replaced by any other, or two
 * neighbours exchanged. */
static void
slips(void **state)
{
	static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz";

	for (size_t at = 4; known[1][at] != '\0'; at++) {
		char *secret = arena_strdup(*state, known[1]);

		for (size_t i = 0; i < sizeof(letters) - 1; i++) {
			secret[at] = letters[i];
			row_int(secret, secret_is_wellformed(secret, "mdc_"),
			        letters[i] == known[1][at]);
		}
		secret[at] = known[1][at + 1];
		secret[at + 1] = known[1][at];
		if (secret[at] != '\0' && secret[at] != known[1][at])
			row_true(secret, !secret_is_wellformed(secret, "mdc_"));
	}
}

static void
digest(void **state)
{
	unsigned char bytes[SHA256_BYTES];
	char hex[SHA256_HEX];

	(void)state;
	secret_digest("abc", bytes);
	hash_hex(bytes, sizeof(bytes), hex);
	assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223"
	                         "b00361a396177a9cb410ff61f20015ad");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("a new secret has its prefix and its check", made),
		CHECK("the check is the CRC-32 in base 62", checked),
		CHECK("a slip of the pen is told", slips),
		CHECK("the SHA-256 is what is kept", digest),
	};

	return unit_run(tests);
}
