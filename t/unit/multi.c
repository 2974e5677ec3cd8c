/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where deliveries lead. Names are looked up here, and connections end here: a
 * name leads wherever a test wants, each connect() is written down and refused,
 * and no packet leaves.
 */
#include "net/multi.h"
#include "net/http.h"

#include "base/fault.h"
#include "unit.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	CONNECTS_MAX = 16,
	ROUND_MS = 50,
	ROUNDS = 200,
};

#define SEEN __attribute__((visibility("default")))

/* --- in place of the C library -------------------------------------------- */

static const char *const *leads_to; /* at each look-up the next; NULL = end */
static atomic_int look_ups;
static atomic_bool silent;
static char connects[CONNECTS_MAX][INET6_ADDRSTRLEN];
static atomic_int connected;

SEEN int getaddrinfo(const char *name, const char *service,
                     const struct addrinfo *hints, struct addrinfo **ret);
SEEN int connect(int fd, const struct sockaddr *address, socklen_t len);

int
getaddrinfo(const char *name, const char *service, const struct addrinfo *hints,
            struct addrinfo **ret)
{
	static int (*real)(const char *, const char *, const struct addrinfo *,
	                   struct addrinfo **);
	struct addrinfo numeric = *hints;

	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "getaddrinfo");
	if (strcmp(name, "silent.test") == 0) {
		while (atomic_load(&silent))
			(void)usleep(1000);
		return EAI_AGAIN;
	}
	if (strcmp(name, "name.test") == 0 && leads_to != NULL) {
		name = leads_to[0];
		if (leads_to[1] != NULL)
			leads_to++;
		atomic_fetch_add(&look_ups, 1);
	}
	/* Nothing that a test forgot is asked of anybody. */
	numeric.ai_flags |= AI_NUMERICHOST;
	numeric.ai_family = AF_UNSPEC;
	return real(name, service, &numeric, ret);
}

int
connect(int fd, const struct sockaddr *address, socklen_t len)
{
	const struct sockaddr_in *v4 = (const void *)address;
	const struct sockaddr_in6 *v6 = (const void *)address;
	int at = atomic_fetch_add(&connected, 1);

	(void)fd;
	(void)len;
	if (at < CONNECTS_MAX)
		(void)inet_ntop(address->sa_family,
		                address->sa_family == AF_INET
		                        ? (const void *)&v4->sin_addr
		                        : (const void *)&v6->sin6_addr,
		                connects[at], sizeof(connects[at]));
	errno = ECONNREFUSED;
	return -1;
}

/* --- one delivery --------------------------------------------------------- */

static struct net_multi *
begin(struct net_rules *rules, const char *allow, struct arena *arena)
{
	struct fault fault;

	assert_int_equal(net_rules_read(allow, "https http", "443 8443", arena,
	                                rules, &fault),
	                 0);
	return net_multi_new("unit", rules);
}

static void
add(struct net_multi *multi, const char *url, int64_t connect_ms)
{
	static const char *const headers[] = {NULL};
	const struct net_send send = {
		.url = url,
		.headers = headers,
		.body = "{}",
		.body_len = 2,
		.connect_ms = connect_ms,
		.timeout_ms = 10000,
		.answer_max = 1000,
		.keep_max = 1000,
	};

	net_multi_add(multi, &send);
}

static bool
ended(struct net_multi *multi, struct net_sent *ret)
{
	for (int i = 0; i < ROUNDS; i++) {
		if (net_multi_next(multi, ret))
			return true;
		net_multi_wait(multi, -1, ROUND_MS);
	}
	return false;
}

/* How many connections there were on the way to `url`. */
static int
tried(const char *url, const char *allow, struct arena *arena,
      enum net_result *result)
{
	struct net_rules rules;
	struct net_multi *multi = begin(&rules, allow, arena);
	struct net_sent sent = {.result = NET_OK};
	int before = atomic_load(&connected);

	add(multi, url, 5000);
	row_true(url, ended(multi, &sent));
	*result = sent.result;
	int count = atomic_load(&connected) - before;
	row_true(url, net_multi_opened(multi) >= (uint64_t)count);
	if (count == 0)
		row_int(url, net_multi_opened(multi), 0);
	net_multi_free(&multi);
	return count;
}

/* --- tests ---------------------------------------------------------------- */

static void
names_inward(void **state)
{
	static const char *const inward[] = {
		"127.0.0.1",
		"127.8.9.10",
		"0.0.0.0",
		"0.1.2.3",
		"10.0.0.1",
		"172.16.0.1",
		"192.168.1.1",
		"100.64.0.1",
		"169.254.169.254",
		"168.63.129.16",
		"100.100.100.200",
		"198.18.0.1",
		"224.0.0.1",
		"240.0.0.1",
		"255.255.255.255",
		"::",
		"::1",
		"::ffff:127.0.0.1",
		"::ffff:a9fe:a9fe",
		"::127.0.0.1",
		"64:ff9b::7f00:1",
		"64:ff9b::a9fe:a9fe",
		"2002:7f00:1::1",
		"fe80::1",
		"fec0::1",
		"fc00::1",
		"fd00:ec2::254",
		"ff02::1",
	};
	enum net_result result;

	for (size_t i = 0; i < ARRAY_LEN(inward); i++) {
		const char *const to[] = {inward[i], NULL};
		int before = atomic_load(&look_ups);

		leads_to = to;
		row_int(inward[i],
		        tried("https://name.test/", "", *state, &result), 0);
		row_int(inward[i], result, NET_BAD_CALL);
		row_true(inward[i], atomic_load(&look_ups) > before);
	}
	leads_to = NULL;
}

