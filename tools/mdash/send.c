/* SPDX-License-Identifier: Apache-2.0 */
#include "send.h"

#include "base/arena.h"
#include "report.h"
#include "sources.h"

#include <stdio.h>

static void
release_net(void *net)
{
	struct net *handle = net;

	net_free(&handle);
}

bool
send_open(struct cli *cli, struct publish *options, struct upload *ret)
{
	*ret = (struct upload){
		.server = publish_server(cli->arena, options),
		.token = settings_environment("MDASH_TOKEN"),
		.tries = (int)options->tries,
	};
	const char *wrong = upload_complaint(ret);
	if (wrong != NULL) {
		(void)cli_say(cli, EXIT_USAGE, "%s", wrong);
		return false;
	}
	publish_fill_in(cli->arena, options);
	ret->net = net_new("mdash/" PACKAGE_VERSION);
	arena_defer(cli->arena, release_net, ret->net);
	return true;
}

static void
release_json(void *json)
{
	json_decref(json);
}

const json_t *
send_answer(struct cli *cli, const struct publish *options,
            const struct net_answer *answer, int good, enum exit_status *ret)
{
	static const struct sources none = {.count = 0};
	static const struct origin nowhere = {.sources = &none};
	json_t *json = json_loadb(answer->body, answer->len, 0, NULL);

	*ret = EXIT_REFUSED;
	if (!json_is_object(json)) {
		json_decref(json);
		(void)cli_say(cli, EXIT_REFUSED,
		              "the server answers %d with %s, which mdash "
		              "does not send",
		              answer->status,
		              *answer->type == '\0' ? "nothing" : answer->type);
		return NULL;
	}
	arena_defer(cli->arena, release_json, json);
	if (options->json)
		(void)printf("%.*s\n", (int)answer->len, answer->body);
	if (answer->status == good)
		return json;
	if (!options->json)
		report_problem(json, answer->status, &nowhere);
	if (answer->status >= 500 || answer->status == 429)
		*ret = EXIT_UNREACHABLE;
	return NULL;
}
