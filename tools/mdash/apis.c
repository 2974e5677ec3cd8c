/* SPDX-License-Identifier: Apache-2.0 */
/* Descriptor sets: trying one out in a merge request, and publishing it. */
#include "base/arena.h"
#include "base/str.h"
#include "report.h"
#include "send.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* `publish` first, so that its options are those of all publishes. */
struct apis {
	struct publish publish;
	const char *category;
};

static const char all_categories[] = "FILE PACKAGE WIRE_JSON WIRE MDASH NONE";

#define OPT_PUBLISH(type, member, ...) \
	OPT_##type(struct apis, publish.member, __VA_ARGS__)

#define COMMON_OPTIONS                                                        \
	OPT_PUBLISH(TEXT, commit, "commit", "ID",                             \
	            "commit of the files [from the CI system]"),              \
		OPT_PUBLISH(TEXT, commit_time, "commit-time", "TIME",         \
	                    "its time, as 2026-11-24T09:30:00Z"),             \
		OPT_PUBLISH(TEXT, branch, "branch", "NAME",                   \
	                    "its branch [from the CI system]"),               \
		OPT_PUBLISH(INT, sequence, "sequence", "N",                   \
	                    "number that grows with each run: an older set\n" \
	                    "that arrives late does not win [from the CI\n"   \
	                    "system]"),                                       \
		OPT_PUBLISH(TEXT, run_url, "run-url", "URL",                  \
	                    "where the run can be seen [from the CI "         \
	                    "system]"),                                       \
		OPTS_SERVER(struct apis, publish)

static const struct opt validate_options[] = {
	OPT_TEXT(struct apis, category, "breaking", "CATEGORY",
                 "what is an error and told, whatever the policy and\n"
                 "waivers of the repository say: FILE, PACKAGE,\n"
                 "WIRE_JSON, WIRE, MDASH or NONE"),
	COMMON_OPTIONS,
	OPTS_END,
};

static const struct opt publish_set_options[] = {
	OPT_PUBLISH(FLAG, force, "force",
                    "make it the current set although it is older (admin)"),
	COMMON_OPTIONS,
	OPTS_END,
};

static const char validate_text[] =
	"Asks the server what the set would change: breaking changes, as\n"
	"\n"
	"  acme/cart/v1/cart.proto:23:1: RPC_NO_DELETE: the RPC Empty is gone\n"
	"\n"
	"and the services that they hit; todos that open and close with it;\n"
	"on stderr what the set lacks, and a count. Nothing is kept. The\n"
	"policy of the repository says what is breaking, and waivers let\n"
	"some of it pass: both are on its page.\n"
	"\n"
	"  protoc --include_imports --include_source_info \\\n"
	"    --descriptor_set_out=set.binpb -I . acme/*/*/*.proto\n"
	"  mdash apis validate acme set.binpb\n"
	"\n"
	"MDASH_URL names the server and MDASH_TOKEN holds a token with the "
	"scope\n"
	"ingest:validate.\n"
	"\n"
	"Exit status: 0 nothing breaks, 1 something does or the set is "
	"refused, "
	"2 wrong\n"
	"use, 3 the server did not answer.\n";

static const char publish_set_text[] =
	"Makes the set the current revision of the proto repository. It is\n"
	"published whatever it breaks: `mdash apis validate` is for the merge\n"
	"request before.\n"
	"\n"
	"  export MDASH_URL=https://mdash.example MDASH_TOKEN=mdc_...\n"
	"  mdash apis publish acme set.binpb\n"
	"\n"
	"MDASH_TOKEN needs the scope ingest:write. Exit status: 0 published "
	"(or\n"
	"nothing had changed), 1 refused, 2 wrong use, 3 the server did not\n"
	"answer: run it again.\n";

/* --- the file ------------------------------------------------------------- */

struct set {
	const char *bytes;
	size_t len;
};

