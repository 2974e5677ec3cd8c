/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/gzip.h"

#include "text.h"
#include "unit.h"
#include "wire/limits.h"

#include <stdlib.h>

/* --- writing gzip --------------------------------------------------------- */

enum {
	ZEROS = 65536, /* what the piece below inflates to */
};

/* Deflate data of 65,536 NULs: 83 bytes, whole and not the last block. */
static const unsigned char zeros[83] = {
	0xec, 0xc1, 0x01, 0x01, 0x00,        0x00, 0x00, 0x80, 0x90, 0xfe,
	0xaf, 0xee, 0x08, 0x0a, [77] = 0x6a, 0x00, 0x00, 0x00, 0xff, 0xff,
};

/* A gzip member with `pad` bytes in its header, of `pieces` times the zeros and
 * then `tail` as it is (at most 65,535 bytes). */
static struct buf
member(struct arena *arena, size_t pad, size_t pieces, const char *tail,
       size_t tail_len)
{
	const unsigned char extra = pad > 0 ? 4 : 0;
	const unsigned char head[] = {0x1f, 0x8b, 8, extra, 0, 0, 0, 0, 0, 3};
	const unsigned char pad_len[] = {(pad - 2) & 255,
	                                 (unsigned char)((pad - 2) >> 8)};
	const unsigned char stored[] = {
		1,
		tail_len & 255,
		(unsigned char)(tail_len >> 8),
		~tail_len & 255,
		(unsigned char)(~tail_len >> 8),
	};
	size_t len = pieces * ZEROS + tail_len;
	char *whole = arena_alloc(arena, len + 1);
	struct buf out = {.arena = arena};

	buf_add(&out, head, sizeof(head));
	if (pad > 0) {
		buf_add(&out, pad_len, 2);
		buf_add(&out, whole, pad - 2);
	}
	for (size_t i = 0; i < pieces; i++)
		buf_add(&out, zeros, sizeof(zeros));
	buf_add(&out, stored, sizeof(stored));
	buf_add(&out, tail, tail_len);

	memcpy(whole + pieces * ZEROS, tail, tail_len);
	uint32_t crc = zlib_crc32(whole, len);
	for (int shift = 0; shift < 32; shift += 8)
		buf_addc(&out, (char)(crc >> shift));
	for (int shift = 0; shift < 32; shift += 8)
		buf_addc(&out, (char)(len >> shift));
	return out;
}

static enum gzip_result
inflate(struct arena *arena, const struct buf *packed, size_t max, char **ret,
        size_t *ret_len)
{
	return gzip_inflate(packed->data, packed->len, max, arena, ret,
	                    ret_len);
}

/* --- tests ---------------------------------------------------------------- */

/* As gzip(1) writes it. */
static const char hello[] =
	"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcb\x48\xcd\xc9\xc9\x57"
	"\x28\xcf\x2f\xca\x49\x01\x00\x85\x11\x4a\x0d\x0b\x00\x00\x00";

static void
taken(void **state)
{
	struct arena *a = *state;
	char *text;
	size_t len;

	assert_int_equal(
		gzip_inflate(hello, sizeof(hello) - 1, 100, a, &text, &len),
		GZIP_OK);
	assert_int_equal(len, 11);
	assert_string_equal(text, "hello world");

	struct buf packed = member(a, 0, 0, "", 0);
	assert_int_equal(inflate(a, &packed, 100, &text, &len), GZIP_OK);
	assert_int_equal(len, 0);
	assert_string_equal(text, "");

	packed = member(a, 1000, 3, "tail\0", 5);
	assert_int_equal(inflate(a, &packed, 1 << 20, &text, &len), GZIP_OK);
	assert_int_equal(len, 3 * ZEROS + 5);
	assert_memory_equal(text + 3 * ZEROS, "tail\0\0", 6);
}

