/* SPDX-License-Identifier: Apache-2.0 */
/* URLs that deliveries are to go to, and networks that are allowed: what is let
 * through names no address that the rules refuse, read as the system reads it.
 */
#include "net/url.h"
#include "base/arena.h"
#include "base/fault.h"
#include "fuzz.h"

#include <arpa/inet.h>
#include <string.h>

#include <netinet/in.h>

/* Of the host that a URL names, without brackets. */
static const char *
host_of(struct arena *arena, const char *url)
{
	const char *host = strstr(url, "://") + 3;
	size_t len = strcspn(host, "/?#");

	HOLDS(memchr(host, '@', len) == NULL);
	if (host[0] == '[')
		return arena_strndup(arena, host + 1, strcspn(host + 1, "]"));
	return arena_strndup(arena, host, strcspn(host, ":/?#"));
}

static void
check_address(const char *host, const struct net_allow *allow)
{
	struct sockaddr_in v4 = {.sin_family = AF_INET};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};

	if (inet_pton(AF_INET, host, &v4.sin_addr) == 1 ||
	    inet_aton(host, &v4.sin_addr) != 0)
		HOLDS(net_address_refused((const struct sockaddr *)&v4,
		                          allow) == NULL);
	if (inet_pton(AF_INET6, host, &v6.sin6_addr) == 1)
		HOLDS(net_address_refused((const struct sockaddr *)&v6,
		                          allow) == NULL);
}

void
fuzz_input(const uint8_t *bytes, size_t len)
{
	struct arena *arena = fuzz_arena();
	const char *text = fuzz_text(arena, bytes, len);
	struct net_rules rules;
	struct net_allow allow;
	struct fault fault;

	HOLDS(net_rules_read("10.0.0.0/8, fd12::/16", "https http", "443 8443",
	                     arena, &rules, &fault) == 0);
	if (net_url_check(text, &rules, &fault) == 0)
		check_address(host_of(arena, text), &rules.allow);
	else
		fuzz_check_line(fault.code);
	if (net_allow_read(text, arena, &allow, &fault) == 0) {
		for (size_t i = 0; i < allow.count; i++)
			HOLDS(allow.items[i].bits <= 128);
	}
}