/* False: it has said why. The mapping lasts as long as the process. */
static bool
read_set(struct cli *cli, const char *path, struct set *ret)
{
	struct stat status;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	void *bytes = MAP_FAILED;

	if (fd >= 0 && fstat(fd, &status) == 0 && status.st_size > 0)
		bytes = mmap(NULL, (size_t)status.st_size, PROT_READ,
		             MAP_PRIVATE, fd, 0);
	int error = errno;
	if (fd >= 0)
		(void)close(fd);
	if (bytes == MAP_FAILED) {
		(void)cli_say(cli, EXIT_USAGE, "%s: %s", path,
		              fd >= 0 && status.st_size == 0 ? "is empty"
		                                             : strerror(error));
		return false;
	}
	*ret = (struct set){.bytes = bytes, .len = (size_t)status.st_size};
	return true;
}

/* --- what the server says ------------------------------------------------- */

static const char *
text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text == NULL ? "" : text;
}

static bool
is_in(const json_t *finding, const char *category)
{
	const json_t *categories = json_object_get(finding, "categories");
	size_t i;
	const json_t *item;

	json_array_foreach(categories, i, item)
	{
		if (strcmp(json_string_value(item), category) == 0)
			return true;
	}
	return false;
}

static void
print_hits(const json_t *finding)
{
	size_t i;
	const json_t *hit;

	json_array_foreach(json_object_get(finding, "impact"), i, hit)
	{
		const char *team = text_of(hit, "team");
		size_t k;
		const json_t *rpc;

		(void)printf("  %s %s (%s):", text_of(hit, "service"),
		             text_of(hit, "role"),
		             *team == '\0' ? "no owner" : team);
		json_array_foreach(json_object_get(hit, "rpcs"), k, rpc)(void)
			printf(" %s", json_string_value(rpc));
		(void)putchar('\n');
	}
}

/* Is it told, and does it break something? By the category when there is one.
 */
static bool
is_told(const json_t *finding, const char *category, bool *ret_breaks)
{
	const char *verdict = text_of(finding, "verdict");

	*ret_breaks = category == NULL ? strcmp(verdict, "breaking") == 0
	                               : is_in(finding, category);
	return *ret_breaks ||
	       (category == NULL && strcmp(verdict, "waived") == 0);
}

static void
print_finding(const json_t *finding, bool breaks)
{
	const json_t *waiver = json_object_get(finding, "waiver");
	json_int_t line = json_integer_value(json_object_get(finding, "line"));
	json_int_t column =
		json_integer_value(json_object_get(finding, "column"));

	(void)printf("%s:", text_of(finding, "path"));
	if (line > 0)
		(void)printf("%lld:%lld:", (long long)line, (long long)column);
	(void)printf(" %s: %s; ", text_of(finding, "rule"),
	             text_of(finding, "detail"));
	if (breaks)
		(void)printf("%s\n", text_of(finding, "fix"));
	else
		(void)printf("waived by %s until %s: %s\n",
		             text_of(waiver, "grantedBy"),
		             text_of(waiver, "until"),
		             text_of(waiver, "reason"));
	print_hits(finding);
}

static long long
number_in(const json_t *result, const char *group, const char *key)
{
	const json_t *counts = json_object_get(result, group);

	return json_integer_value(json_object_get(counts, key));
}

/* How many findings break something; with `tell` they are printed, and waived
 * ones. */
static size_t
count_breaks(const json_t *result, const char *category, bool tell)
{
	const json_t *findings = json_object_get(result, "findings");
	size_t count = 0;
	size_t i;
	const json_t *finding;

	json_array_foreach(findings, i, finding)
	{
		bool breaks;

		if (is_told(finding, category, &breaks) && tell)
			print_finding(finding, breaks);
		count += breaks ? 1 : 0;
	}
	(void)fflush(stdout);
	return count;
}

/* What the set was taken with, though something is missing from it. */
static void
print_warnings(const json_t *result)
{
	enum { COMPLETED_MAX = 20 };
	const json_t *warnings = json_object_get(result, "warnings");
	const json_t *completed =
		json_object_get(json_object_get(result, "files"), "completed");
	size_t count = json_array_size(completed);

	for (size_t i = 0; i < json_array_size(warnings); i++)
		(void)fprintf(stderr, "warning: %s\n",
		              text_of(json_array_get(warnings, i), "detail"));
	for (size_t i = 0; i < count && i < COMPLETED_MAX; i++)
		(void)fprintf(stderr, "import taken from what is stored: %s\n",
		              json_string_value(json_array_get(completed, i)));
	if (count > COMPLETED_MAX)
		(void)fprintf(stderr, "and %zu more imports\n",
		              count - COMPLETED_MAX);
}