static void
most(void **state)
{
	struct arena *a = *state;
	char *text;
	size_t len = 99;

	assert_int_equal(
		gzip_inflate(hello, sizeof(hello) - 1, 11, a, &text, &len),
		GZIP_OK);
	assert_int_equal(
		gzip_inflate(hello, sizeof(hello) - 1, 10, a, &text, &len),
		GZIP_TOO_LARGE);
	assert_int_equal(
		gzip_inflate(hello, sizeof(hello) - 1, 0, a, &text, &len),
		GZIP_TOO_LARGE);

	/* Large ones, where the output grows in steps. */
	struct buf packed = member(a, 2000, 4, "x", 1);
	assert_int_equal(inflate(a, &packed, 4 * ZEROS + 1, &text, &len),
	                 GZIP_OK);
	for (size_t max = 4 * ZEROS; max > 0; max /= 2)
		assert_int_equal(inflate(a, &packed, max, &text, &len),
		                 GZIP_TOO_LARGE);
}

static void
input_size(void **state)
{
	const size_t limit = LIMIT_SET_BYTES;
	char *bytes = calloc(1, limit + 1);
	char *text;
	size_t len;

	assert_non_null(bytes);
	assert_int_equal(
		gzip_inflate(bytes, limit + 1, 100, *state, &text, &len),
		GZIP_TOO_LARGE);
	assert_int_equal(gzip_inflate(bytes, limit, 100, *state, &text, &len),
	                 GZIP_MALFORMED);
	free(bytes);
}

/* A header is padded so that the output is exactly 200 times the input. */
static void
ratio(void **state)
{
	struct arena *a = *state;
	char tail[512] = {0};

	for (size_t pieces = 2; pieces < 20; pieces++) {
		size_t fixed = 10 + pieces * sizeof(zeros) + 5 + 8;
		size_t tail_len = 0;
		size_t total;
		char *text;
		size_t len;

		while ((pieces * ZEROS + tail_len) % LIMIT_INFLATE_RATIO != 0)
			tail_len++;
		total = (pieces * ZEROS + tail_len) / LIMIT_INFLATE_RATIO;
		size_t pad = total - fixed - tail_len;
		const char *row = arena_printf(a, "%zu pieces", pieces);

		struct buf packed = member(a, pad, pieces, tail, tail_len);
		row_int(row, packed.len, total);
		row_int(row, inflate(a, &packed, 64 << 20, &text, &len),
		        GZIP_OK);
		row_int(row, len, total * LIMIT_INFLATE_RATIO);

		packed = member(a, pad - 1, pieces, tail, tail_len + 1);
		row_int(row, packed.len, total);
		row_int(row, inflate(a, &packed, 64 << 20, &text, &len),
		        GZIP_BOMB);
	}
}

/* Short texts of one letter pack better than 200:1. */
static void
small_ratio(void **state)
{
	struct arena *a = *state;
	char *text;
	size_t len;
	struct buf packed = member(a, 0, 1, "", 0);

	assert_true(ZEROS / packed.len > LIMIT_INFLATE_RATIO);
	assert_int_equal(inflate(a, &packed, 1 << 20, &text, &len), GZIP_OK);
	assert_int_equal(len, LIMIT_INFLATE_FLOOR);
	packed = member(a, 0, 1, "x", 1);
	assert_int_equal(inflate(a, &packed, 1 << 20, &text, &len), GZIP_BOMB);
	/* When `max` is less it is simply too large. */
	assert_int_equal(inflate(a, &packed, 60000, &text, &len),
	                 GZIP_TOO_LARGE);
}

/* 1,000:1, of a size that nobody would want in memory. */
static void
bomb(void **state)
{
	struct arena *a = *state;
	struct buf packed = member(a, 0, 1000, "", 0);
	char *text = NULL;
	size_t len = 99;

	assert_int_equal(inflate(a, &packed, 64 << 20, &text, &len), GZIP_BOMB);
	assert_null(text);
	assert_int_equal(len, 99);
}

static void
layers(void **state)
{
	struct arena *a = *state;
	char *text;
	size_t len;
	struct buf packed = member(a, 0, 0, hello, sizeof(hello) - 1);

	assert_int_equal(inflate(a, &packed, 1000, &text, &len), GZIP_LAYERED);
	packed = member(a, 0, 0, "\x1f\x8b", 2);
	assert_int_equal(inflate(a, &packed, 1000, &text, &len), GZIP_LAYERED);
	packed = member(a, 0, 0, "\x1f", 1);
	assert_int_equal(inflate(a, &packed, 1000, &text, &len), GZIP_OK);
	packed = member(a, 0, 0, "\x1f\x8a", 2);
	assert_int_equal(inflate(a, &packed, 1000, &text, &len), GZIP_OK);
}

