/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of a descriptor set, which may be more than a process should hold.
 */
#include "ingest.h"

#include "base/arena.h"
#include "base/log.h"
#include "base/settings.h"
#include "base/spool.h"
#include "wire/gzip.h"

#include <errno.h>
#include <string.h>

enum {
	PIECE_BYTES = 64 << 10,
};

/* --- why it is refused ---------------------------------------------------- */

static bool
answered(struct outcome *refused, enum http_status status)
{
	*refused = (struct outcome){
		.kind = OUTCOME_ANSWERED,
		.status = status,
	};
	return false;
}

/* With a fault, so that it can be kept for the owner. */
static bool
refuse(struct req *req, struct outcome *refused, enum outcome_kind kind,
       const char *pointer, const char *code, const char *detail)
{
	faults_add(&req->faults, pointer, 0, 0, code, "%s", detail);
	*refused = (struct outcome){
		.kind = kind,
		.specs = {.faults = req->faults},
	};
	return false;
}

static bool
refuse_size(struct req *req, const char *pointer, size_t max,
            struct outcome *refused)
{
	return refuse(req, refused, OUTCOME_TOO_LARGE, pointer, "too-large",
	              arena_printf(req->arena,
	                           "at most %zu bytes are taken here, also "
	                           "when inflated",
	                           max));
}

/* 503: the disk is full, or the folder is not ours. */
static bool
refuse_spool(struct req *req, struct outcome *refused)
{
	log_error("ingest.spool", LOG_STR("folder", req->settings->spool_dir),
	          LOG_STR("reason", strerror(errno)));
	reply_header(req, "Retry-After", "60");
	return answered(refused, problem(req, PROBLEM_UNAVAILABLE,
	                                 "there is no room to keep the set "
	                                 "while it is read"));
}

static bool
refuse_gzip(struct req *req, const char *pointer, enum gzip_result result,
            size_t max, struct outcome *refused)
{
	switch (result) {
	case GZIP_UNWRITTEN:
		return refuse_spool(req, refused);
	case GZIP_TOO_LARGE:
		return refuse_size(req, pointer, max, refused);
	case GZIP_BOMB:
		return refuse(req, refused, OUTCOME_TOO_LARGE, pointer, "gzip",
		              gzip_result_text(result));
	case GZIP_LAYERED:
		if (pointer == NULL)
			return answered(refused, problem_gzip(req, result));
		break;
	case GZIP_MALFORMED:
	case GZIP_OK:
		break;
	}
	return refuse(req, refused, OUTCOME_MALFORMED, pointer, "gzip",
	              gzip_result_text(result));
}

/* --- from one place to another -------------------------------------------- */

/* Bytes on their way into a spool. */
struct transfer {
	struct req *req;
	struct spool *to;
	const char *from; /* in memory; NULL: from the body of the request */
	size_t len;       /* that there are, or are said to be */
	size_t got;
};

static size_t
read_some(void *context, void *bytes, size_t size)
{
	struct transfer *transfer = context;
	size_t left = transfer->len - transfer->got;
	size_t got = size < left ? size : left;

	if (transfer->from == NULL)
		got = req_body_read(transfer->req, bytes, size);
	else
		memcpy(bytes, transfer->from + transfer->got, got);
	transfer->got += got;
	return got;
}

static bool
write_some(void *context, const void *bytes, size_t len)
{
	struct transfer *transfer = context;

	return spool_add(transfer->to, bytes, len);
}

static bool
copy_plain(struct transfer *transfer)
{
	char piece[PIECE_BYTES];
	size_t got;

	while ((got = read_some(transfer, piece, sizeof(piece))) > 0) {
		if (!write_some(transfer, piece, got))
			return false;
	}
	return true;
}

static enum gzip_result
copy_inflated(struct transfer *transfer, size_t max)
{
	const struct gzip_pipe pipe = {
		.read = read_some,
		.write = write_some,
		.context = transfer,
		.max = max,
	};
	size_t len;

	return gzip_inflate_pipe(&pipe, &len);
}

static bool
take(struct transfer *transfer, struct source *ret, struct outcome *refused)
{
	ret->spool = transfer->to;
	ret->bytes = (const char *)spool_map(transfer->to);
	ret->len = spool_len(transfer->to);
	return ret->bytes != NULL || refuse_spool(transfer->req, refused);
}

static bool
copy(struct transfer *transfer, const char *pointer, enum source_coding coding,
     struct source *ret, struct outcome *refused)
{
	struct req *req = transfer->req;
	size_t max = (size_t)req->settings->descriptor_bytes;
	enum gzip_result result = GZIP_OK;

	transfer->to = spool_new(req->arena, req->settings->spool_dir);
	if (transfer->to == NULL)
		return refuse_spool(req, refused);
	if (coding == SOURCE_GZIP)
		result = copy_inflated(transfer, max);
	else if (!copy_plain(transfer))
		result = GZIP_UNWRITTEN;
	if (result != GZIP_OK)
		return refuse_gzip(req, pointer, result, max, refused);
	if (transfer->got != transfer->len)
		return answered(refused, problem(req, PROBLEM_BAD_REQUEST,
		                                 "the body ends too early"));
	return take(transfer, ret, refused);
}

bool
descriptor_body(struct req *req, size_t max, struct source *ret,
                struct outcome *refused)
{
	struct transfer transfer = {.req = req};
	enum source_coding coding;
	enum http_status status;

	if (!source_is_protobuf(req_media_type(req))) {
		reply_header(req, "Accept", "application/x-protobuf");
		return answered(refused,
		                problem(req, PROBLEM_UNSUPPORTED_MEDIA_TYPE,
		                        "send the set as "
		                        "application/x-protobuf"));
	}
	if (!source_coding(req, &coding, &status))
		return answered(refused, status);
	enum body_result length = req_body_length(req, max, &transfer.len);
	if (length == BODY_TOO_LARGE)
		return refuse_size(req, NULL, max, refused);
	if (length != BODY_READ)
		return answered(refused,
		                problem(req, PROBLEM_BAD_REQUEST,
		                        "the body has no valid length"));
	return copy(&transfer, NULL, coding, ret, refused);
}

bool
descriptor_unpack(struct req *req, const char *pointer, const char *bytes,
                  size_t len, struct source *ret, struct outcome *refused)
{
	struct transfer transfer = {.req = req, .from = bytes, .len = len};

	return copy(&transfer, pointer, SOURCE_GZIP, ret, refused);
}
