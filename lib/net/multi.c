/* SPDX-License-Identifier: Apache-2.0 */
#include "net/multi.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/str.h"
#include "net/result.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	HEADERS_MAX = 64 << 10, /* bytes of an answer's headers */
};

struct transfer {
	struct transfer *next;
	struct transfer **place; /* what points to this one */
	struct net_multi *multi;
	struct arena *arena;
	CURL *curl;
	struct curl_slist *headers;
	void *tag;
	struct buf kept;
	size_t keep_max;
	size_t left; /* bytes that are still read */
	size_t header_left;
	bool full;           /* more was sent than is read */
	const char *refused; /* what its address is */
	const char *fault;   /* why it was not begun */
	int64_t begun_us;
	char error[CURL_ERROR_SIZE];
};

struct net_multi {
	CURLM *curl;
	const char *agent;
	const struct net_rules *rules;
	struct transfer *transfers;
	struct transfer *handed; /* back, freed with the next call */
	size_t busy;
	uint64_t opened;
	uint64_t refused;
};

struct net_multi *
net_multi_new(const char *agent, const struct net_rules *rules)
{
	struct net_multi *multi = arena_must(calloc(1, sizeof(*multi)));

	multi->curl = arena_must(curl_multi_init());
	multi->agent = agent;
	multi->rules = rules;
	return multi;
}

static void
transfer_free(struct transfer *transfer)
{
	curl_easy_cleanup(transfer->curl);
	curl_slist_free_all(transfer->headers);
	struct arena *arena = transfer->arena;
	arena_free(&arena); /* with the transfer itself */
}

static void
transfer_remove(struct transfer *transfer)
{
	*transfer->place = transfer->next;
	if (transfer->next != NULL)
		transfer->next->place = transfer->place;
	(void)curl_multi_remove_handle(transfer->multi->curl, transfer->curl);
	transfer->multi->busy--;
}

void
net_multi_free(struct net_multi **multi)
{
	if (*multi == NULL)
		return;
	while (net_multi_drop(*multi) != NULL)
		;
	if ((*multi)->handed != NULL)
		transfer_free((*multi)->handed);
	curl_multi_cleanup((*multi)->curl);
	free(*multi);
	*multi = NULL;
}

/* --- what libcurl calls --------------------------------------------------- */

static curl_socket_t
open_socket(void *transfer_, curlsocktype purpose,
            struct curl_sockaddr *address)
{
	struct transfer *transfer = transfer_;
	struct net_multi *multi = transfer->multi;

	(void)purpose;
	transfer->refused =
		net_address_refused(&address->addr, &multi->rules->allow);
	if (transfer->refused != NULL) {
		multi->refused++;
		return CURL_SOCKET_BAD;
	}
	multi->opened++;
	return socket(address->family, address->socktype | SOCK_CLOEXEC,
	              address->protocol);
}

static size_t
receive(char *bytes, size_t size, size_t count, void *transfer_)
{
	struct transfer *transfer = transfer_;
	size_t len = size * count;
	size_t room = transfer->keep_max - transfer->kept.len;

	buf_add(&transfer->kept, bytes, len < room ? len : room);
	if (len > transfer->left) {
		transfer->full = true;
		return 0;
	}
	transfer->left -= len;
	return len;
}

static size_t
receive_header(char *bytes, size_t size, size_t count, void *transfer_)
{
	struct transfer *transfer = transfer_;
	size_t len = size * count;

	(void)bytes;
	if (len > transfer->header_left)
		return 0;
	transfer->header_left -= len;
	return len;
}

/* --- beginning ------------------------------------------------------------ */

/* Setting an option fails only for one that this libcurl does not have. */
#define SET(option, value)                                             \
	do {                                                           \
		if (curl_easy_setopt(curl, option, value) != CURLE_OK) \
			abort();                                       \
	} while (0)

static void
prepare(struct transfer *transfer, const struct net_send *send)
{
	CURL *curl = transfer->curl;
	struct net_multi *multi = transfer->multi;

	SET(CURLOPT_PRIVATE, transfer);
	SET(CURLOPT_PROTOCOLS_STR, str_has_word(multi->rules->schemes, "http")
	                                   ? "https,http"
	                                   : "https");
	SET(CURLOPT_URL, send->url);
	SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	SET(CURLOPT_FOLLOWLOCATION, 0L);
	SET(CURLOPT_PROXY, "");
	SET(CURLOPT_NOSIGNAL, 1L);
	/* Not to wait for a name server when a transfer is given up. */
	SET(CURLOPT_QUICK_EXIT, 1L);
	SET(CURLOPT_USERAGENT, multi->agent);
	SET(CURLOPT_CONNECTTIMEOUT_MS, (long)send->connect_ms);
	SET(CURLOPT_TIMEOUT_MS, (long)send->timeout_ms);
	SET(CURLOPT_OPENSOCKETFUNCTION, open_socket);
	SET(CURLOPT_OPENSOCKETDATA, transfer);
	SET(CURLOPT_WRITEFUNCTION, receive);
	SET(CURLOPT_WRITEDATA, transfer);
	SET(CURLOPT_HEADERFUNCTION, receive_header);
	SET(CURLOPT_HEADERDATA, transfer);
	SET(CURLOPT_ERRORBUFFER, transfer->error);
	SET(CURLOPT_HTTPHEADER, transfer->headers);
	SET(CURLOPT_POST, 1L);
	SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)send->body_len);
	SET(CURLOPT_COPYPOSTFIELDS, send->body);
}

