/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "net/address.h"

#include <stdbool.h>

struct arena;
struct fault;

/* What a URL of somebody else's choice may be. */
struct net_rules {
	struct net_allow allow;
	const char *schemes; /* words: "https" or "https http" */
	const char *ports;   /* words: "443 8443" */
};

/* From settings; -1 with the fault. Texts are borrowed. */
MUST_USE int net_rules_read(const char *allow, const char *schemes,
                            const char *ports, struct arena *arena,
                            struct net_rules *ret, struct fault *fault);

/*
 * Is it a URL that requests may be sent to, as far as it tells by itself? It is
 * read as libcurl reads it when the time comes. -1 with what is wrong. Nothing
 * is asked of anybody: where a name leads is found out with each request.
 */
MUST_USE int net_url_check(const char *url, const struct net_rules *rules,
                           struct fault *fault);
