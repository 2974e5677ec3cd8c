/* SPDX-License-Identifier: Apache-2.0 */
#include "upload.h"

#include "base/arena.h"
#include "base/fault.h"
#include "base/hash.h"
#include "base/str.h"
#include "command.h"
#include "wire/limits.h"

#include <time.h>

enum {
	CONNECT_MS = 5000,
	/* A full set of 10,000 services takes the server some seconds. */
	ANSWER_MS = 120 * 1000,
	ANSWER_BYTES = LIMIT_SET_BYTES,
	PAUSE_MS = 250, /* before the second try; doubled each time */
	PAUSE_MAX_MS = 8000,
	ASKED_MAX_S = 60, /* when the server says how long */
	KEY_CHARS = 22,
};

static void
pause_ms(int64_t ms)
{
	struct timespec left = {
		.tv_sec = ms / 1000,
		.tv_nsec = (ms % 1000) * 1000000,
	};

	while (nanosleep(&left, &left) != 0)
		continue;
}

/* Half the pause is left to chance, so that many jobs do not come as one. */
static int64_t
pause_for(int tries, const struct net_answer *answer)
{
	int64_t ms = PAUSE_MS;
	unsigned short chance;

	for (int i = 1; i < tries && ms < PAUSE_MAX_MS; i++)
		ms *= 2;
	hash_random(&chance, sizeof(chance));
	ms = ms / 2 + ms / 2 * chance / 65536;

	int64_t asked_s = answer == NULL ? 0 : answer->retry_after_s;
	if (asked_s > ASKED_MAX_S)
		asked_s = ASKED_MAX_S;
	return asked_s * 1000 > ms ? asked_s * 1000 : ms;
}

static bool
worth_another(enum net_result result, const struct net_answer *answer)
{
	switch (result) {
	case NET_UNREACHABLE:
	case NET_TIMEOUT:
	case NET_BROKEN:
		return true;
	case NET_OK:
		return answer->status == 429 ||
		       (answer->status >= 502 && answer->status <= 504);
	case NET_TLS:
	case NET_TOO_LARGE:
	case NET_BAD_CALL:
		return false;
	}
	return false;
}

const char *
upload_complaint(const struct upload *upload)
{
	if (upload->server == NULL)
		return "MDASH_URL is not set: where is the server?";
	if (!str_starts(upload->server, "http://") &&
	    !str_starts(upload->server, "https://"))
		return "MDASH_URL must begin with https:// or http://";
	if (upload->token == NULL)
		return "MDASH_TOKEN is not set: it holds a token with the "
		       "scope ingest:write";
	if (!str_is_printable(upload->token))
		return "MDASH_TOKEN has a line end or a control character";
	return NULL;
}

bool
upload_send(struct cli *cli, const struct upload *upload,
            const struct upload_body *body, struct net_answer *ret)
{
	struct arena *a = cli->arena;
	const char *const headers[] = {
		arena_printf(a, "Authorization: Bearer %s", upload->token),
		arena_printf(a, "Content-Type: %s", body->type),
		"Accept: application/json",
		/* A dry run writes nothing, so it keeps no answer either. */
		body->dry_run ? NULL
			      : arena_printf(a, "Idempotency-Key: %s",
	                                     hash_random_base62(a, KEY_CHARS)),
		NULL,
	};
	const struct net_call call = {
		.method = body->method,
		.url = arena_printf(a, "%s%s", upload->server, body->path),
		.headers = headers,
		.body = body->bytes,
		.body_len = body->len,
		.connect_ms = CONNECT_MS,
		.timeout_ms = ANSWER_MS,
		.answer_max = ANSWER_BYTES,
		.proxies = true,
	};
	struct fault fault;

	for (int try = 1;; try++) {
		enum net_result result =
			net_run(upload->net, a, &call, ret, &fault);
		bool again = worth_another(result, ret);

		if (!again || try >= upload->tries) {
			if (result == NET_OK)
				return true;
			(void)cli_say(cli, EXIT_UNREACHABLE, "%s: %s",
			              upload->server, fault.detail);
			return false;
		}
		int64_t ms = pause_for(try, result == NET_OK ? ret : NULL);
		(void)cli_say(cli, EXIT_DONE,
		              "%s; trying again in %.1f s (%d of %d)",
		              result == NET_OK
		                      ? arena_printf(a, "the server answers %d",
		                                     ret->status)
		                      : fault.detail,
		              (double)ms / 1000, try + 1, upload->tries);
		pause_ms(ms);
	}
}
