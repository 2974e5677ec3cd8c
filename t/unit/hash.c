/* SPDX-License-Identifier: Apache-2.0 */
#include "base/hash.h"

#include "unit.h"

static void
sha256(void **state)
{
	/* FIPS 180-2, appendix B. */
	static const struct {
		const char *text;
		const char *hex;
	} cases[] = {
		{"", "e3b0c44298fc1c149afbf4c8996fb924"
	             "27ae41e4649b934ca495991b7852b855"},
		{"abc", "ba7816bf8f01cfea414140de5dae2223"
	                "b00361a396177a9cb410ff61f20015ad"},
		{"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
	         "248d6a61d20638b8e5c026930c3e6039"
	         "a33ce45964ff2167f6ecedd419db06c1"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t len = strlen(cases[i].text);
		unsigned char digest[SHA256_BYTES];
		char hex[SHA256_HEX];

		hash_sha256_hex(cases[i].text, len, hex);
		row_text(cases[i].text, hex, cases[i].hex);
		hash_sha256(cases[i].text, len, digest);
		hash_hex(digest, sizeof(digest), hex);
		row_text(cases[i].text, hex, cases[i].hex);
	}
	(void)state;
}

static void
hex(void **state)
{
	char text[9];

	(void)state;
	hash_hex("\x00\x0f\xf0\xff", 4, text);
	assert_string_equal(text, "000ff0ff");
	hash_hex("", 0, text);
	assert_string_equal(text, "");
}

/* RFC 4648, 10, and the two characters that are no letters. */
static const struct {
	const char *bytes;
	const char *text;
} base64[] = {
	{"", ""},
	{"f", "Zg=="},
	{"fo", "Zm8="},
	{"foo", "Zm9v"},
	{"foob", "Zm9vYg=="},
	{"fooba", "Zm9vYmE="},
	{"foobar", "Zm9vYmFy"},
	{"\xfb\xff\xbf", "+/+/"},
	{"決済", "5rG65riI"},
};

static void
encoded(void **state)
{
	for (size_t i = 0; i < ARRAY_LEN(base64); i++)
		row_text(base64[i].bytes,
		         hash_base64_encode(*state, base64[i].bytes,
		                            strlen(base64[i].bytes)),
		         base64[i].text);
	assert_string_equal(hash_base64_encode(*state, "\0\0", 2), "AAA=");
}

static void
decoded(void **state)
{
	size_t len;

	for (size_t i = 0; i < ARRAY_LEN(base64); i++) {
		const char *row = base64[i].text;

		len = 99;
		row_text(row,
		         hash_base64_decode(*state, row, strlen(row), &len),
		         base64[i].bytes);
		row_int(row, len, strlen(base64[i].bytes));
	}
	assert_memory_equal(hash_base64_decode(*state, "AAECAw==", 8, &len),
	                    "\0\1\2\3\0", 5);
	assert_int_equal(len, 4);
}

static void
malformed(void **state)
{
	static const char *const cases[] = {
		"Z",      "Zg",   "Zg=",  "Zg===",      "====",
		"A===",   "=AAA", "AA=A", "AAA=AAAA",   "AA==AA==",
		"Zm9v\n", " Zm9", "Zm9 ", "Zm9v    ",   "    Zm9v",
		"Zm9-",   "Zm9_", "Zm9%", "Zm\r\nZm9v", "Zm9v\n\n\n\n",
		"決済済",
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t len = 99;

		row_true(cases[i],
		         hash_base64_decode(*state, cases[i], strlen(cases[i]),
		                            &len) == NULL);
		row_int(cases[i], len, 99);
	}
	size_t len;
	assert_null(hash_base64_decode(*state, "Zm\0v", 4, &len));
}

static void
random_bytes(void **state)
{
	static const unsigned char zeros[64];
	unsigned char a[64] = {0};
	unsigned char b[64] = {0};

	(void)state;
	hash_random(a, sizeof(a));
	hash_random(b, sizeof(b));
	assert_memory_not_equal(a, zeros, sizeof(a));
	assert_memory_not_equal(a, b, sizeof(a));
}

/* 20,000 characters: each of 62 comes some 320 times, 18 the deviation. */
static void
random_text(void **state)
{
	enum {
		CHARS = 20000,
	};
	const char *text = hash_random_base62(*state, CHARS);
	unsigned count[128] = {0};

	assert_int_equal(strlen(text), CHARS);
	assert_int_equal(strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	                              "abcdefghijklmnopqrstuvwxyz"),
	                 CHARS);
	for (size_t i = 0; i < CHARS; i++)
		count[text[i] & 127]++;
	for (size_t c = 'a'; c <= 'z'; c++)
		assert_in_range(count[c], 200, 450);
	assert_string_equal(hash_random_base62(*state, 0), "");
}

static void
equal(void **state)
{
	(void)state;
	assert_true(hash_equal("abc", "abc", 3));
	assert_true(hash_equal("abc", "abd", 2));
	assert_false(hash_equal("abc", "abd", 3));
	assert_false(hash_equal("xbc", "abc", 3));
	assert_true(hash_equal("a", "b", 0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("SHA-256 is that of the standard's examples", sha256),
		CHECK("hexadecimal is in lower case", hex),
		CHECK("base64 is written with padding", encoded),
		CHECK("base64 is read", decoded),
		CHECK("what is no base64 is refused", malformed),
		CHECK("random bytes differ each time", random_bytes),
		CHECK("random texts use the alphabet evenly", random_text),
		CHECK("bytes are compared whole", equal),
	};

	return unit_run(tests);
}
