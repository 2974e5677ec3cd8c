/* SPDX-License-Identifier: Apache-2.0 */
#include "net/http.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "net/result.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

struct net {
	CURL *curl;
	const char *agent;
	char error[CURL_ERROR_SIZE];
};

struct net *
net_new(const char *agent)
{
	struct net *net = arena_must(calloc(1, sizeof(*net)));

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		abort();
	net->curl = arena_must(curl_easy_init());
	net->agent = agent;
	return net;
}

void
net_free(struct net **net)
{
	if (*net == NULL)
		return;
	curl_easy_cleanup((*net)->curl);
	curl_global_cleanup();
	free(*net);
	*net = NULL;
}

struct sink {
	struct buf bytes;
	size_t max;
	bool full;
};

static size_t
receive(char *bytes, size_t size, size_t count, void *sink_)
{
	struct sink *sink = sink_;
	size_t len = size * count;

	if (len > sink->max - sink->bytes.len) {
		sink->full = true;
		return 0;
	}
	buf_add(&sink->bytes, bytes, len);
	return len;
}

static void
release_list(void *list)
{
	curl_slist_free_all(list);
}

static struct curl_slist *
header_list(struct arena *arena, const struct net_call *call)
{
	/* Without a body curl would announce one and wait for "100". */
	struct curl_slist *list =
		arena_must(curl_slist_append(NULL, "Expect:"));

	for (const char *const *h = call->headers; h != NULL && *h != NULL; h++)
		list = arena_must(curl_slist_append(list, *h));
	arena_defer(arena, release_list, list);
	return list;
}

/* Setting an option fails only for one that this libcurl does not have. */
#define SET(option, value)                                             \
	do {                                                           \
		if (curl_easy_setopt(curl, option, value) != CURLE_OK) \
			abort();                                       \
	} while (0)

static void
prepare(struct net *net, struct arena *arena, const struct net_call *call,
        struct sink *sink)
{
	CURL *curl = net->curl;

	curl_easy_reset(curl); /* keeps the connection */
	SET(CURLOPT_URL, call->url);
	SET(CURLOPT_UNIX_SOCKET_PATH, call->socket);
	SET(CURLOPT_PROTOCOLS_STR, "http,https");
	SET(CURLOPT_FOLLOWLOCATION, 0L);
	SET(CURLOPT_NOSIGNAL, 1L);
	SET(CURLOPT_USERAGENT, net->agent);
	SET(CURLOPT_ACCEPT_ENCODING, "gzip");
	SET(CURLOPT_CONNECTTIMEOUT_MS, (long)call->connect_ms);
	SET(CURLOPT_TIMEOUT_MS, (long)call->timeout_ms);
	SET(CURLOPT_HTTPHEADER, header_list(arena, call));
	SET(CURLOPT_WRITEFUNCTION, receive);
	SET(CURLOPT_WRITEDATA, sink);
	SET(CURLOPT_ERRORBUFFER, net->error);
	if (!call->proxies)
		SET(CURLOPT_PROXY, "");
	SET(CURLOPT_CUSTOMREQUEST, call->method);
	if (call->body != NULL) {
		SET(CURLOPT_POSTFIELDS, call->body);
		SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)call->body_len);
	}
}

static const struct {
	CURLcode code;
	enum net_result result;
} results[] = {
	{CURLE_OK, NET_OK},
	{CURLE_URL_MALFORMAT, NET_BAD_CALL},
	{CURLE_UNSUPPORTED_PROTOCOL, NET_BAD_CALL},
	{CURLE_COULDNT_RESOLVE_HOST, NET_UNREACHABLE},
	{CURLE_COULDNT_RESOLVE_PROXY, NET_UNREACHABLE},
	{CURLE_COULDNT_CONNECT, NET_UNREACHABLE},
	{CURLE_OPERATION_TIMEDOUT, NET_TIMEOUT},
	{CURLE_SSL_CONNECT_ERROR, NET_TLS},
	{CURLE_PEER_FAILED_VERIFICATION, NET_TLS},
	{CURLE_SSL_CACERT_BADFILE, NET_TLS},
};

enum net_result
net_result_of(CURLcode code)
{
	for (size_t i = 0; i < ARRAY_LEN(results); i++) {
		if (results[i].code == code)
			return results[i].result;
	}
	return NET_BROKEN;
}

static void
read_answer(CURL *curl, struct arena *arena, const struct sink *sink,
            struct net_answer *ret)
{
	long status = 0;
	char *type = NULL;
	curl_off_t after = 0;
	struct curl_header *header;

	(void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	(void)curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
	(void)curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &after);
	/* "Retry-After: 0" and none at all are the same to CURLINFO. */
	if (after == 0 && curl_easy_header(curl, "Retry-After", 0, CURLH_HEADER,
	                                   -1, &header) != CURLHE_OK)
		after = -1;
	*ret = (struct net_answer){
		.status = (int)status,
		.type = arena_strdup(arena, type == NULL ? "" : type),
		.body = buf_text(&sink->bytes),
		.len = sink->bytes.len,
		.retry_after_s = after,
	};
}

enum net_result
net_run(struct net *net, struct arena *arena, const struct net_call *call,
        struct net_answer *ret, struct fault *fault)
{
	struct sink sink = {
		.bytes = {.arena = arena},
		.max = call->answer_max,
	};

	net->error[0] = '\0';
	prepare(net, arena, call, &sink);

	CURLcode code = curl_easy_perform(net->curl);
	if (sink.full) {
		(void)fault_set(fault, "too-large",
		                "the answer is larger than %zu bytes",
		                call->answer_max);
		return NET_TOO_LARGE;
	}
	if (code != CURLE_OK) {
		(void)fault_set(fault, "net", "%s",
		                net->error[0] != '\0'
		                        ? net->error
		                        : curl_easy_strerror(code));
		return net_result_of(code);
	}
	read_answer(net->curl, arena, &sink, ret);
	return NET_OK;
}

const char *
net_escape(struct arena *arena, const char *text)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz0123456789-._~";
	struct buf out = {.arena = arena};

	for (const char *p = text; *p != '\0'; p++) {
		if (strchr(plain, *p) != NULL)
			buf_addc(&out, *p);
		else
			buf_printf(&out, "%%%02X", (unsigned char)*p);
	}
	return buf_text(&out);
}
