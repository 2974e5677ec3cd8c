/* SPDX-License-Identifier: Apache-2.0 */
/* Takes the text of specs from a request. */
#include "ingest.h"

#include "base/arena.h"
#include "base/settings.h"
#include "base/str.h"
#include "wire/gzip.h"
#include "wire/limits.h"

#include <string.h>
#include <strings.h>

struct source_limits {
	size_t wire;
	size_t inflated;
};

static const struct {
	const char *media_type;
	enum spec_format format;
} formats[] = {
	{"application/yaml", SPEC_FORMAT_YAML},
	{"application/x-yaml", SPEC_FORMAT_YAML},
	{"text/yaml", SPEC_FORMAT_YAML},
	{"application/json", SPEC_FORMAT_JSON},
};

enum spec_format
source_format(const char *media_type)
{
	for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
		if (strcasecmp(media_type, formats[i].media_type) == 0)
			return formats[i].format;
	}
	return SPEC_FORMAT_END;
}

bool
source_is_protobuf(const char *media_type)
{
	static const char *const types[] = {
		"application/x-protobuf",
		"application/protobuf",
		"application/vnd.google.protobuf",
		"application/octet-stream",
	};

	for (size_t i = 0; i < ARRAY_LEN(types); i++) {
		if (strcasecmp(media_type, types[i]) == 0)
			return true;
	}
	return false;
}

enum spec_format
source_guess(const char *bytes, size_t len)
{
	size_t i = 0;

	while (i < len && memchr(" \t\r\n", bytes[i], 4) != NULL)
		i++;
	return i < len && (bytes[i] == '{' || bytes[i] == '[')
	               ? SPEC_FORMAT_JSON
	               : SPEC_FORMAT_YAML;
}

/* Only `charset=utf-8` may follow the media type, quoted or not. */
static bool
is_utf8_type(const char *content_type)
{
	const char *p = content_type + strcspn(content_type, ";");

	while (*p == ';') {
		p += 1 + strspn(p + 1, " \t");
		size_t len = strcspn(p, "; \t");
		bool utf8 = (len == 13 &&
		             strncasecmp(p, "charset=utf-8", len) == 0) ||
		            (len == 15 &&
		             strncasecmp(p, "charset=\"utf-8\"", len) == 0);

		if (len > 0 && !utf8)
			return false;
		p += len;
		p += strspn(p, " \t");
	}
	return *p == '\0';
}

static bool
read_format(struct req *req, struct source *ret, enum http_status *answered)
{
	const char *type = req_header(req, "CONTENT_TYPE");

	ret->format = source_format(req_media_type(req));
	if (ret->format != SPEC_FORMAT_END && is_utf8_type(type))
		return true;
	reply_header(req, "Accept",
	             "application/yaml, application/x-yaml, text/yaml, "
	             "application/json");
	*answered = problem(req, PROBLEM_UNSUPPORTED_MEDIA_TYPE,
	                    "send the spec as application/yaml or "
	                    "application/json, in UTF-8");
	return false;
}

enum http_status
problem_gzip(struct req *req, enum gzip_result result)
{
	switch (result) {
	case GZIP_TOO_LARGE:
	case GZIP_BOMB:
		return problem(req, PROBLEM_TOO_LARGE, "%s",
		               gzip_result_text(result));
	case GZIP_LAYERED:
		return problem(req, PROBLEM_UNSUPPORTED_MEDIA_TYPE, "%s",
		               gzip_result_text(result));
	case GZIP_MALFORMED:
	case GZIP_UNWRITTEN:
	case GZIP_OK:
		break;
	}
	return problem(req, PROBLEM_BAD_REQUEST, "%s",
	               gzip_result_text(result));
}

bool
source_coding(struct req *req, enum source_coding *ret,
              enum http_status *answered)
{
	const char *coding = req_header(req, "HTTP_CONTENT_ENCODING");
	bool plain = coding == NULL || strcasecmp(coding, "identity") == 0;

	*ret = plain ? SOURCE_PLAIN : SOURCE_GZIP;
	if (plain || strcasecmp(coding, "gzip") == 0 ||
	    strcasecmp(coding, "x-gzip") == 0)
		return true;
	reply_header(req, "Accept-Encoding", "gzip, identity");
	*answered = problem(req, PROBLEM_UNSUPPORTED_MEDIA_TYPE,
	                    "a body may be packed by gzip, by nothing else");
	return false;
}

