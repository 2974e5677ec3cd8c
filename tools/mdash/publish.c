/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/str.h"
#include "report.h"
#include "send.h"
#include "sources.h"

#include <stdio.h>
#include <string.h>

/* What all requests of one call share. */
struct job {
	struct cli *cli;
	struct publish options;
	struct upload upload;
	struct sources sources;
	struct totals totals;
	json_t *sent; /* id to file, of what was published by itself */
};

static void
release_json(void *json)
{
	json_decref(json);
}

static enum exit_status
not_understood(struct job *job, const struct net_answer *answer)
{
	return cli_say(job->cli,
	               answer->status >= 500 ? EXIT_UNREACHABLE : EXIT_REFUSED,
	               "the server answers %d with %s, which mdash does not "
	               "send: is %s the right address?",
	               answer->status,
	               *answer->type == '\0' ? "nothing" : answer->type,
	               job->upload.server);
}

/* Tells what the answer says; `origin` leads its lines back to files. */
static enum exit_status
take_answer(struct job *job, const struct net_answer *answer,
            const struct origin *origin)
{
	bool good = answer->status == 200 || answer->status == 202;
	json_t *json = json_loadb(answer->body, answer->len, 0, NULL);

	if (!json_is_object(json)) {
		json_decref(json);
		return not_understood(job, answer);
	}
	arena_defer(job->cli->arena, release_json, json);
	if (job->options.json)
		(void)printf("%.*s\n", (int)answer->len, answer->body);
	if (good) {
		totals_add(&job->totals, json);
		if (!job->options.json)
			report_result(json, origin);
		return EXIT_DONE;
	}
	job->totals.refused++;
	if (!job->options.json)
		report_problem(json, answer->status, origin);
	return answer->status >= 500 || answer->status == 429 ? EXIT_UNREACHABLE
	                                                      : EXIT_REFUSED;
}

static enum exit_status
send_body(struct job *job, const struct upload_body *body,
          const struct origin *origin)
{
	struct net_answer answer;

	if (!upload_send(job->cli, &job->upload, body, &answer))
		return EXIT_UNREACHABLE;
	return take_answer(job, &answer, origin);
}

static const char *
media_type(enum spec_format format)
{
	return format == SPEC_FORMAT_JSON ? "application/json"
	                                  : "application/yaml";
}

static enum exit_status
publish_set(struct job *job)
{
	struct arena *a = job->cli->arena;
	struct buf stream = {.arena = a};
	enum spec_format format;
	const char *wrong = sources_join(&job->sources, &stream, &format);

	if (wrong != NULL)
		return cli_say(job->cli, EXIT_USAGE, "%s", wrong);

	const struct origin origin = {.sources = &job->sources, .set = true};
	const struct upload_body body = {
		.method = "POST",
		.path = arena_printf(a, "/api/v1/ingest/services%s",
	                             publish_query(a, &job->options)),
		.type = media_type(format),
		.bytes = stream.data,
		.len = stream.len,
		.dry_run = job->options.dry_run,
	};
	return send_body(job, &body, &origin);
}

static enum exit_status
publish_one(struct job *job, const struct source *source,
            const struct spec *spec)
{
	struct arena *a = job->cli->arena;
	const struct origin origin = {
		.sources = &job->sources,
		.name = source->name,
		.offset = spec->line > 0 ? spec->line - 1 : 0,
	};
	const struct upload_body body = {
		.method = "PUT",
		.path = arena_printf(a, "/api/v1/ingest/services/%s%s",
	                             net_escape(a, spec->service_id),
	                             publish_query(a, &job->options)),
		.type = media_type(source->format),
		.bytes = spec->source,
		.len = strlen(spec->source),
		.dry_run = job->options.dry_run,
	};

	return send_body(job, &body, &origin);
}

/* Why a spec is not sent, or NULL. The server would take the second of two
 * specs of a service for a change of the first. */
static const char *
why_not(struct job *job, const struct source *source, const struct spec *spec)
{
	struct arena *a = job->cli->arena;

	if (spec->service_id == NULL)
		return "without a valid serviceID a spec is not published";

	const char *before =
		json_string_value(json_object_get(job->sent, spec->service_id));
	if (before != NULL)
		return arena_printf(a,
		                    "%s is also declared in %s: this one is "
		                    "not published",
		                    spec->service_id, before);
	if (json_object_set_new(job->sent, spec->service_id,
	                        json_string(source->name)) != 0)
		(void)arena_must(NULL);
	return NULL;
}