static void
urls_inward(void **state)
{
	static const char *const inward[] = {
		"https://127.0.0.1/",
		"https://127.1/",
		"https://2130706433/",
		"https://0x7f000001/",
		"https://0x7f.0.0.1/",
		"https://0177.0.0.1/",
		"https://017700000001/",
		"https://0/",
		"https://0.0.0.0/",
		"https://127.0.0.1./",
		"https://[::]/",
		"https://[::1]/",
		"https://[::ffff:127.0.0.1]/",
		"https://[::ffff:7f00:1]/",
		"https://[64:ff9b::7f00:1]/",
		"https://[fd12::1]/",
		"https://[fe80::1]/",
		"https://[fe80::1%25lo]/",
		"https://localhost/",
		"https://a.localhost./",
		"https://169.254.169.254/latest/meta-data/",
		"https://2852039166/",
		"https://name.test@127.0.0.1/",
		"https://name.test:443@127.0.0.1/",
		"https://127.0.0.1#@name.test/",
		"https://127.0.0.1\\@name.test/",
		"https://127.0.0.1:22/",
		"file:///etc/passwd",
		"gopher://127.0.0.1:443/_x",
		"//127.0.0.1/",
	};
	enum net_result result;

	leads_to = NULL;
	for (size_t i = 0; i < ARRAY_LEN(inward); i++) {
		row_int(inward[i], tried(inward[i], "", *state, &result), 0);
		row_int(inward[i], result, NET_BAD_CALL);
	}
}

/* Looked at, it leads outward; connected to, inward: and the other way round.
 */
static void
rebinding(void **state)
{
	static const char *const to[] = {
		"198.41.0.4",      "127.0.0.1", "198.41.0.4",
		"169.254.169.254", NULL,
	};
	static const int want[] = {1, 0, 1, 0, 0};
	enum net_result result;

	leads_to = to;
	for (size_t i = 0; i < ARRAY_LEN(want); i++) {
		char row[32];
		int first = atomic_load(&connected);

		(void)snprintf(row, sizeof(row), "look-up %zu", i + 1);
		row_int(row, tried("https://name.test/", "", *state, &result),
		        want[i]);
		if (want[i] > 0)
			row_text(row, connects[first % CONNECTS_MAX],
			         "198.41.0.4");
	}
	leads_to = NULL;
}

static void
allowed_only(void **state)
{
	static const char *const own[] = {"10.20.0.1", NULL};
	static const char *const other[] = {"10.21.0.1", NULL};
	enum net_result result;

	leads_to = own;
	assert_int_equal(
		tried("https://name.test/", "10.20.0.0/16", *state, &result),
		1);
	leads_to = other;
	assert_int_equal(
		tried("https://name.test/", "10.20.0.0/16", *state, &result),
		0);
	leads_to = NULL;
}

/* A transfer ends in time, and another beside it is not held up. */
static void
silent_name_server(void **state)
{
	static const char *const inward[] = {"10.0.0.1", NULL};
	struct net_rules rules;
	struct net_multi *multi = begin(&rules, "", *state);
	struct net_sent sent = {.result = NET_OK};

	atomic_store(&silent, true);
	add(multi, "https://silent.test/", 200);
	leads_to = inward;
	add(multi, "https://name.test/", 5000);
	assert_true(ended(multi, &sent));
	assert_int_equal(sent.result, NET_BAD_CALL);
	assert_int_equal(net_multi_busy(multi), 1);
	assert_true(ended(multi, &sent));
	assert_int_equal(sent.status, 0);
	assert_int_not_equal(sent.result, NET_BAD_CALL);
	assert_int_equal(net_multi_busy(multi), 0);
	net_multi_free(&multi);
	/* All of that while the name server said nothing. */
	assert_true(atomic_load(&silent));
	atomic_store(&silent, false);
	(void)usleep(50 * 1000);
	leads_to = NULL;
}

int
main(void)
{
	struct net *net = net_new("unit");
	const struct CMUnitTest tests[] = {
		CHECK("names that lead inward open no socket", names_inward),
		CHECK("neither do URLs", urls_inward),
		CHECK("nor a name that leads elsewhere each time", rebinding),
		CHECK("what is allowed is, and nothing beside it",
	              allowed_only),
		CHECK("a name server that is silent holds up nobody",
	              silent_name_server),
	};
	int failed = unit_run(tests);

	net_free(&net);
	return failed;
}