/* Settings may lower the limit on the wire, not raise it. */
static size_t
wire_limit(const struct req *req, bool set)
{
	int64_t most = set ? LIMIT_SET_WIRE : LIMIT_SPEC_WIRE;
	int64_t wish =
		set ? req->settings->set_bytes : req->settings->spec_bytes;

	return (size_t)(wish < most ? wish : most);
}

/* The body, unpacked. */
static bool
read_bytes(struct req *req, const struct source_limits *limits,
           struct source *ret, enum http_status *answered)
{
	enum source_coding coding;
	char *bytes;

	if (!source_coding(req, &coding, answered))
		return false;
	enum body_result body = req_body(req, limits->wire, &bytes, &ret->len);
	if (body != BODY_READ) {
		*answered =
			body == BODY_TOO_LARGE
				? problem(req, PROBLEM_TOO_LARGE,
		                          "at most %zu bytes are taken here",
		                          limits->wire)
				: problem(req, PROBLEM_BAD_REQUEST,
		                          "the body ends too early");
		return false;
	}
	ret->bytes = bytes;
	if (coding == SOURCE_PLAIN)
		return true;

	enum gzip_result inflated =
		gzip_inflate(bytes, ret->len, limits->inflated, req->arena,
	                     &bytes, &ret->len);
	ret->bytes = bytes;
	if (inflated != GZIP_OK)
		*answered = problem_gzip(req, inflated);
	return inflated == GZIP_OK;
}

bool
source_read(struct req *req, bool set, struct source *ret,
            enum http_status *answered)
{
	const struct source_limits limits = {
		.wire = wire_limit(req, set),
		.inflated = set ? LIMIT_SET_BYTES : LIMIT_SPEC_BYTES,
	};

	return read_format(req, ret, answered) &&
	       read_bytes(req, &limits, ret, answered);
}

bool
source_read_envelope(struct req *req, struct source *ret,
                     enum http_status *answered)
{
	static const struct source_limits limits = {
		.wire = LIMIT_ENVELOPE_BYTES,
		.inflated = LIMIT_ENVELOPE_BYTES,
	};

	ret->format = SPEC_FORMAT_JSON;
	return read_bytes(req, &limits, ret, answered);
}

static bool
is_report_type(const char *type, bool json)
{
	static const char *const types[] = {
		"application/xml",
		"text/xml",
		"application/vnd.cyclonedx+xml",
		"application/json",
		"application/vnd.cyclonedx+json",
	};
	const size_t xml = 2;

	for (size_t i = 0; i < (json ? ARRAY_LEN(types) : xml); i++) {
		if (strcasecmp(type, types[i]) == 0)
			return true;
	}
	return false;
}

bool
source_read_report(struct req *req, bool json, struct source *ret,
                   enum http_status *answered)
{
	static const struct source_limits limits = {
		.wire = LIMIT_REPORT_BYTES,
		.inflated = LIMIT_REPORT_BYTES,
	};

	if (!is_report_type(req_media_type(req), json)) {
		reply_header(req, "Accept",
		             json ? "application/json, application/xml"
		                  : "application/xml, text/xml");
		*answered = problem(req, PROBLEM_UNSUPPORTED_MEDIA_TYPE,
		                    "send the report as application/xml%s",
		                    json ? " or application/json" : "");
		return false;
	}
	return read_bytes(req, &limits, ret, answered);
}

bool
source_read_facts(struct req *req, struct source *ret,
                  enum http_status *answered)
{
	static const struct source_limits limits = {
		.wire = LIMIT_FACTS_BYTES,
		.inflated = LIMIT_FACTS_BYTES,
	};

	if (source_format(req_media_type(req)) != SPEC_FORMAT_JSON) {
		reply_header(req, "Accept", "application/json");
		*answered = problem(req, PROBLEM_UNSUPPORTED_MEDIA_TYPE,
		                    "send the facts as application/json");
		return false;
	}
	ret->format = SPEC_FORMAT_JSON;
	return read_bytes(req, &limits, ret, answered);
}
