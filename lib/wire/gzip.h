/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* Request bodies with `Content-Encoding: gzip`, and CRC-32; all of zlib. */

enum gzip_result {
	GZIP_OK,
	GZIP_MALFORMED, /* no gzip, damaged, cut off, or bytes after its end */
	GZIP_TOO_LARGE, /* more than `max` bytes */
	GZIP_BOMB,      /* more than LIMIT_INFLATE_RATIO to one */
	GZIP_LAYERED,   /* gzip inside gzip */
	GZIP_UNWRITTEN, /* of a pipe: what was inflated could not be kept */
};

/*
 * Inflates one gzip member (RFC 1952), nothing before or after it. At most
 * `max` bytes are ever held. The result is NUL terminated and lives until the
 * arena is reset.
 */
MUST_USE enum gzip_result gzip_inflate(const void *bytes, size_t len,
                                       size_t max, struct arena *arena,
                                       char **ret, size_t *ret_len);

/*
 * The same from one place to another without holding it: `read` fills a buffer
 * and answers how much it had, 0 at the end; `write` answers false when it
 * cannot take more, which ends in GZIP_UNWRITTEN.
 */
struct gzip_pipe {
	size_t (*read)(void *context, void *bytes, size_t size);
	bool (*write)(void *context, const void *bytes, size_t len);
	void *context;
	size_t max; /* bytes written at most */
};
MUST_USE enum gzip_result gzip_inflate_pipe(const struct gzip_pipe *pipe,
                                            size_t *ret_len);

/* What to tell the sender, a sentence without final dot. */
const char *gzip_result_text(enum gzip_result result);

/* CRC-32 as in gzip and PNG: the check characters of API tokens. */
uint32_t zlib_crc32(const void *bytes, size_t len);