/* What is wrong with the spec at `index` of a file. */
static void
report_spec(const struct job *job, const struct source *source,
            const struct faults *faults, size_t index)
{
	const struct origin origin = {
		.sources = &job->sources, .name = source->name, .set = true};
	const char *of_spec = arena_printf(job->cli->arena, "#/%zu/", index);

	for (size_t i = 0; i < faults->count; i++) {
		if (str_starts(faults->items[i].pointer, of_spec))
			report_fault(&origin, &faults->items[i], false);
	}
}

/*
 * The address of a spec has its id, so it is read here first; whether it is
 * good is for the server to say, which keeps what it refuses for the owner.
 */
static enum exit_status
publish_file(struct job *job, const struct source *source)
{
	struct cli *cli = job->cli;
	struct spec_set set = {0};
	enum exit_status worst = EXIT_DONE;
	const struct origin origin = {.sources = &job->sources,
	                              .name = source->name};
	enum spec_result result = sources_specs(source, cli->arena, &set);

	if (result == SPEC_MALFORMED || set.count == 0) {
		for (size_t i = 0; i < set.faults.count; i++)
			report_fault(&origin, &set.faults.items[i], false);
		job->totals.refused++;
		return cli_say(
			cli, EXIT_REFUSED, "%s is not published%s",
			source->name,
			set.faults.count > 0 ? "" : ": there is no spec in it");
	}
	for (size_t i = 0; i < set.count && worst != EXIT_UNREACHABLE; i++) {
		const struct spec *spec = &set.items[i];
		const char *wrong = why_not(job, source, spec);
		enum exit_status status;

		if (wrong == NULL) {
			status = publish_one(job, source, spec);
		} else {
			job->totals.refused++;
			if (spec->service_id == NULL)
				report_spec(job, source, &set.faults, i);
			status = cli_say(cli, EXIT_REFUSED, "%s:%u: %s",
			                 source->name, spec->line, wrong);
		}
		if (status > worst)
			worst = status;
	}
	return worst;
}

static enum exit_status
publish_files(struct job *job)
{
	enum exit_status worst = EXIT_DONE;

	for (size_t i = 0; i < job->sources.count && worst != EXIT_UNREACHABLE;
	     i++) {
		enum exit_status status =
			publish_file(job, &job->sources.items[i]);

		if (status > worst)
			worst = status;
	}
	return worst;
}

static enum exit_status
publish(struct cli *cli)
{
	struct job job = {
		.cli = cli,
		.options = {.sequence = -1, .tries = 5},
	};

	if (!cli_read(cli, &job.options))
		return EXIT_USAGE;
	if (job.options.full_set && str_empty(job.options.publisher))
		return cli_say(cli, EXIT_USAGE,
		               "--full-set needs --publisher: whose full set "
		               "is it?");
	if (!send_open(cli, &job.options, &job.upload) ||
	    !sources_read(cli, &job.sources))
		return EXIT_USAGE;
	job.sent = arena_must(json_object());
	arena_defer(cli->arena, release_json, job.sent);

	enum exit_status status =
		job.options.full_set ? publish_set(&job) : publish_files(&job);
	const char *totals = totals_text(cli->arena, &job.totals);
	if (status == EXIT_DONE || (!job.options.full_set && *totals != '\0'))
		(void)fprintf(stderr, "%s%s\n",
		              job.options.dry_run ? "dry run: " : "",
		              *totals == '\0' ? "nothing to do" : totals);
	if (job.totals.held > 0)
		(void)fprintf(stderr,
		              "deletions wait until an admin approves them: "
		              "%s/publishes\n",
		              job.upload.server);
	return status;
}

const struct command publish_commands[] = {
	{
		.name = "publish",
		.operands = "FILE...",
		.operands_min = 1,
		.operands_max = OPERANDS_ANY,
		.summary = "Publish service specs",
		.text = publish_text,
		.options = publish_options,
		.run = publish,
	},
	COMMANDS_END,
};
