/* SPDX-License-Identifier: Apache-2.0 */
/* `mdash report`: sends a report of CI. */
#define _GNU_SOURCE /* memmem */
#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "net/http.h"
#include "report.h"
#include "report/report.h"
#include "send.h"
#include "sources.h"
#include "wire/limits.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct send {
	struct publish publish;
	int64_t ttl_s;
};

#define OPT_PUBLISH(type, member, name, ...) \
	OPT_##type(struct send, publish.member, name, __VA_ARGS__)

static const struct opt options[] = {
	OPT_INT(struct send, ttl_s, "ttl", "SECONDS",
                "how long it holds unless a newer one comes [30 days]"),
	OPT_PUBLISH(TEXT, commit, "commit", "ID",
                    "commit that it is of [from the CI system]"),
	OPT_PUBLISH(TEXT, branch, "branch", "NAME",
                    "its branch [from the CI system]"),
	OPT_PUBLISH(TEXT, run_url, "run-url", "URL",
                    "where the run can be seen [from the CI system]"),
	OPTS_SERVER(struct send, publish),
	OPTS_END,
};

static const char text[] =
	"FORMAT is junit, cobertura or cyclonedx. The report is read here\n"
	"first, so what is wrong with it is told at once, with its place.\n"
	"The server takes no XML with a DOCTYPE; one that only names a file, "
	"as\n"
	"some tools write it, is left out. \"-\" reads the standard input.\n"
	"\n"
	"  export MDASH_URL=https://mdash.example MDASH_TOKEN=mdc_...\n"
	"  mdash report acme-payment junit build/TEST-all.xml\n"
	"\n"
	"MDASH_TOKEN needs the scope ingest:write. Exit status: 0 sent, 1\n"
	"refused, 2 wrong use, 3 the server did not answer: run it again.\n";

/* --- the report ----------------------------------------------------------- */

/* Where the DOCTYPE begins, behind the declaration, comments and blanks; NULL
 * when there is none. */
static char *
find_doctype(char *at, const char *end)
{
	static const struct {
		const char *begin;
		const char *end;
	} skipped[] = {{"\xef\xbb\xbf", ""}, {"<?", "?>"}, {"<!--", "-->"}};

	for (;;) {
		char *before = at;

		while (at < end && memchr(" \t\r\n", *at, 4) != NULL)
			at++;
		for (size_t i = 0; i < ARRAY_LEN(skipped); i++) {
			size_t len = strlen(skipped[i].begin);
			size_t left = (size_t)(end - at);

			if (left < len ||
			    memcmp(at, skipped[i].begin, len) != 0)
				continue;
			at = memmem(at + len, left - len, skipped[i].end,
			            strlen(skipped[i].end));
			if (at == NULL)
				return NULL;
			at += strlen(skipped[i].end);
		}
		if (at == before)
			break;
	}
	return end - at >= 9 && memcmp(at, "<!DOCTYPE", 9) == 0 ? at : NULL;
}

/* Blanks, so that lines stay where they are. One that declares something itself
 * is left for the server to refuse. */
static void
drop_doctype(char *bytes, size_t len)
{
	const char *end = bytes + len;
	char *from = find_doctype(bytes, end);
	char quote = '\0';

	for (char *at = from; at != NULL && at < end; at++) {
		if (quote != '\0') {
			if (*at == quote)
				quote = '\0';
		} else if (*at == '"' || *at == '\'') {
			quote = *at;
		} else if (*at == '[') {
			return;
		} else if (*at == '>') {
			for (; from <= at; from++) {
				if (*from != '\n')
					*from = ' ';
			}
			return;
		}
	}
}

/* The server reads it later, when nobody looks: so it is read here as well. */
static bool
is_good(struct cli *cli, const struct sources *sources, const char *bytes,
        enum report_format format)
{
	const struct source *source = &sources->items[0];
	const struct origin origin = {.sources = sources, .name = source->name};
	struct faults faults = {.arena = cli->arena};

	if (report_read(bytes, source->len, format, cli->arena, &faults) !=
	    NULL)
		return true;
	for (size_t i = 0; i < faults.count; i++)
		report_fault(&origin, &faults.items[i], false);
	return false;
}

/* --- sending -------------------------------------------------------------- */

static const char *
path_of(struct cli *cli, const struct send *send)
{
	struct arena *a = cli->arena;
	const char *query = publish_query(a, &send->publish);

	if (send->ttl_s > 0)
		query = arena_printf(a, "%s%cttlSeconds=%" PRId64, query,
		                     *query == '\0' ? '?' : '&', send->ttl_s);
	return arena_printf(a, "/api/v1/ingest/reports/%s/%s%s",
	                    net_escape(a, cli->operands.items[0]),
	                    cli->operands.items[1], query);
}

static enum exit_status
send_report(struct cli *cli, struct send *send, const struct source *source,
            const char *bytes)
{
	struct upload upload;
	struct net_answer answer;
	enum exit_status status;

	if (!send_open(cli, &send->publish, &upload))
		return EXIT_USAGE;
	/* A report is not put in order by these. */
	send->publish.sequence = -1;
	send->publish.commit_time = NULL;
	const struct upload_body body = {
		.method = "POST",
		.path = path_of(cli, send),
		.type = source->format == SPEC_FORMAT_JSON ? "application/json"
	                                                   : "application/xml",
		.bytes = bytes,
		.len = source->len,
	};
	if (!upload_send(cli, &upload, &body, &answer))
		return EXIT_UNREACHABLE;
	const json_t *json =
		send_answer(cli, &send->publish, &answer, 202, &status);
	if (json == NULL)
		return status;
	if (!send->publish.json)
		(void)printf("sent        %s %s (job %" JSON_INTEGER_FORMAT
		             ")\n",
		             cli->operands.items[0], cli->operands.items[1],
		             json_integer_value(json_object_get(json, "job")));
	return EXIT_DONE;
}

static enum exit_status
report(struct cli *cli)
{
	struct send send = {.publish = {.sequence = -1, .tries = 5}};
	struct sources sources = {0};

	if (!cli_read(cli, &send))
		return EXIT_USAGE;
	enum report_format format = report_format_named(cli->operands.items[1]);
	if (format == REPORT_FORMAT_END)
		return cli_say(cli, EXIT_USAGE,
		               "%s is none of junit, cobertura and cyclonedx",
		               cli->operands.items[1]);

	/* Of the operands the last alone is a file. */
	struct cli file = *cli;
	file.operands.items += 2;
	file.operands.count -= 2;
	if (!sources_read(&file, &sources))
		return EXIT_USAGE;
	struct source *source = &sources.items[0];
	char *bytes = arena_alloc(cli->arena, source->len + 1);
	memcpy(bytes, source->bytes, source->len);
	drop_doctype(bytes, source->len);
	if (source->len > LIMIT_REPORT_BYTES)
		return cli_say(cli, EXIT_REFUSED, "%s is larger than %d bytes",
		               source->name, LIMIT_REPORT_BYTES);
	if (!is_good(cli, &sources, bytes, format))
		return cli_say(cli, EXIT_REFUSED, "%s is not sent",
		               source->name);
	return send_report(cli, &send, source, bytes);
}

const struct command report_commands[] = {
	{
		.name = "report",
		.operands = "SERVICE FORMAT FILE",
		.operands_min = 3,
		.operands_max = 3,
		.summary = "Send a report of tests, coverage or components",
		.text = text,
		.options = options,
		.run = report,
	},
	COMMANDS_END,
};