static void
malformed(void **state)
{
	struct arena *a = *state;
	struct buf two = {.arena = a};
	buf_add(&two, hello, sizeof(hello) - 1);
	buf_add(&two, hello, sizeof(hello) - 1);
	const struct {
		const char *name;
		const char *bytes;
		size_t len;
	} cases[] = {
		{"nothing", "", 0},
		{"plain text", "serviceID: a", 12},
		{"zlib instead of gzip", "\x78\x9c\x4b\x04\x00\x00\x62\x00\x62",
	         9},
		{"an unknown method", "\x1f\x8b\x07\0\0\0\0\0\0\x03\x03\0", 12},
		{"two members", two.data, two.len},
		{"a byte behind", two.data, two.len / 2 + 1},
		{"a byte before", "\0\x1f\x8b\x08\0\0\0\0\0\x02\x03\x03\0", 13},
	};
	char *text = NULL;
	size_t len = 99;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		row_int(cases[i].name,
		        gzip_inflate(cases[i].bytes, cases[i].len, 1 << 20, a,
		                     &text, &len),
		        GZIP_MALFORMED);
		row_true(cases[i].name, text == NULL && len == 99);
	}
	/* Cut off anywhere. */
	struct buf packed = member(a, 1000, 3, "tail", 4);
	for (size_t at = 0; at < packed.len; at++)
		assert_int_equal(
			gzip_inflate(packed.data, at, 1 << 20, a, &text, &len),
			GZIP_MALFORMED);
}

/* A byte that is damaged never gives another text. */
static void
damaged(void **state)
{
	struct arena *a = *state;

	for (size_t at = 0; at < sizeof(hello) - 1; at++) {
		for (unsigned bit = 0; bit < 8; bit++) {
			char bytes[sizeof(hello)];
			char *text;
			size_t len;

			memcpy(bytes, hello, sizeof(bytes));
			bytes[at] = (char)(bytes[at] ^ (1 << bit));
			enum gzip_result result = gzip_inflate(
				bytes, sizeof(hello) - 1, 1000, a, &text, &len);
			if (result == GZIP_OK)
				assert_string_equal(text, "hello world");
			else
				assert_int_equal(result, GZIP_MALFORMED);
		}
	}
}

/* --- from one place to another -------------------------------------------- */

/* Where a pipe reads and writes, in pieces of at most `step` bytes. */
struct ends {
	const struct buf *from;
	size_t at;
	size_t step;
	size_t room; /* that there is to write */
	struct buf to;
};

static size_t
read_some(void *context, void *bytes, size_t size)
{
	struct ends *ends = context;
	size_t left = ends->from->len - ends->at;
	size_t got = size < ends->step ? size : ends->step;

	got = got < left ? got : left;
	memcpy(bytes, ends->from->data + ends->at, got);
	ends->at += got;
	return got;
}

static bool
write_some(void *context, const void *bytes, size_t len)
{
	struct ends *ends = context;

	if (ends->to.len + len > ends->room)
		return false;
	buf_add(&ends->to, bytes, len);
	return true;
}

static enum gzip_result
pipe_through(struct ends *ends, size_t max, size_t *ret_len)
{
	const struct gzip_pipe pipe = {
		.read = read_some,
		.write = write_some,
		.context = ends,
		.max = max,
	};

	return gzip_inflate_pipe(&pipe, ret_len);
}

/* However the input is cut, the output is that of gzip_inflate(). */
static void
piped(void **state)
{
	static const size_t steps[] = {1, 2, 3, 7, 1000, SIZE_MAX};
	struct arena *a = *state;
	struct buf packed = member(a, 1000, 3, "tail\0", 5);
	char *text;
	size_t len;

	assert_int_equal(inflate(a, &packed, 1 << 20, &text, &len), GZIP_OK);
	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		struct ends ends = {.from = &packed,
		                    .step = steps[i],
		                    .room = SIZE_MAX,
		                    .to = {.arena = a}};
		size_t got = 0;

		assert_int_equal(pipe_through(&ends, len, &got), GZIP_OK);
		assert_int_equal(got, len);
		assert_int_equal(ends.to.len, len);
		assert_memory_equal(ends.to.data, text, len);
	}
}