/* The last line. A category decides, so what it finds comes before the policy.
 */
static void
print_summary(const json_t *result, const struct apis *o, size_t breaks)
{
	(void)fprintf(
		stderr,
		"%s%s: revision %lld, %lld files (%lld new, %lld changed, "
		"%lld removed); ",
		o->publish.dry_run ? "dry run: " : "",
		text_of(result, "result"),
		(long long)json_integer_value(
			json_object_get(result, "revision")),
		number_in(result, "files", "total"),
		number_in(result, "files", "new"),
		number_in(result, "files", "changed"),
		number_in(result, "files", "removed"));
	if (o->category != NULL)
		(void)fprintf(stderr, "%zu breaking by %s (", breaks,
		              o->category);
	(void)fprintf(stderr,
	              "by the policy %lld breaking, %lld waived and %lld "
	              "allowed changes%s\n",
	              number_in(result, "verdicts", "breaking"),
	              number_in(result, "verdicts", "waived"),
	              number_in(result, "verdicts", "allowed"),
	              o->category == NULL ? "" : ")");
}

static enum exit_status
take_answer(struct cli *cli, const struct apis *o,
            const struct net_answer *answer)
{
	enum exit_status status;
	const json_t *json =
		send_answer(cli, &o->publish, answer, 200, &status);

	if (json == NULL)
		return status;
	size_t breaks = count_breaks(json, o->category, !o->publish.json);
	if (!o->publish.json) {
		report_todos(json);
		print_warnings(json);
	}
	print_summary(json, o, breaks);
	return breaks > 0 && o->publish.dry_run ? EXIT_REFUSED : EXIT_DONE;
}

/* --- the commands --------------------------------------------------------- */

static enum exit_status
run(struct cli *cli, struct apis *o)
{
	struct arena *a = cli->arena;
	struct upload upload;
	struct net_answer answer;
	struct set set;

	if (o->category != NULL && !str_has_word(all_categories, o->category))
		return cli_say(cli, EXIT_USAGE,
		               "--breaking is one of FILE, PACKAGE, WIRE_JSON, "
		               "WIRE, MDASH and NONE");
	if (!send_open(cli, &o->publish, &upload) ||
	    !read_set(cli, cli->operands.items[1], &set))
		return EXIT_USAGE;
	const struct upload_body body = {
		.method = "PUT",
		.path = arena_printf(a, "/api/v1/ingest/descriptor-sets/%s%s",
	                             net_escape(a, cli->operands.items[0]),
	                             publish_query(a, &o->publish)),
		.type = "application/x-protobuf",
		.bytes = set.bytes,
		.len = set.len,
		.dry_run = o->publish.dry_run,
	};
	if (!upload_send(cli, &upload, &body, &answer))
		return EXIT_UNREACHABLE;
	return take_answer(cli, o, &answer);
}

static enum exit_status
validate(struct cli *cli)
{
	struct apis o = {
		.publish = {.dry_run = true, .sequence = -1, .tries = 5},
	};

	return cli_read(cli, &o) ? run(cli, &o) : EXIT_USAGE;
}

static enum exit_status
publish(struct cli *cli)
{
	struct apis o = {.publish = {.sequence = -1, .tries = 5}};

	return cli_read(cli, &o) ? run(cli, &o) : EXIT_USAGE;
}

const struct command apis_commands[] = {
	{
		.name = "apis validate",
		.operands = "REPOSITORY FILE",
		.operands_min = 2,
		.operands_max = 2,
		.summary = "Show what a descriptor set would break, and for "
			   "whom",
		.text = validate_text,
		.options = validate_options,
		.run = validate,
	},
	{
		.name = "apis publish",
		.operands = "REPOSITORY FILE",
		.operands_min = 2,
		.operands_max = 2,
		.summary = "Publish the descriptor set of a proto repository",
		.text = publish_set_text,
		.options = publish_set_options,
		.run = publish,
	},
	COMMANDS_END,
};
