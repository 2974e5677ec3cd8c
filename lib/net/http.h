/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct fault;

/*
 * Outgoing HTTP by libcurl: one request after the other, the connection is kept
 * between them. Redirects are answers, not followed; the certificate of a TLS
 * server is checked; only http and https are spoken. Every call ends by its
 * deadline, and an answer larger than its limit is no answer.
 */

struct net;

enum net_result {
	NET_OK,          /* there is an answer, whatever its status */
	NET_UNREACHABLE, /* no connection: the server has seen nothing */
	NET_TIMEOUT,     /* the server may have done what was asked */
	NET_BROKEN,      /* the connection ended too early; likewise */
	NET_TLS,         /* no trustworthy connection */
	NET_TOO_LARGE,   /* more than `answer_max` */
	NET_BAD_CALL,    /* the address cannot be used */
};

struct net_call {
	const char *method; /* "GET" */
	const char *url;
	const char *socket; /* path of a unix socket; NULL = by the URL */
	const char *const *headers; /* "Name: value" …, NULL at the end */
	const void *body;           /* NULL = none */
	size_t body_len;
	int64_t connect_ms;
	int64_t timeout_ms; /* of the whole call */
	size_t answer_max;  /* bytes, after decompression */
	bool proxies;       /* may the environment name a proxy? */
};

struct net_answer {
	int status;
	const char *type; /* media type with its parameters; "" = none */
	const char *body; /* NUL terminated, in the arena */
	size_t len;
	int64_t retry_after_s; /* -1 = not said */
};

/* Once per process, before any thread. */
struct net *net_new(const char *agent);
void net_free(struct net **net);

/* With a result other than NET_OK `fault` says in one sentence what it was. */
MUST_USE enum net_result net_run(struct net *net, struct arena *arena,
                                 const struct net_call *call,
                                 struct net_answer *ret, struct fault *fault);

/* One segment of a path or a value of a query, percent-encoded. */
const char *net_escape(struct arena *arena, const char *text);
