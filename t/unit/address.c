/* SPDX-License-Identifier: Apache-2.0 */
#include "net/address.h"
#include "net/url.h"

#include "base/fault.h"
#include "unit.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

static const struct net_allow nothing = {.items = NULL};

static const char *
refused(const char *text, const struct net_allow *allow)
{
	const char *what = "not an address";

	assert_true(net_address_text(text, allow, &what));
	return what;
}

static void
public_addresses(void **state)
{
	static const char *const texts[] = {
		"1.1.1.1",         "9.255.255.255",   "11.0.0.0",
		"100.63.255.255",  "100.128.0.0",     "126.255.255.255",
		"128.0.0.0",       "169.253.255.255", "169.255.0.0",
		"172.15.255.255",  "172.32.0.0",      "192.167.255.255",
		"192.169.0.0",     "198.17.255.255",  "198.20.0.0",
		"223.255.255.255", "::ffff:1.1.1.1",  "64:ff9b::101:101",
		"2400:cb00::1",    "2606:4700::1111", "2a00:1450::1",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		row_text(texts[i], refused(texts[i], &nothing), NULL);
	}
}

static const char *const private[] = {
	"127.0.0.1",
	"127.255.255.254",
	"10.0.0.1",
	"10.255.255.255",
	"172.16.0.1",
	"172.31.255.255",
	"192.168.0.1",
	"100.64.0.1",
	"192.0.0.1",
	"192.0.2.1",
	"192.88.99.1",
	"198.18.0.1",
	"198.19.255.255",
	"198.51.100.1",
	"203.0.113.1",
	"240.0.0.1",
	"::1",
	"::ffff:127.0.0.1",
	"::ffff:7f00:1",
	"::ffff:10.0.0.1",
	"::ffff:0:127.0.0.1",
	"::127.0.0.1",
	"::a00:1",
	"64:ff9b::127.0.0.1",
	"64:ff9b::10.0.0.1",
	"64:ff9b:1::1",
	"2002:7f00:1::",
	"2002:a00:1::1",
	"2001::1",
	"2001:0:4136:e378:8000:63bf:3fff:fdd2",
	"2001:2::1",
	"2001:db8::1",
	"3fff::1",
	"5f00::1",
	"100::1",
	"fc00::1",
	"fd12:3456::1",
	"fec0::1",
	"4000::1",
};

static const char *const never[] = {
	"169.254.169.254",
	"169.254.0.1",
	"169.254.170.2",
	"::ffff:169.254.169.254",
	"::ffff:a9fe:a9fe",
	"::169.254.169.254",
	"64:ff9b::169.254.169.254",
	"2002:a9fe:a9fe::1",
	"fe80::1",
	"febf::1",
	"fd00:ec2::254",
	"168.63.129.16",
	"100.100.100.200",
	"192.0.0.192",
	"0.0.0.0",
	"0.1.2.3",
	"::",
	"::ffff:0.0.0.0",
	"224.0.0.1",
	"239.255.255.255",
	"255.255.255.255",
	"ff02::1",
};

static void
other_addresses(void **state)
{
	struct net_allow all;
	struct fault fault;

	assert_int_equal(
		net_allow_read("0.0.0.0/0, ::/0", *state, &all, &fault), 0);
	for (size_t i = 0; i < ARRAY_LEN(private); i++) {
		row_true(private[i], refused(private[i], &nothing) != NULL);
		row_text(private[i], refused(private[i], &all), NULL);
	}
	for (size_t i = 0; i < ARRAY_LEN(never); i++) {
		row_true(never[i], refused(never[i], &all) != NULL);
	}
}

