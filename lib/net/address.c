/* SPDX-License-Identifier: Apache-2.0 */
#include "net/address.h"

#include "base/arena.h"
#include "base/fault.h"
#include "base/str.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

/* All addresses are IPv6 here; those of IPv4 have this prefix (RFC 4291). */
#define MAPPED "\0\0\0\0\0\0\0\0\0\0\xff\xff"

enum {
	MAPPED_BYTES = 12,
	MAPPED_BITS = 96,
	TEXT_MAX = 64,
};

struct special {
	const char *range; /* as it is written */
	const char *what;
	bool never; /* whatever is allowed */
};

/* IANA's registries of special-purpose addresses, and what clouds have made of
 * them; the first that fits counts. */
static const struct special specials[] = {
	{"169.254.0.0/16", "a link-local address", true},
	{"168.63.129.16/32", "a cloud's metadata service", true},
	{"100.100.100.200/32", "a cloud's metadata service", true},
	{"192.0.0.192/32", "a cloud's metadata service", true},
	{"0.0.0.0/8", "an address of no host", true},
	{"224.0.0.0/4", "a multicast address", true},
	{"255.255.255.255/32", "the broadcast address", true},
	{"127.0.0.0/8", "a loopback address", false},
	{"10.0.0.0/8", "a private address", false},
	{"172.16.0.0/12", "a private address", false},
	{"192.168.0.0/16", "a private address", false},
	{"100.64.0.0/10", "an address of a provider's own network", false},
	{"192.0.0.0/24", "a reserved address", false},
	{"192.0.2.0/24", "an address for documentation", false},
	{"198.51.100.0/24", "an address for documentation", false},
	{"203.0.113.0/24", "an address for documentation", false},
	{"192.88.99.0/24", "a reserved address", false},
	{"198.18.0.0/15", "an address for measurements", false},
	{"240.0.0.0/4", "a reserved address", false},
	{"::ffff:0.0.0.0/96", NULL, false},
	{"fe80::/10", "a link-local address", true},
	/* EC2 gives credentials at ::23, too. */
	{"fd00:ec2::/32", "a cloud's metadata service", true},
	{"fd20:ce::254/128", "a cloud's metadata service", true},
	{"ff00::/8", "a multicast address", true},
	{"::/128", "an address of no host", true},
	{"::1/128", "a loopback address", false},
	{"fc00::/7", "a private address", false},
	{"fec0::/10", "a private address", false},
	{"2001::/23", "a reserved address", false},
	{"2001:db8::/32", "an address for documentation", false},
	{"3fff::/20", "an address for documentation", false},
	{"2000::/3", NULL, false},
	{"::/0", "a reserved address", false},
};

/* Where an IPv4 address is inside an IPv6 one (RFC 6052, 3056, 4291, 2765). */
static const struct wrapping {
	const char *range;
	size_t at;
} wrappings[] = {
	{"64:ff9b::/96", 12},
	{"2002::/16", 2},
	{"::ffff:0:0:0/96", 12},
	{"::/96", 12},
};

static bool
parse(const char *text, unsigned char ret[16])
{
	if (strchr(text, ':') != NULL)
		return inet_pton(AF_INET6, text, ret) == 1;
	memcpy(ret, MAPPED, MAPPED_BYTES);
	return inet_pton(AF_INET, text, ret + MAPPED_BYTES) == 1;
}

static bool
range_read(const char *text, size_t len, struct net_range *ret)
{
	char address[TEXT_MAX];
	const char *slash = memchr(text, '/', len);
	size_t address_len = slash == NULL ? len : (size_t)(slash - text);
	bool is_v6 = memchr(text, ':', len) != NULL;
	int64_t bits = is_v6 ? 128 : 32;

	if (address_len >= sizeof(address))
		return false;
	memcpy(address, text, address_len);
	address[address_len] = '\0';
	if (!parse(address, ret->bytes))
		return false;
	if (slash != NULL) {
		char number[8];
		size_t digits = len - address_len - 1;

		if (digits == 0 || digits >= sizeof(number))
			return false;
		memcpy(number, slash + 1, digits);
		number[digits] = '\0';
		if (!str_to_int64(number, &bits) || bits < 0 ||
		    bits > (is_v6 ? 128 : 32))
			return false;
	}
	ret->bits = (unsigned)(is_v6 ? bits : bits + MAPPED_BITS);
	return true;
}

