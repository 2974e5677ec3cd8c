/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct fault;
struct sockaddr;

/*
 * Where requests to addresses that users have chosen may go. What is looked at
 * is the address that is about to be connected to, not a name or a URL: a name
 * may mean something else a moment later.
 */

/* Networks that an administrator lets through though they are not public. */
struct net_allow {
	struct net_range *items;
	size_t count;
};

struct net_range {
	unsigned char bytes[16]; /* IPv4 as ::ffff:a.b.c.d */
	unsigned bits;           /* of the 128 */
};

/* CIDRs with spaces or commas between: "10.0.0.0/8, fd12::/16". -1 with the
 * fault when there is one that is none. */
MUST_USE int net_allow_read(const char *text, struct arena *arena,
                            struct net_allow *ret, struct fault *fault);

/*
 * NULL when it is a public address or one that is allowed, else what it is, in
 * words. An IPv4 address inside an IPv6 one is looked at as that. Link-local
 * addresses, multicast and metadata services of clouds are never allowed.
 */
const char *net_address_refused(const struct sockaddr *address,
                                const struct net_allow *allow);

/* The same for an address in text form, without brackets; false: it is none. */
MUST_USE bool net_address_text(const char *text, const struct net_allow *allow,
                               const char **ret_refused);