static void
piped_too_much(void **state)
{
	struct arena *a = *state;
	struct buf packed = member(a, 2000, 2, "tail", 4);
	size_t whole = (size_t)2 * ZEROS + 4;
	size_t got;

	for (size_t less = 1; less < whole; less += 9973) {
		struct ends ends = {.from = &packed,
		                    .step = SIZE_MAX,
		                    .room = SIZE_MAX,
		                    .to = {.arena = a}};

		assert_int_equal(pipe_through(&ends, whole - less, &got),
		                 GZIP_TOO_LARGE);
		assert_true(ends.to.len <= whole - less);
	}
}

static void
piped_bomb(void **state)
{
	struct arena *a = *state;
	struct buf packed = member(a, 0, 100, "", 0);
	struct ends ends = {.from = &packed,
	                    .step = SIZE_MAX,
	                    .room = SIZE_MAX,
	                    .to = {.arena = a}};
	size_t got;

	assert_int_equal(pipe_through(&ends, SIZE_MAX, &got), GZIP_BOMB);
	assert_true(ends.to.len < (size_t)100 * ZEROS);
}

static void
piped_malformed(void **state)
{
	struct arena *a = *state;
	struct buf packed = member(a, 1000, 3, "tail", 4);
	struct buf cut = packed;
	size_t got;

	for (cut.len = 0; cut.len < packed.len; cut.len++) {
		struct ends ends = {.from = &cut,
		                    .step = 100,
		                    .room = SIZE_MAX,
		                    .to = {.arena = a}};

		assert_int_equal(pipe_through(&ends, SIZE_MAX, &got),
		                 GZIP_MALFORMED);
		arena_reset(a);
		packed = member(a, 1000, 3, "tail", 4);
		cut.data = packed.data;
	}
	buf_addc(&packed, 'x');
	struct ends ends = {.from = &packed,
	                    .step = SIZE_MAX,
	                    .room = SIZE_MAX,
	                    .to = {.arena = a}};
	assert_int_equal(pipe_through(&ends, SIZE_MAX, &got), GZIP_MALFORMED);
}

static void
piped_unwritten(void **state)
{
	struct arena *a = *state;
	struct buf packed = member(a, 1000, 3, "tail", 4);
	struct ends ends = {.from = &packed,
	                    .step = SIZE_MAX,
	                    .room = ZEROS,
	                    .to = {.arena = a}};
	size_t got;

	assert_int_equal(pipe_through(&ends, SIZE_MAX, &got), GZIP_UNWRITTEN);
}

static void
words(void **state)
{
	static const enum gzip_result all[] = {GZIP_OK, GZIP_MALFORMED,
	                                       GZIP_TOO_LARGE, GZIP_BOMB,
	                                       GZIP_LAYERED};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		assert_true(strlen(gzip_result_text(all[i])) > 0);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(gzip_result_text(all[i]),
			                        gzip_result_text(all[j]));
	}
}

static void
crc(void **state)
{
	(void)state;
	assert_int_equal(zlib_crc32("123456789", 9), 0xcbf43926);
	assert_int_equal(zlib_crc32("", 0), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("one member is inflated, NUL at its end", taken),
		CHECK("as many bytes as asked for are taken, not one more",
	              most),
		CHECK("64 MiB of input are looked at, not one byte more",
	              input_size),
		CHECK("200 to one is taken, one byte more is a bomb", ratio),
		CHECK("small outputs may pack better", small_ratio),
		CHECK("a bomb leaves nothing behind", bomb),
		CHECK("gzip in gzip is told", layers),
		CHECK("what is no whole single member is refused", malformed),
		CHECK("damage is noticed", damaged),
		CHECK("a pipe inflates the same, however it is cut", piped),
		CHECK("it writes as many bytes as asked for, not one more",
	              piped_too_much),
		CHECK("it stops at a bomb", piped_bomb),
		CHECK("it refuses what is no whole single member",
	              piped_malformed),
		CHECK("it tells what could not be kept", piped_unwritten),
		CHECK("each result has its sentence", words),
		CHECK("CRC-32 is that of gzip", crc),
	};

	return unit_run(tests);
}
