/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "command.h"
#include "report.h"
#include "sources.h"
#include "wire/json_out.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct validate {
	bool json;
	bool strict;
};

static const struct opt options[] = {
	OPT_FLAG(struct validate, strict, "strict", "warnings are faults, too"),
	OPT_FLAG(struct validate, json, "json",
                 "print faults and warnings as a JSON array"),
	OPTS_END,
};

static const char text[] =
	"Reads spec files as the server does, without asking it: YAML or "
	"JSON, one\n"
	"document or several. All faults are shown at once, as\n"
	"\n"
	"  services.yaml:12:9: #/tier: must be 1, 2, 3 or 4\n"
	"\n"
	"which editors and CI systems take for places. \"-\" reads the "
	"standard "
	"input.\n"
	"\n"
	"  mdash validate services/*.yaml\n"
	"\n"
	"What only the server knows, such as who owns a service, is shown by\n"
	"`mdash publish --dry-run`.\n"
	"\n"
	"Exit status: 0 valid, 1 there are faults, 2 wrong use.\n";

/* What was found in all files. */
struct check {
	struct cli *cli;
	const struct validate *options;
	struct sources sources;
	struct json_out *out; /* NULL: print lines */
	size_t services;
	size_t faults;
	size_t warnings;
	struct seen *seen;
	size_t seen_count;
};

struct seen {
	const char *service_id;
	const struct source *file;
	unsigned line;
};

static void
tell_json(struct json_out *out, const struct origin *origin,
          const struct fault *fault, bool warning)
{
	json_open(out, '{');
	json_pair_text(out, "file", origin->name);
	json_pair_int(out, "line", fault->line);
	json_pair_int(out, "column", fault->column);
	json_pair_text(out, "pointer", fault->pointer);
	json_pair_text(out, "code", fault->code);
	json_pair_text(out, "severity", warning ? "warning" : "error");
	json_pair_text(out, "detail", fault->detail);
	json_close(out, '}');
}

static void
tell(struct check *check, const struct origin *origin,
     const struct fault *fault, bool warning)
{
	if (check->out != NULL)
		tell_json(check->out, origin, fault, warning);
	else
		report_fault(origin, fault, warning);
}

static void
tell_all(struct check *check, const struct origin *origin,
         const struct faults *faults, bool warning)
{
	for (size_t i = 0; i < faults->count; i++)
		tell(check, origin, &faults->items[i], warning);
	if (faults->total > faults->count && check->out == NULL)
		(void)printf("%s: and %zu more\n", origin->name,
		             faults->total - faults->count);
	*(warning ? &check->warnings : &check->faults) += faults->total;
}

static void
check_file(struct check *check, const struct source *source)
{
	struct arena *arena = check->cli->arena;
	struct spec_set set = {0};
	const struct origin origin = {
		.sources = &check->sources,
		.name = source->name,
		.set = true,
	};

	if (sources_specs(source, arena, &set) != SPEC_OK &&
	    set.faults.total == 0)
		check->faults++; /* never a fault that is not counted */
	tell_all(check, &origin, &set.faults, false);
	tell_all(check, &origin, &set.warnings, true);
	check->services += set.count;

	size_t had = check->seen_count;
	check->seen = arena_grow(arena, check->seen, had * sizeof(struct seen),
	                         (had + set.count) * sizeof(struct seen));
	for (size_t i = 0; i < set.count; i++) {
		if (set.items[i].service_id == NULL)
			continue;
		check->seen[check->seen_count++] = (struct seen){
			.service_id = set.items[i].service_id,
			.file = source,
			.line = set.items[i].line,
		};
	}
}

static int
compare_seen(const void *a_, const void *b_)
{
	const struct seen *a = a_;
	const struct seen *b = b_;
	int order = strcmp(a->service_id, b->service_id);

	/* As on the command line. */
	if (order == 0)
		order = (a->file > b->file) - (a->file < b->file);
	if (order == 0)
		order = (a->line > b->line) - (a->line < b->line);
	return order;
}

/* The same id in two files; within one file the reader has found it. */
static void
check_twice(struct check *check)
{
	if (check->seen_count > 0)
		qsort(check->seen, check->seen_count, sizeof(struct seen),
		      compare_seen);
	for (size_t i = 1; i < check->seen_count; i++) {
		const struct seen *first = &check->seen[i - 1];
		const struct seen *again = &check->seen[i];
		const struct origin origin = {
			.sources = &check->sources,
			.name = again->file->name,
		};
		struct fault fault;

		if (strcmp(first->service_id, again->service_id) != 0 ||
		    first->file == again->file)
			continue;
		(void)fault_set(&fault, "duplicate",
		                "%s is also declared in %s, line %u",
		                again->service_id, first->file->name,
		                first->line);
		fault.pointer = "#/serviceID";
		fault.line = again->line;
		tell(check, &origin, &fault, false);
		check->faults++;
	}
}

static enum exit_status
validate(struct cli *cli)
{
	struct validate o = {0};
	struct check check = {.cli = cli, .options = &o};
	struct buf json = {.arena = cli->arena};
	struct json_out out = {.buf = &json};

	if (!cli_read(cli, &o))
		return EXIT_USAGE;
	if (!sources_read(cli, &check.sources))
		return EXIT_USAGE;
	if (o.json) {
		check.out = &out;
		json_open(&out, '[');
	}
	for (size_t i = 0; i < check.sources.count; i++)
		check_file(&check, &check.sources.items[i]);
	check_twice(&check);
	if (o.json) {
		json_close(&out, ']');
		(void)puts(buf_text(&json));
	}
	(void)fflush(stdout);
	(void)fprintf(stderr,
	              "services: %zu, files: %zu, faults: %zu, "
	              "warnings: %zu\n",
	              check.services, check.sources.count, check.faults,
	              check.warnings);
	return check.faults > 0 || (o.strict && check.warnings > 0)
	               ? EXIT_REFUSED
	               : EXIT_DONE;
}

const struct command validate_commands[] = {
	{
		.name = "validate",
		.operands = "FILE...",
		.operands_min = 1,
		.operands_max = OPERANDS_ANY,
		.summary = "Check service specs without a server",
		.text = text,
		.options = options,
		.run = validate,
	},
	COMMANDS_END,
};
