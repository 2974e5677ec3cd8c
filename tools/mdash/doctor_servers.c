/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "command.h"
#include "doctor.h"
#include "net/http.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum {
	CALL_MS = 3000,
	ANSWER_MAX = 4 << 20,
};

static const char *const areas[] = {"auth",  "services", "apis",
                                    "todos", "jobs",     "ingest"};

/* 0, or the errno of connecting to a unix socket. */
static int
try_socket(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return errno;
	(void)snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	int error = 0;
	if (connect(fd, (const struct sockaddr *)&address, sizeof(address)) !=
	    0)
		error = errno;
	(void)close(fd);
	return error;
}

static enum net_result
get(struct doctor *d, struct net *net, const char *socket, const char *url,
    struct net_answer *ret, struct fault *fault)
{
	const struct net_call call = {
		.method = "GET",
		.url = url,
		.socket = socket,
		.connect_ms = CALL_MS,
		.timeout_ms = CALL_MS,
		.answer_max = ANSWER_MAX,
	};

	return net_run(net, d->cli->arena, &call, ret, fault);
}

static void
check_socket(struct doctor *d, const char *area)
{
	struct arena *a = d->cli->arena;
	const char *path =
		arena_printf(a, "%s/%s.sock", d->cli->settings.run_dir, area);
	const char *what = arena_printf(a, "socket %s", area);
	int error = try_socket(path);

	if (error == 0)
		doctor_tell(d, VERDICT_OK, what, NULL, "%s", path);
	else if (error == EACCES)
		doctor_tell(d, VERDICT_WARN, what,
		            "run the doctor as the user of the programs",
		            "%s: %s", path, strerror(error));
	else
		doctor_tell(d, VERDICT_FAIL, what,
		            arena_printf(a, "start mdash-%s on it", area),
		            "%s: %s", path, strerror(error));
}

/* The sentence of a problem document. */
static const char *
detail_of(struct arena *arena, const struct net_answer *answer)
{
	json_t *json = json_loadb(answer->body, answer->len, 0, NULL);
	const char *text = json_string_value(json_object_get(json, "detail"));
	const char *detail =
		arena_strdup(arena, text == NULL ? "no reason" : text);

	json_decref(json);
	return detail;
}

/* Through nginx, as every request goes: socket, program and database. */
static void
check_area(struct doctor *d, struct net *net, const char *area)
{
	struct arena *a = d->cli->arena;
	struct net_answer answer;
	struct fault fault;
	enum net_result result =
		get(d, net, d->cli->settings.nginx_internal,
	            arena_printf(a, "http://internal/ready/%s", area), &answer,
	            &fault);
	const char *what = arena_printf(a, "handler %s", area);
	const char *todo = arena_printf(a, "see the log of mdash-%s", area);

	if (result != NET_OK)
		doctor_tell(d, VERDICT_FAIL, what, todo, "%s", fault.detail);
	else if (answer.status != 200)
		doctor_tell(d, VERDICT_FAIL, what, todo, "answers %d: %s",
		            answer.status, detail_of(a, &answer));
	else
		doctor_tell(d, VERDICT_OK, what, NULL, "ready");
}

static void
check_inside(struct doctor *d, struct net *net)
{
	const char *path = d->cli->settings.nginx_internal;
	struct net_answer answer;
	struct fault fault;

	if (get(d, net, path, "http://internal/metrics", &answer, &fault) !=
	    NET_OK) {
		doctor_tell(d, VERDICT_FAIL, "nginx inside",
		            "start nginx with the configuration of "
		            "nginx/render",
		            "%s: %s", path, fault.detail);
		return;
	}
	if (answer.status == 200)
		doctor_tell(d, VERDICT_OK, "nginx inside", NULL, "%s", path);
	else
		doctor_tell(d, VERDICT_FAIL, "nginx inside", "see nginx's log",
		            "/metrics answers %d", answer.status);
	for (size_t i = 0; i < ARRAY_LEN(areas); i++)
		check_area(d, net, areas[i]);
}

static void
check_outside(struct doctor *d, struct net *net)
{
	const char *origin = d->cli->settings.public_origin;
	struct net_answer answer;
	struct fault fault;
	enum net_result result = get(
		d, net, NULL, arena_printf(d->cli->arena, "%s/healthz", origin),
		&answer, &fault);

	if (result != NET_OK)
		doctor_tell(
			d, VERDICT_FAIL, "nginx outside",
			result == NET_TLS
				? "is the certificate for this name, and does "
				  "this machine trust who signed it "
				  "(update-ca-certificates)?"
				: "does nginx listen there, and is the setting "
				  "\"public_origin\" right?",
			"%s: %s", origin, fault.detail);
	else if (answer.status != 200)
		doctor_tell(d, VERDICT_FAIL, "nginx outside", "see nginx's log",
		            "%s/healthz answers %d", origin, answer.status);
	else
		doctor_tell(d, VERDICT_OK, "nginx outside", NULL, "%s", origin);
}

void
doctor_servers(struct doctor *d)
{
	struct net *net AUTO(net_free) = net_new("mdash-doctor");

	for (size_t i = 0; i < ARRAY_LEN(areas); i++)
		check_socket(d, areas[i]);
	check_inside(d, net);
	check_outside(d, net);
}