static bool
range_has(const struct net_range *range, const unsigned char bytes[16])
{
	size_t whole = range->bits / 8;
	unsigned rest = range->bits % 8;

	if (memcmp(range->bytes, bytes, whole) != 0)
		return false;
	return rest == 0 ||
	       (range->bytes[whole] ^ bytes[whole]) >> (8 - rest) == 0;
}

int
net_allow_read(const char *text, struct arena *arena, struct net_allow *ret,
               struct fault *fault)
{
	static const char between[] = " ,\t";
	struct net_range *items =
		arena_array(arena, strlen(text) + 1, sizeof(*items));
	size_t count = 0;

	for (;;) {
		text += strspn(text, between);
		size_t len = strcspn(text, between);

		if (len == 0)
			break;
		if (!range_read(text, len, &items[count]))
			return fault_set(fault, "network",
			                 "\"%.*s\" is no network such as "
			                 "10.0.0.0/8",
			                 (int)len, text);
		count++;
		text += len;
	}
	ret->items = items;
	ret->count = count;
	return 0;
}

/* The text is one of ours. */
static bool
is_in(const char *text, const unsigned char bytes[16])
{
	struct net_range range;

	return range_read(text, strlen(text), &range) &&
	       range_has(&range, bytes);
}

static bool
is_allowed(const struct net_allow *allow, const unsigned char bytes[16])
{
	for (size_t i = 0; i < allow->count; i++) {
		if (range_has(&allow->items[i], bytes))
			return true;
	}
	return false;
}

/* What the address itself is; the last row fits all. */
static const struct special *
look_up(const unsigned char bytes[16])
{
	size_t i = 0;

	while (i + 1 < ARRAY_LEN(specials) && !is_in(specials[i].range, bytes))
		i++;
	return &specials[i];
}

static const char *
refused(const unsigned char bytes[16], const struct net_allow *allow)
{
	unsigned char inner[16];
	const struct special *special = look_up(bytes);

	if (special->never)
		return special->what;
	for (size_t i = 0; i < ARRAY_LEN(wrappings); i++) {
		if (!is_in(wrappings[i].range, bytes) || is_in("::1", bytes))
			continue;
		memcpy(inner, MAPPED, MAPPED_BYTES);
		memcpy(inner + MAPPED_BYTES, bytes + wrappings[i].at, 4);
		const char *what = refused(inner, allow);
		/* Nothing but NAT64 leads out of here any more (RFC 7526). */
		return what == NULL && i != 0 && !is_allowed(allow, bytes)
		               ? "a reserved address"
		               : what;
	}
	return special->what != NULL && !is_allowed(allow, bytes)
	               ? special->what
	               : NULL;
}

const char *
net_address_refused(const struct sockaddr *address,
                    const struct net_allow *allow)
{
	unsigned char bytes[16];

	if (address->sa_family == AF_INET) {
		const struct sockaddr_in *v4 = (const void *)address;

		memcpy(bytes, MAPPED, MAPPED_BYTES);
		memcpy(bytes + MAPPED_BYTES, &v4->sin_addr, 4);
	} else if (address->sa_family == AF_INET6) {
		const struct sockaddr_in6 *v6 = (const void *)address;

		memcpy(bytes, &v6->sin6_addr, sizeof(bytes));
	} else {
		return "no address of the internet";
	}
	return refused(bytes, allow);
}

bool
net_address_text(const char *text, const struct net_allow *allow,
                 const char **ret_refused)
{
	unsigned char bytes[16];

	if (!parse(text, bytes))
		return false;
	*ret_refused = refused(bytes, allow);
	return true;
}