static void
allowed(void **state)
{
	struct net_allow allow;
	struct fault fault;

	assert_int_equal(net_allow_read("10.1.0.0/16 127.0.0.1,fd12::/17",
	                                *state, &allow, &fault),
	                 0);
	assert_null(refused("10.1.255.255", &allow));
	assert_null(refused("::ffff:10.1.0.1", &allow));
	assert_null(refused("64:ff9b::10.1.0.1", &allow));
	assert_non_null(refused("10.2.0.0", &allow));
	assert_non_null(refused("2002:a01:1::", &allow));
	assert_null(refused("127.0.0.1", &allow));
	assert_non_null(refused("127.0.0.2", &allow));
	assert_null(refused("fd12:0:7fff::1", &allow));
	assert_non_null(refused("fd13::1", &allow));

	static const char *const bad[] = {
		"10.0.0.0/33", "10.0.0/8",          "::/129",    "x",
		"10.0.0.0/",   "10.0.0.0/-1",       "/8",        "10.0.0.0/8/8",
		"1::2::3/8",   "10.0.0.0/00008000", "localhost",
	};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		row_int(bad[i], net_allow_read(bad[i], *state, &allow, &fault),
		        -1);
	}
	assert_int_equal(net_allow_read("", *state, &allow, &fault), 0);
	assert_int_equal(allow.count, 0);
}

static void
sockets(void **state)
{
	struct sockaddr_in v4 = {.sin_family = AF_INET};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
	struct sockaddr other = {.sa_family = AF_UNIX};

	(void)state;
	assert_int_equal(inet_pton(AF_INET, "127.0.0.1", &v4.sin_addr), 1);
	assert_non_null(net_address_refused((const void *)&v4, &nothing));
	assert_int_equal(inet_pton(AF_INET, "1.1.1.1", &v4.sin_addr), 1);
	assert_null(net_address_refused((const void *)&v4, &nothing));
	assert_int_equal(inet_pton(AF_INET6, "::1", &v6.sin6_addr), 1);
	assert_non_null(net_address_refused((const void *)&v6, &nothing));
	assert_non_null(net_address_refused(&other, &nothing));
}

/* --- URLs ------------------------------------------------------------------
 */

static const struct {
	const char *url;
	const char *code;
} hostile[] = {
	{"", "format"},
	{"https", "format"},
	{"https:", "format"},
	{"https:/host/", "format"},
	{"https:host/", "format"},
	{"https:///host/", "format"},
	{"https:/host/://a", "format"},
	{"//host/", "format"},
	{"/path", "format"},
	{"host/path", "format"},
	{" https://host/", "format"},
	{"https://host/ a", "format"},
	{"https://host/\ta", "format"},
	{"https://host/\r\nX: y", "format"},
	{"https://host\\@127.0.0.1/", "format"},
	{"https:\\\\127.0.0.1/", "format"},
	{"https://h\xc3\xb6st/", "format"},
	{"https://\xe2\x91\xa0\xe2\x91\xa1\xe2\x91\xa6.0.0.1/", "format"},
	{"http://example.com/", "scheme"},
	{"ftp://example.com/", "scheme"},
	{"file:///etc/passwd", "format"},
	{"file://localhost/etc/passwd", "scheme"},
	{"gopher://127.0.0.1:6379/_FLUSHALL", "scheme"},
	{"dict://127.0.0.1:11211/stats", "scheme"},
	{"ldap://example.com/", "scheme"},
	{"smb://example.com/x", "scheme"},
	{"telnet://example.com/", "scheme"},
	{"javascript://example.com/%0aalert(1)", "scheme"},
	{"https://user@example.com/", "userinfo"},
	{"https://user:secret@example.com/", "userinfo"},
	{"https://:secret@example.com/", "userinfo"},
	{"https://example.com@127.0.0.1/", "userinfo"},
	{"https://example.com:443@127.0.0.1/", "userinfo"},
	{"https://example.com/#x", "fragment"},
	{"https://example.com#@127.0.0.1/", "fragment"},
	{"https://example.com:22/", "port"},
	{"https://example.com:80/", "port"},
	{"https://example.com:6379/", "port"},
	{"https://example.com:0/", "port"},
	{"https://example.com:65536/", "format"},
	{"https://example.com:-1/", "format"},
	{"https://example.com:4 43/", "format"},
	{"https://127.0.0.1/", "address"},
	{"https://127.1/", "address"},
	{"https://127.0.1/", "address"},
	{"https://2130706433/", "address"},
	{"https://0x7f000001/", "address"},
	{"https://0x7f.0.0.1/", "address"},
	{"https://0177.0.0.1/", "address"},
	{"https://017700000001/", "address"},
	{"https://0/", "address"},
	{"https://0.0.0.0/", "address"},
	{"https://127.0.0.1./", "address"},
	{"https://10.0.0.1/", "address"},
	{"https://192.168.1.1:8443/", "address"},
	{"https://169.254.169.254/latest/meta-data/", "address"},
	{"https://0xa9fea9fe/", "address"},
	{"https://2852039166/", "address"},
	{"https://[::1]/", "address"},
	{"https://[::]/", "address"},
	{"https://[::ffff:127.0.0.1]/", "address"},
	{"https://[::ffff:7f00:1]/", "address"},
	{"https://[0:0:0:0:0:ffff:a9fe:a9fe]/", "address"},
	{"https://[64:ff9b::7f00:1]/", "address"},
	{"https://[2002:7f00:1::]/", "address"},
	{"https://[fd12::1]/", "address"},
	{"https://[fe80::1]/", "address"},
	{"https://[fe80::1%25eth0]/", "host"},
	{"https://localhost/", "address"},
	{"https://LOCALHOST/", "address"},
	{"https://localhost./", "address"},
	{"https://a.localhost/", "address"},
	{"https://256.1.1.1/", "host"},
	{"https://1.2.3.4.5/", "host"},
};

