/* SPDX-License-Identifier: Apache-2.0 */
#include "base/password.h"

#include "base/str.h"
#include "unit.h"

static void
made(void **state)
{
	const char *first = password_hash(*state, "correct horse");
	const char *second = password_hash(*state, "correct horse");

	assert_true(str_starts(first, "$y$"));
	assert_string_not_equal(first, second);
	assert_true(password_verify("correct horse", first));
	assert_true(password_verify("correct horse", second));
	assert_false(password_verify("correct horsf", first));
	assert_false(password_verify("correct horse ", first));
	assert_false(password_verify("", first));
}

static void
older(void **state)
{
	static const char *const hashes[] = {
		"$y$j75$salt$GyCLjECLgoFAM.lRyxZfKlexPqPobJPpd5gvvtnvfb1",
		"$2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e",
		"$6$rounds=1000$salt$Op5Pr8IefYjtJFNiLT8d.Xb85v8VtEyyKosvqEUX"
		"P9/.f4IC5kMbKoUZwss1ymncWvUZB6QVTmIH88IN1Uc5C.",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(hashes); i++) {
		row_true(hashes[i],
		         password_verify("correct horse", hashes[i]));
		row_true(hashes[i],
		         !password_verify("battery staple", hashes[i]));
	}
}

static void
no_hash(void **state)
{
	static const char *const hashes[] = {
		NULL,
		"",
		"x",
		"*",
		"*0",
		"*1",
		"!",
		"$",
		"$y$",
		"$y$j9T$",
		"$2b$04$short",
		"correct horse",
		"$y$j75$salt$",
		"$y$j75$salt$GyCLjECLgoFAM.lRyxZfKlexPqPobJPpd5gvvtnvfb",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(hashes); i++) {
		const char *row = hashes[i] == NULL ? "nobody" : hashes[i];

		row_true(row, !password_verify("correct horse", hashes[i]));
		row_true(row, !password_verify("", hashes[i]));
	}
}

/* crypt(3) takes 511 bytes; 256 Japanese characters have 768. */
static void
long_ones(void **state)
{
	static const size_t lengths[] = {510, 511, 512, 513, 768, 1024, 5000};

	for (size_t i = 0; i < ARRAY_LEN(lengths); i++) {
		size_t len = lengths[i];
		char *password = arena_alloc(*state, len + 1);
		const char *row = arena_printf(*state, "%zu bytes", len);

		memset(password, 'p', len);
		const char *hash = password_hash(*state, password);
		row_true(row, password_verify(password, hash));
		password[len - 1] = 'q';
		row_true(row, !password_verify(password, hash));
		password[len - 1] = '\0';
		row_true(row, !password_verify(password, hash));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("a new hash is yescrypt with a salt, and verifies", made),
		CHECK("hashes of older kinds verify", older),
		CHECK("what is no hash verifies nothing", no_hash),
		CHECK("every byte of a long password counts", long_ones),
	};

	return unit_run(tests);
}
