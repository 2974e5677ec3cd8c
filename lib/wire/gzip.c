/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/gzip.h"

#include "base/arena.h"
#include "wire/limits.h"

#include <limits.h>
#include <stdlib.h>

/* Input that zlib only reads is const. */
#define ZLIB_CONST
#include <zlib.h>

enum {
	FIRST_BYTES = 64 << 10,
	PIPE_BYTES = 32 << 10,
	GZIP_ONLY = 16, /* added to the window bits: no zlib header */
};

/* Room for more output, at most `cap` and one byte to notice that it is full;
 * realloc() moves large blocks without copying, an arena could not. */
static void
enlarge(z_stream *z, unsigned char **out, size_t *size, size_t cap)
{
	size_t used = *size - z->avail_out;
	size_t wanted = *size == 0 ? FIRST_BYTES : *size * 2;

	if (wanted > cap + 1)
		wanted = cap + 1;
	*out = arena_must(realloc(*out, wanted + 1));
	*size = wanted;
	z->next_out = *out + used;
	z->avail_out = (uInt)(wanted - used);
}

static enum gzip_result
inflate_all(z_stream *z, size_t cap, unsigned char **out, size_t *ret_len)
{
	size_t size = 0;
	int status = Z_OK;

	while (status == Z_OK) {
		if (z->avail_out == 0) {
			if (size > cap)
				return GZIP_TOO_LARGE;
			enlarge(z, out, &size, cap);
		}
		status = inflate(z, Z_NO_FLUSH);
		/* More output to come, but no room: the next turn makes it. */
		if (status == Z_BUF_ERROR && z->avail_out == 0)
			status = Z_OK;
	}
	if (status == Z_MEM_ERROR)
		(void)arena_must(NULL);

	*ret_len = size - z->avail_out;
	if (status != Z_STREAM_END || z->avail_in > 0)
		return GZIP_MALFORMED;
	return *ret_len > cap ? GZIP_TOO_LARGE : GZIP_OK;
}

enum gzip_result
gzip_inflate(const void *bytes, size_t len, size_t max, struct arena *arena,
             char **ret, size_t *ret_len)
{
	z_stream z = {.next_in = bytes};
	unsigned char *out = NULL;
	size_t cap = max;
	size_t got = 0;

	if (len > LIMIT_SET_BYTES)
		return GZIP_TOO_LARGE;
	if (len * LIMIT_INFLATE_RATIO < max)
		cap = len * LIMIT_INFLATE_RATIO;
	if (cap < LIMIT_INFLATE_FLOOR && cap < max)
		cap = max < LIMIT_INFLATE_FLOOR ? max : LIMIT_INFLATE_FLOOR;

	z.avail_in = (uInt)len;
	if (inflateInit2(&z, MAX_WBITS + GZIP_ONLY) != Z_OK)
		(void)arena_must(NULL);
	enum gzip_result result = inflate_all(&z, cap, &out, &got);
	(void)inflateEnd(&z);

	if (result == GZIP_TOO_LARGE && cap < max)
		result = GZIP_BOMB;
	if (result == GZIP_OK && got >= 2 && out[0] == 0x1f && out[1] == 0x8b)
		result = GZIP_LAYERED;
	if (result != GZIP_OK) {
		free(out);
		return result;
	}

	out[got] = '\0';
	arena_defer(arena, free, out);
	*ret = (char *)out;
	*ret_len = got;
	return GZIP_OK;
}

/* One round of a pipe: what is in `in` through `out` to the other side. */
static int
pump(z_stream *z, const struct gzip_pipe *pipe, unsigned char *out,
     size_t *written, enum gzip_result *result)
{
	int status = Z_OK;

	do {
		z->next_out = out;
		z->avail_out = PIPE_BYTES;
		status = inflate(z, Z_NO_FLUSH);
		size_t got = PIPE_BYTES - z->avail_out;

		if (got > pipe->max - *written)
			*result = GZIP_TOO_LARGE;
		else if (*written + got > LIMIT_INFLATE_FLOOR &&
		         *written + got >
		                 (size_t)z->total_in * LIMIT_INFLATE_RATIO)
			*result = GZIP_BOMB;
		else if (*written == 0 && got >= 2 && out[0] == 0x1f &&
		         out[1] == 0x8b)
			*result = GZIP_LAYERED;
		else if (got > 0 && !pipe->write(pipe->context, out, got))
			*result = GZIP_UNWRITTEN;
		*written += got;
	} while (status == Z_OK && z->avail_out == 0 && *result == GZIP_OK);
	return status == Z_BUF_ERROR ? Z_OK : status;
}

enum gzip_result
gzip_inflate_pipe(const struct gzip_pipe *pipe, size_t *ret_len)
{
	unsigned char in[PIPE_BYTES];
	unsigned char out[PIPE_BYTES];
	z_stream z = {.next_in = in};
	enum gzip_result result = GZIP_OK;
	int status = Z_OK;
	size_t written = 0;

	if (inflateInit2(&z, MAX_WBITS + GZIP_ONLY) != Z_OK)
		(void)arena_must(NULL);
	while (status == Z_OK && result == GZIP_OK) {
		z.next_in = in;
		z.avail_in = (uInt)pipe->read(pipe->context, in, sizeof(in));
		if (z.avail_in == 0)
			break;
		status = pump(&z, pipe, out, &written, &result);
	}
	bool whole = status == Z_STREAM_END && z.avail_in == 0 &&
	             pipe->read(pipe->context, in, 1) == 0;
	(void)inflateEnd(&z);
	if (status == Z_MEM_ERROR)
		(void)arena_must(NULL);
	*ret_len = written;
	return result == GZIP_OK && !whole ? GZIP_MALFORMED : result;
}

const char *
gzip_result_text(enum gzip_result result)
{
	switch (result) {
	case GZIP_OK:
		return "the body is a well-formed gzip member";
	case GZIP_MALFORMED:
		return "the body is not one whole gzip member: it is damaged, "
		       "cut off, or followed by other bytes";
	case GZIP_TOO_LARGE:
		return "the body is too large when inflated";
	case GZIP_BOMB:
		return "the body inflates to more than 200 times its size";
	case GZIP_LAYERED:
		return "the body is compressed twice; one layer is taken";
	case GZIP_UNWRITTEN:
		return "the body cannot be kept while it is read";
	}
	return "";
}

uint32_t
zlib_crc32(const void *bytes, size_t len)
{
	return (uint32_t)crc32_z(0, bytes, len);
}
