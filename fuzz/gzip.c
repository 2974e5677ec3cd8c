/* SPDX-License-Identifier: Apache-2.0 */
/* gzip: never more bytes than the limits allow, and the right ones. */
#include "fuzz.h"

#include "base/arena.h"
#include "wire/gzip.h"
#include "wire/limits.h"

#include <string.h>

/* Limits below, within and above what short inputs inflate to. */
static const size_t limits[] = {0, 100, LIMIT_INFLATE_FLOOR, LIMIT_SPEC_BYTES};

static void
check_inflated(const uint8_t *bytes, size_t len, size_t max,
               struct arena *arena)
{
	size_t ratio_max = len * LIMIT_INFLATE_RATIO;
	char *out;
	char *again;
	size_t out_len;
	size_t again_len;

	if (gzip_inflate(bytes, len, max, arena, &out, &out_len) != GZIP_OK)
		return;
	HOLDS(out_len <= max);
	HOLDS(out_len <= LIMIT_INFLATE_FLOOR || out_len <= ratio_max);
	HOLDS(out[out_len] == '\0');

	/* The size is the very limit; what is cut off is no member. */
	HOLDS(gzip_inflate(bytes, len, out_len, arena, &again, &again_len) ==
	      GZIP_OK);
	HOLDS(again_len == out_len && memcmp(out, again, out_len) == 0);
	if (out_len > 0)
		HOLDS(gzip_inflate(bytes, len, out_len - 1, arena, &again,
		                   &again_len) == GZIP_TOO_LARGE);
	HOLDS(gzip_inflate(bytes, len - 1, max, arena, &again, &again_len) ==
	      GZIP_MALFORMED);
}

static uint8_t *
little_endian(uint8_t *to, size_t value, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		*to++ = (uint8_t)(value >> (8 * i));
	return to;
}

/* The bytes in a gzip member, stored and not packed (RFC 1951, 3.2.4). */
static uint8_t *
member_of(const uint8_t *bytes, size_t len, struct arena *arena,
          size_t *ret_len)
{
	static const uint8_t header[] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1};
	uint8_t *member = arena_alloc(arena, sizeof(header) + len + 12);
	uint8_t *p = member + sizeof(header);

	memcpy(member, header, sizeof(header));
	p = little_endian(p, len, 2);
	p = little_endian(p, ~len, 2);
	if (len > 0)
		memcpy(p, bytes, len);
	p = little_endian(p + len, zlib_crc32(bytes, len), 4);
	p = little_endian(p, len, 4);
	*ret_len = (size_t)(p - member);
	return member;
}

static void
check_stored(const uint8_t *bytes, size_t len, struct arena *arena)
{
	bool layered = len >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b;
	size_t member_len;
	uint8_t *member = member_of(bytes, len, arena, &member_len);
	char *out;
	size_t out_len;

	enum gzip_result result = gzip_inflate(
		member, member_len, LIMIT_SPEC_BYTES, arena, &out, &out_len);
	HOLDS(result == (layered ? GZIP_LAYERED : GZIP_OK));
	HOLDS(layered || (out_len == len && memcmp(out, bytes, len) == 0));

	member[member_len - 8] ^= 1;
	HOLDS(gzip_inflate(member, member_len, LIMIT_SPEC_BYTES, arena, &out,
	                   &out_len) == GZIP_MALFORMED);
}

void
fuzz_input(const uint8_t *bytes, size_t len)
{
	struct arena *arena = fuzz_arena();

	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++)
		check_inflated(bytes, len, limits[i], arena);
	if (len <= UINT16_MAX)
		check_stored(bytes, len, arena);
}
