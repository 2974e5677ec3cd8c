/* SPDX-License-Identifier: Apache-2.0 */
#include "publish_options.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/settings.h"
#include "base/str.h"
#include "ci.h"
#include "net/http.h"

#include <inttypes.h>
#include <string.h>

const struct opt publish_options[] = {
	OPT_FLAG(struct publish, full_set, "full-set",
                 "the files are all services of the publisher: what it\n"
                 "published before and is missing now goes"),
	OPT_TEXT(struct publish, publisher, "publisher", "NAME",
                 "the repository or job that declares the services"),
	OPT_FLAG(struct publish, dry_run, "dry-run",
                 "show what the publish would do; nothing is written"),
	OPT_TEXT(struct publish, commit, "commit", "ID",
                 "commit of the specs [from the CI system]"),
	OPT_TEXT(struct publish, commit_time, "commit-time", "TIME",
                 "its time, as 2026-11-24T09:30:00Z"),
	OPT_TEXT(struct publish, branch, "branch", "NAME",
                 "its branch [from the CI system]"),
	OPT_INT(struct publish, sequence, "sequence", "N",
                "number that grows with each run: an older publish that\n"
                "arrives late does not win [from the CI system]"),
	OPT_TEXT(struct publish, run_url, "run-url", "URL",
                 "where the run can be seen [from the CI system]"),
	OPT_FLAG(struct publish, force, "force",
                 "apply it although it is older or in conflict (admin)"),
	OPT_FLAG(struct publish, takeover, "takeover",
                 "take services over from another publisher"),
	OPT_TEXT(struct publish, url, "url", "URL",
                 "address of mdash [MDASH_URL]"),
	OPT_INT(struct publish, tries, "tries", "N",
                "how often to try while the server is away [5]"),
	OPT_FLAG(struct publish, no_ci, "no-ci",
                 "take nothing from the CI system's variables"),
	OPT_FLAG(struct publish, json, "json",
                 "print the server's answers, one JSON document a line"),
	OPTS_END,
};

const char publish_text[] =
	"Each file holds one service spec, or several as YAML documents or as "
	"a JSON\n"
	"array. Without --full-set each spec is published by itself. With it "
	"all\n"
	"files together are the services of one publisher: either all of them "
	"are\n"
	"valid and applied, or nothing is. \"-\" reads the standard input.\n"
	"\n"
	"MDASH_URL names the server and MDASH_TOKEN holds a token with the "
	"scope\n"
	"ingest:write (ingest:validate for --dry-run). In jobs of GitHub "
	"Actions,\n"
	"GitLab CI and Jenkins commit, branch, run and sequence are taken from "
	"their\n"
	"variables.\n"
	"\n"
	"  export MDASH_URL=https://mdash.example MDASH_TOKEN=mdc_...\n"
	"  mdash publish service.yaml\n"
	"  mdash publish --dry-run service.yaml\n"
	"  mdash publish --full-set --publisher platform/services "
	"services/*.yaml\n"
	"\n"
	"Exit status: 0 published (or nothing had changed), 1 refused, 2 wrong "
	"use,\n"
	"3 the server did not answer: nothing is lost, run it again.\n";

static void
add_text(struct buf *query, const char *name, const char *value)
{
	if (!str_empty(value))
		buf_printf(query, "%c%s=%s", query->len == 0 ? '?' : '&', name,
		           net_escape(query->arena, value));
}

const char *
publish_query(struct arena *arena, const struct publish *o)
{
	struct buf query = {.arena = arena};

	add_text(&query, "dryRun", o->dry_run ? "1" : NULL);
	add_text(&query, "publisher", o->publisher);
	add_text(&query, "commit", o->commit);
	add_text(&query, "commitTime", o->commit_time);
	add_text(&query, "branch", o->branch);
	add_text(&query, "runUrl", o->run_url);
	if (o->sequence >= 0)
		add_text(&query, "sequence",
		         arena_printf(arena, "%" PRId64, o->sequence));
	add_text(&query, "force", o->force ? "1" : NULL);
	add_text(&query, "takeover", o->takeover ? "1" : NULL);
	return buf_text(&query);
}

void
publish_fill_in(struct arena *arena, struct publish *o)
{
	struct ci_job ci;

	if (o->no_ci)
		return;
	ci_read(arena, &ci);
	if (o->commit == NULL) {
		o->commit = ci.commit;
		/* Of this commit, not of another one given by option. */
		if (o->commit_time == NULL)
			o->commit_time = ci.commit_time;
	}
	if (o->branch == NULL)
		o->branch = ci.branch;
	if (o->run_url == NULL)
		o->run_url = ci.run_url;
	if (o->sequence < 0)
		o->sequence = ci.sequence;
}

const char *
publish_server(struct arena *arena, const struct publish *o)
{
	const char *url =
		o->url != NULL ? o->url : settings_environment("MDASH_URL");

	if (url == NULL)
		return NULL;
	size_t len = strlen(url);
	while (len > 0 && url[len - 1] == '/')
		len--;
	return arena_strndup(arena, url, len);
}