static struct curl_slist *
header_list(const struct net_send *send)
{
	/* Without it curl would announce a body and wait for "100". */
	struct curl_slist *list =
		arena_must(curl_slist_append(NULL, "Expect:"));

	for (const char *const *h = send->headers; *h != NULL; h++)
		list = arena_must(curl_slist_append(list, *h));
	return list;
}

void
net_multi_add(struct net_multi *multi, const struct net_send *send)
{
	struct arena *arena = arena_new();
	struct transfer *transfer = arena_alloc(arena, sizeof(*transfer));
	struct fault fault;

	*transfer = (struct transfer){
		.next = multi->transfers,
		.place = &multi->transfers,
		.multi = multi,
		.arena = arena,
		.curl = arena_must(curl_easy_init()),
		.headers = header_list(send),
		.tag = send->tag,
		.kept = {.arena = arena},
		.keep_max = send->keep_max,
		.left = send->answer_max,
		.header_left = HEADERS_MAX,
		.begun_us = clock_monotonic_us(),
	};
	if (multi->transfers != NULL)
		multi->transfers->place = &transfer->next;
	multi->transfers = transfer;
	multi->busy++;
	prepare(transfer, send);
	/* What was good when it was written down may no longer be. */
	if (net_url_check(send->url, multi->rules, &fault) != 0)
		transfer->fault =
			arena_printf(arena, "the URL %s", fault.detail);
	else if (curl_multi_add_handle(multi->curl, transfer->curl) != CURLM_OK)
		transfer->fault = "the request could not be begun";
}

/* --- ending --------------------------------------------------------------- */

/* UTF-8 that PostgreSQL takes, whatever it was. */
static const char *
readable(struct arena *arena, const struct buf *bytes)
{
	char *text = arena_strndup(arena, buf_text(bytes), bytes->len);

	for (size_t i = 0; i < bytes->len; i++) {
		if (text[i] == '\0')
			text[i] = ' ';
	}
	str_drop_partial(text);
	if (str_is_utf8(text, strlen(text)))
		return text;
	for (char *p = text; *p != '\0'; p++) {
		if ((unsigned char)*p > 0x7e)
			*p = '?';
	}
	return text;
}

static int64_t
retry_after(CURL *curl)
{
	struct curl_header *header;
	curl_off_t seconds = 0;

	if (curl_easy_header(curl, "Retry-After", 0, CURLH_HEADER, -1,
	                     &header) != CURLHE_OK)
		return -1;
	(void)curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &seconds);
	return seconds;
}

static const char *
error_of(struct transfer *transfer, CURLcode code)
{
	if (transfer->fault != NULL)
		return transfer->fault;
	if (transfer->refused != NULL)
		return arena_printf(transfer->arena,
		                    "its address is %s, which is not allowed "
		                    "here",
		                    transfer->refused);
	return transfer->error[0] != '\0' ? transfer->error
	                                  : curl_easy_strerror(code);
}

static void
hand_back(struct transfer *transfer, CURLcode code, struct net_sent *ret)
{
	CURL *curl = transfer->curl;
	long status = 0;
	bool answered;

	(void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	/* A long answer is one: the rest of it is not for us. */
	answered = status > 0 && (code == CURLE_OK || transfer->full);
	*ret = (struct net_sent){
		.tag = transfer->tag,
		.result = answered ? NET_OK
	                  : transfer->fault != NULL || transfer->refused != NULL
	                          ? NET_BAD_CALL
	                          : net_result_of(code),
		.status = answered ? (int)status : 0,
		.body = readable(transfer->arena, &transfer->kept),
		.retry_after_s = retry_after(curl),
		.took_ms = (clock_monotonic_us() - transfer->begun_us) / 1000,
		.error = answered ? NULL : error_of(transfer, code),
	};
	transfer_remove(transfer);
	transfer->multi->handed = transfer;
}

bool
net_multi_next(struct net_multi *multi, struct net_sent *ret)
{
	struct transfer *transfer = NULL;
	struct CURLMsg *message;
	int left;

	if (multi->handed != NULL)
		transfer_free(multi->handed);
	multi->handed = NULL;
	for (transfer = multi->transfers; transfer != NULL;
	     transfer = transfer->next) {
		if (transfer->fault != NULL) {
			hand_back(transfer, CURLE_FAILED_INIT, ret);
			return true;
		}
	}
	if (curl_multi_perform(multi->curl, &left) != CURLM_OK)
		return false;
	while ((message = curl_multi_info_read(multi->curl, &left)) != NULL) {
		CURLcode code = message->data.result;

		if (message->msg != CURLMSG_DONE)
			continue;
		if (curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE,
		                      &transfer) != CURLE_OK)
			abort();
		hand_back(transfer, code, ret);
		return true;
	}
	return false;
}

size_t
net_multi_busy(const struct net_multi *multi)
{
	return multi->busy;
}

void *
net_multi_drop(struct net_multi *multi)
{
	struct transfer *transfer = multi->transfers;

	if (transfer == NULL)
		return NULL;
	void *tag = transfer->tag;
	transfer_remove(transfer);
	transfer_free(transfer);
	return tag;
}

void
net_multi_wait(struct net_multi *multi, int fd, int64_t ms)
{
	struct curl_waitfd extra = {.fd = fd, .events = CURL_WAIT_POLLIN};

	(void)curl_multi_poll(multi->curl, &extra, fd < 0 ? 0 : 1, (int)ms,
	                      NULL);
}

uint64_t
net_multi_opened(const struct net_multi *multi)
{
	return multi->opened;
}

uint64_t
net_multi_refused(const struct net_multi *multi)
{
	return multi->refused;
}