static void
hostile_urls(void **state)
{
	struct net_rules rules;
	struct fault fault;

	assert_int_equal(
		net_rules_read("", "https", "443 8443", *state, &rules, &fault),
		0);
	for (size_t i = 0; i < ARRAY_LEN(hostile); i++) {
		row_int(hostile[i].url,
		        net_url_check(hostile[i].url, &rules, &fault), -1);
		row_text(hostile[i].url, fault.code, hostile[i].code);
	}
}

static void
good_urls(void **state)
{
	static const char *const strict[] = {
		"https://example.com",
		"https://example.com/",
		"HTTPS://EXAMPLE.COM:443/a/b?c=d&e=%20",
		"https://example.com:8443/x",
		"https://1.1.1.1/",
		"https://[2606:4700::1111]/",
		"https://127.0.0.1.example.com/",
		"https://10.example.com/",
	};
	static const char *const open[] = {
		"http://example.com/",    "http://127.0.0.1:8080/",
		"http://localhost:8080/", "https://[::1]:8080/x",
		"https://10.1.2.3:443/",
	};
	struct net_rules rules;
	struct fault fault;

	assert_int_equal(
		net_rules_read("", "https", "443 8443", *state, &rules, &fault),
		0);
	for (size_t i = 0; i < ARRAY_LEN(strict); i++) {
		row_int(strict[i], net_url_check(strict[i], &rules, &fault), 0);
	}
	assert_int_equal(net_rules_read("127.0.0.0/8 ::1 10.0.0.0/8",
	                                "https http", "443 8080", *state,
	                                &rules, &fault),
	                 0);
	for (size_t i = 0; i < ARRAY_LEN(open); i++) {
		row_int(open[i], net_url_check(open[i], &rules, &fault), 0);
	}
	assert_int_equal(
		net_url_check("http://169.254.169.254/", &rules, &fault), -1);
	static const char *const bad[][2] = {
		{"ftp", "443"},     {"https", "x"},         {"https", "0"},
		{"https", "65536"}, {"https  http", "443"},
	};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_int_equal(net_rules_read("", bad[i][0], bad[i][1],
		                                *state, &rules, &fault),
		                 -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("public addresses are let through", public_addresses),
		CHECK("others are not, and some never", other_addresses),
		CHECK("an administrator may allow networks", allowed),
		CHECK("socket addresses are looked at alike", sockets),
		CHECK("hostile URLs are refused, each for its reason",
	              hostile_urls),
		CHECK("good URLs are taken", good_urls),
	};

	return unit_run(tests);
}
