/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "net/http.h"
#include "net/url.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Many POST requests at once, to addresses that users have chosen, by libcurl's
 * multi interface: no call here waits for a receiver but net_multi_wait(). Each
 * address is looked at when a socket for it is opened (net/address.h); names
 * and passwords in URLs, redirects and proxies of the environment lead nowhere.
 * What a receiver answers is read up to a limit and then no more.
 */

struct net_multi;

struct net_send {
	const char *url;
	const char *const *headers; /* "Name: value" …, NULL at the end */
	const void *body;
	size_t body_len;
	int64_t connect_ms; /* looking up the name included */
	int64_t timeout_ms; /* of all of it */
	size_t answer_max; /* bytes that are read; the rest is not waited for */
	size_t keep_max;   /* bytes of these that are handed back */
	void *tag;         /* handed back */
};

struct net_sent {
	void *tag;
	enum net_result result;
	int status;            /* with NET_OK */
	const char *body;      /* NUL terminated UTF-8 */
	int64_t retry_after_s; /* -1 = not said */
	int64_t took_ms;
	const char *error; /* one sentence, of all results but NET_OK */
};

/* `rules` are borrowed. After net_new(), which prepares libcurl. */
struct net_multi *net_multi_new(const char *agent,
                                const struct net_rules *rules);
void net_multi_free(struct net_multi **multi);

/* Begins; everything is copied. What cannot be begun comes back as an answer.
 */
void net_multi_add(struct net_multi *multi, const struct net_send *send);

/* Moves everything on, and hands back one that has ended: its texts live until
 * the next call. False: there is none now. */
MUST_USE bool net_multi_next(struct net_multi *multi, struct net_sent *ret);

/* How many are under way. */
size_t net_multi_busy(const struct net_multi *multi);

/* The tag of any of them, given up; NULL without one. */
void *net_multi_drop(struct net_multi *multi);

/* Until something moves, `fd` can be read (-1: none), or the time is over. */
void net_multi_wait(struct net_multi *multi, int fd, int64_t ms);

/* Sockets that were opened, and that were refused. */
uint64_t net_multi_opened(const struct net_multi *multi);
uint64_t net_multi_refused(const struct net_multi *multi);
