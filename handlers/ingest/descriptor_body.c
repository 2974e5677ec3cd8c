/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of a descriptor set, which may be more than a process should hold.
 */
#include "descriptor.h"

#include "base/arena.h"
#include "base/log.h"
#include "base/settings.h"
#include "ingest.h"
#include "wire/gzip.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
	PIECE_BYTES = 64 << 10,
};

/* Where the bytes go: a file that is gone when it is closed. */
struct spool {
	struct req *req;
	int fd;
	size_t len;
	size_t announced;
	size_t got;
};

static size_t
read_some(void *context, void *bytes, size_t size)
{
	struct spool *spool = context;
	size_t got = req_body_read(spool->req, bytes, size);

	spool->got += got;
	return got;
}

static bool
write_some(void *context, const void *bytes, size_t len)
{
	struct spool *spool = context;
	const char *at = bytes;

	while (len > 0) {
		ssize_t done = write(spool->fd, at, len);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return false;
		at += done;
		len -= (size_t)done;
		spool->len += (size_t)done;
	}
	return true;
}

static bool
open_spool(struct spool *spool)
{
	char *path = arena_printf(spool->req->arena, "%s/mdash-set-XXXXXX",
	                          spool->req->settings->spool_dir);

	spool->fd = mkstemp(path);
	if (spool->fd < 0)
		return false;
	(void)unlink(path);
	return true;
}

/* 503: the disk is full, or the folder is not ours. */
static enum http_status
problem_spool(struct req *req)
{
	log_error("ingest.spool", LOG_STR("folder", req->settings->spool_dir),
	          LOG_STR("reason", strerror(errno)));
	reply_header(req, "Retry-After", "60");
	return problem(req, PROBLEM_UNAVAILABLE,
	               "there is no room to keep the set while it is read");
}

static enum http_status
problem_size(struct req *req)
{
	return problem(req, PROBLEM_TOO_LARGE,
	               "at most %lld bytes are taken here, also when inflated",
	               (long long)req->settings->descriptor_bytes);
}

static bool
copy_plain(struct spool *spool, enum http_status *answered)
{
	char piece[PIECE_BYTES];
	size_t got;

	while ((got = read_some(spool, piece, sizeof(piece))) > 0) {
		if (!write_some(spool, piece, got)) {
			*answered = problem_spool(spool->req);
			return false;
		}
	}
	return true;
}

static bool
copy_inflated(struct spool *spool, enum http_status *answered)
{
	const struct gzip_pipe pipe = {
		.read = read_some,
		.write = write_some,
		.context = spool,
		.max = (size_t)spool->req->settings->descriptor_bytes,
	};
	size_t len;
	enum gzip_result result = gzip_inflate_pipe(&pipe, &len);

	if (result == GZIP_OK)
		return true;
	*answered = result == GZIP_UNWRITTEN ? problem_spool(spool->req)
	            : result == GZIP_TOO_LARGE
	                    ? problem_size(spool->req)
	                    : problem_gzip(spool->req, result);
	return false;
}

static bool
copy_body(struct spool *spool, enum source_coding coding,
          enum http_status *answered)
{
	if (coding == SOURCE_GZIP ? !copy_inflated(spool, answered)
	                          : !copy_plain(spool, answered))
		return false;
	if (spool->got == spool->announced)
		return true;
	*answered = problem(spool->req, PROBLEM_BAD_REQUEST,
	                    "the body ends too early");
	return false;
}

struct mapping {
	void *bytes;
	size_t len;
};

static void
unmap(void *mapping)
{
	const struct mapping *map = mapping;

	(void)munmap(map->bytes, map->len);
}

static bool
map_spool(const struct spool *spool, struct wire_bytes *ret)
{
	if (spool->len == 0) {
		*ret = (struct wire_bytes){.bytes = (const void *)"", .len = 0};
		return true;
	}
	void *bytes =
		mmap(NULL, spool->len, PROT_READ, MAP_PRIVATE, spool->fd, 0);
	if (bytes == MAP_FAILED)
		return false;
	struct mapping *map = arena_alloc(spool->req->arena, sizeof(*map));
	*map = (struct mapping){.bytes = bytes, .len = spool->len};
	arena_defer(spool->req->arena, unmap, map);
	*ret = (struct wire_bytes){.bytes = bytes, .len = spool->len};
	return true;
}

bool
descriptor_body(struct req *req, struct wire_bytes *ret,
                enum http_status *answered)
{
	struct spool spool = {.req = req};
	enum source_coding coding;

	if (!source_coding(req, &coding, answered))
		return false;
	enum body_result length = req_body_length(
		req, (size_t)req->settings->descriptor_bytes, &spool.announced);
	if (length != BODY_READ) {
		*answered = length == BODY_TOO_LARGE
		                    ? problem_size(req)
		                    : problem(req, PROBLEM_BAD_REQUEST,
		                              "the body has no valid length");
		return false;
	}
	if (!open_spool(&spool)) {
		*answered = problem_spool(req);
		return false;
	}
	bool ok = copy_body(&spool, coding, answered);
	if (ok && !map_spool(&spool, ret)) {
		*answered = problem_spool(req);
		ok = false;
	}
	(void)close(spool.fd);
	return ok;
}

void
descriptor_body_forget(struct wire_bytes body)
{
	(void)madvise((void *)(uintptr_t)body.bytes, body.len, MADV_DONTNEED);
}
