/* SPDX-License-Identifier: Apache-2.0 */
/* What a CI job knows of a service beside its spec. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "report.h"
#include "send.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

/* `publish` first, so that its options are those of all publishes. */
struct facts {
	struct publish publish;
	const char *family;
	int64_t ttl_s;
	bool wholly;
};

#define OPT_PUBLISH(type, member, ...) \
	OPT_##type(struct facts, publish.member, __VA_ARGS__)

static const struct opt facts_options[] = {
	OPT_TEXT(struct facts, family, "family", "NAME",
                 "what rules know them by: $.NAME.lint [ci]"),
	OPT_INT(struct facts, ttl_s, "ttl", "SECONDS",
                "how long they hold unless they are said again"),
	OPT_FLAG(struct facts, wholly, "wholly",
                 "other facts of the family end"),
	OPT_PUBLISH(FLAG, dry_run, "dry-run",
                    "show what would become of them; nothing is written"),
	OPT_PUBLISH(TEXT, commit, "commit", "ID",
                    "commit that they are of [from the CI system]"),
	OPTS_SERVER(struct facts, publish),
	OPTS_END,
};

static const char facts_text[] =
	"Facts close and reopen the items of campaigns whose rules read them;\n"
	"those are printed. A value that is JSON is taken as such, anything\n"
	"else as a text: a text that looks like a number needs its quotes.\n"
	"\n"
	"  mdash facts wallet warnings=0 strict=true linter=eslint\n"
	"  mdash facts wallet --family build --ttl 604800 go='\"1.23\"'\n"
	"\n"
	"MDASH_URL names the server and MDASH_TOKEN holds a token with the "
	"scope\n"
	"ingest:write (ingest:validate for --dry-run).\n"
	"\n"
	"Exit status: 0 taken, 1 refused, 2 wrong use, 3 the server did not\n"
	"answer: run it again.\n";

static void
release_json(void *json)
{
	json_decref(json);
}

/* Of NAME=VALUE; false when it is none. */
static bool
add_fact(struct cli *cli, json_t *facts, const char *text)
{
	const char *value = strchr(text, '=');

	if (value == NULL || value == text)
		return false;
	const char *name =
		arena_strndup(cli->arena, text, (size_t)(value - text));
	json_t *json = json_loads(value + 1, JSON_DECODE_ANY, NULL);
	if (json == NULL)
		json = json_string(value + 1);
	return json != NULL && json_object_set_new(facts, name, json) == 0;
}

/* The body of the request, or NULL: it has said what is wrong. */
static const char *
body_of(struct cli *cli, const struct facts *o)
{
	json_t *facts = arena_must(json_object());

	arena_defer(cli->arena, release_json, facts);
	for (size_t i = 1; i < cli->operands.count; i++) {
		if (add_fact(cli, facts, cli->operands.items[i]))
			continue;
		(void)cli_say(cli, EXIT_USAGE,
		              "\"%s\" is not NAME=VALUE in UTF-8",
		              cli->operands.items[i]);
		return NULL;
	}
	json_t *body = json_pack("{s:s, s:O, s:b, s:s?, s:o?}", "family",
	                         o->family == NULL ? "ci" : o->family, "facts",
	                         facts, "wholly", o->wholly, "commit",
	                         o->publish.commit, "ttlSeconds",
	                         o->ttl_s < 0 ? NULL : json_integer(o->ttl_s));
	if (body == NULL) {
		(void)cli_say(cli, EXIT_USAGE, "all texts must be UTF-8");
		return NULL;
	}
	arena_defer(cli->arena, release_json, body);
	char *text = arena_must(json_dumps(body, JSON_COMPACT));
	arena_defer(cli->arena, free, text);
	return text;
}

static long long
number(const json_t *result, const char *key)
{
	return json_integer_value(json_object_get(result, key));
}

static enum exit_status
take_answer(struct cli *cli, const struct facts *o,
            const struct net_answer *answer)
{
	enum exit_status status;
	const json_t *json =
		send_answer(cli, &o->publish, answer, 200, &status);

	if (json == NULL)
		return status;
	if (!o->publish.json)
		report_todos(json);
	(void)fprintf(stderr, "%s%lld written, %lld unchanged, %lld ended\n",
	              o->publish.dry_run ? "dry run: " : "",
	              number(json, "written"), number(json, "unchanged"),
	              number(json, "ended"));
	return EXIT_DONE;
}

static enum exit_status
facts(struct cli *cli)
{
	struct facts o = {.publish = {.sequence = -1, .tries = 5}, .ttl_s = -1};
	struct arena *a = cli->arena;
	struct upload upload;
	struct net_answer answer;

	if (!cli_read(cli, &o))
		return EXIT_USAGE;
	if (!send_open(cli, &o.publish, &upload))
		return EXIT_USAGE;
	const char *text = body_of(cli, &o);
	if (text == NULL)
		return EXIT_USAGE;

	const struct upload_body body = {
		.method = "PUT",
		.path = arena_printf(a, "/api/v1/ingest/facts/%s%s",
	                             net_escape(a, cli->operands.items[0]),
	                             o.publish.dry_run ? "?dryRun=1" : ""),
		.type = "application/json",
		.bytes = text,
		.len = strlen(text),
		.dry_run = o.publish.dry_run,
	};
	if (!upload_send(cli, &upload, &body, &answer))
		return EXIT_UNREACHABLE;
	return take_answer(cli, &o, &answer);
}

const struct command facts_commands[] = {
	{
		.name = "facts",
		.operands = "SERVICE NAME=VALUE...",
		.operands_min = 1,
		.operands_max = OPERANDS_ANY,
		.summary = "Say what a job knows of a service",
		.text = facts_text,
		.options = facts_options,
		.run = facts,
	},
	COMMANDS_END,
};
