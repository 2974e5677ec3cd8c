/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of a descriptor set, which may be more than a process should hold.
 */
#include "descriptor.h"

#include "base/log.h"
#include "base/settings.h"
#include "base/spool.h"
#include "ingest.h"
#include "wire/gzip.h"

#include <errno.h>
#include <string.h>

enum {
	PIECE_BYTES = 64 << 10,
};

/* The body on its way. */
struct transfer {
	struct req *req;
	struct spool *to;
	size_t announced;
	size_t got;
};

static size_t
read_some(void *context, void *bytes, size_t size)
{
	struct transfer *transfer = context;
	size_t got = req_body_read(transfer->req, bytes, size);

	transfer->got += got;
	return got;
}

static bool
write_some(void *context, const void *bytes, size_t len)
{
	struct transfer *transfer = context;

	return spool_add(transfer->to, bytes, len);
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
copy_plain(struct transfer *transfer, enum http_status *answered)
{
	char piece[PIECE_BYTES];
	size_t got;

	while ((got = read_some(transfer, piece, sizeof(piece))) > 0) {
		if (!write_some(transfer, piece, got)) {
			*answered = problem_spool(transfer->req);
			return false;
		}
	}
	return true;
}

static bool
copy_inflated(struct transfer *transfer, enum http_status *answered)
{
	const struct gzip_pipe pipe = {
		.read = read_some,
		.write = write_some,
		.context = transfer,
		.max = (size_t)transfer->req->settings->descriptor_bytes,
	};
	size_t len;
	enum gzip_result result = gzip_inflate_pipe(&pipe, &len);

	if (result == GZIP_OK)
		return true;
	*answered = result == GZIP_UNWRITTEN ? problem_spool(transfer->req)
	            : result == GZIP_TOO_LARGE
	                    ? problem_size(transfer->req)
	                    : problem_gzip(transfer->req, result);
	return false;
}

static bool
copy_body(struct transfer *transfer, enum source_coding coding,
          enum http_status *answered)
{
	if (coding == SOURCE_GZIP ? !copy_inflated(transfer, answered)
	                          : !copy_plain(transfer, answered))
		return false;
	if (transfer->got == transfer->announced)
		return true;
	*answered = problem(transfer->req, PROBLEM_BAD_REQUEST,
	                    "the body ends too early");
	return false;
}

bool
descriptor_body(struct req *req, struct descriptor_set *set,
                enum http_status *answered)
{
	struct transfer transfer = {.req = req};
	enum source_coding coding;

	if (!source_coding(req, &coding, answered))
		return false;
	enum body_result length =
		req_body_length(req, (size_t)req->settings->descriptor_bytes,
	                        &transfer.announced);
	if (length != BODY_READ) {
		*answered = length == BODY_TOO_LARGE
		                    ? problem_size(req)
		                    : problem(req, PROBLEM_BAD_REQUEST,
		                              "the body has no valid length");
		return false;
	}
	transfer.to = spool_new(req->arena, req->settings->spool_dir);
	if (transfer.to == NULL) {
		*answered = problem_spool(req);
		return false;
	}
	if (!copy_body(&transfer, coding, answered))
		return false;
	set->spool = transfer.to;
	set->body = (struct wire_bytes){
		.bytes = spool_map(transfer.to),
		.len = spool_len(transfer.to),
	};
	if (set->body.bytes == NULL)
		*answered = problem_spool(req);
	return set->body.bytes != NULL;
}
