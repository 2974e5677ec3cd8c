/* SPDX-License-Identifier: Apache-2.0 */
/* The parameters of a publish: from the query, or attributes of a message. */
#include "ingest.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/str.h"
#include "wire/limits.h"

#include <ctype.h>
#include <string.h>

enum {
	COMMIT_MAX = 64,
	BRANCH_MAX = 255,
	URL_MAX = 2048,
	PUBLISHER_MAX = 63,
	REPOSITORY_MAX = 63,
};

/* The largest integer that JavaScript keeps exactly. */
#define SEQUENCE_MAX ((INT64_C(1) << 53) - 1)

/* A clock that is wrong by more would keep every later publish out. */
#define AHEAD_MAX_US (INT64_C(24) * 3600 * 1000000)

struct parameters {
	const char *publisher;
	const char *commit;
	const char *commit_time;
	const char *branch;
	const char *run_url;
	struct query_int sequence;
	struct query_int ttl_s; /* of a report */
	bool force;
	bool takeover;
	bool dry_run;
};

#define OPTION(type, member, name, ...) \
	QUERY(type, struct parameters, member, name, __VA_ARGS__)

static const struct query_field fields[] = {
	OPTION(TEXT, publisher, "publisher", .min = 1, .max = PUBLISHER_MAX),
	OPTION(INT, sequence, "sequence", .max = SEQUENCE_MAX),
	OPTION(TEXT, commit, "commit", .min = 1, .max = COMMIT_MAX),
	OPTION(TIME, commit_time, "commitTime", ),
	OPTION(TEXT, branch, "branch", .min = 1, .max = BRANCH_MAX),
	OPTION(TEXT, run_url, "runUrl", .min = 1, .max = URL_MAX),
	OPTION(FLAG, takeover, "takeover", ),
	OPTION(FLAG, force, "force", ),
	OPTION(FLAG, dry_run, "dryRun", ),
	QUERY_END,
};

static const struct query_field report_fields[] = {
	OPTION(TEXT, commit, "commit", .min = 1, .max = COMMIT_MAX),
	OPTION(TEXT, branch, "branch", .min = 1, .max = BRANCH_MAX),
	OPTION(TEXT, run_url, "runUrl", .min = 1, .max = URL_MAX),
	OPTION(INT, ttl_s, "ttlSeconds", .min = LIMIT_FACT_MIN_SECONDS,
               .max = LIMIT_FACT_SECONDS),
	QUERY_END,
};

/* People follow it: nothing but the web, and nothing that hides the host. */
static bool
is_web_url(const char *text)
{
	if (!str_starts(text, "https://") && !str_starts(text, "http://"))
		return false;
	const char *host = strstr(text, "//") + 2;
	size_t len = strcspn(host, "/?#");

	return len > 0 && memchr(host, '@', len) == NULL &&
	       strpbrk(text, " <>\"\\^`{|}") == NULL;
}

static bool
is_padded(const char *text)
{
	size_t len = strlen(text);

	return len > 0 && (text[0] == ' ' || text[len - 1] == ' ');
}

static const char *
named(struct req *req, const struct option_names *names, const char *name)
{
	char *text = arena_printf(req->arena, "%s%s", names->prefix, name);

	if (names->lower) {
		for (char *p = text + strlen(names->prefix); *p != '\0'; p++)
			*p = (char)tolower((unsigned char)*p);
	}
	return text;
}

static void
check(struct req *req, const struct option_names *names, bool set,
      const struct parameters *p)
{
	struct faults *faults = &req->faults;
	const struct {
		const char *name;
		const char *text;
	} shown[] = {
		{"publisher", p->publisher},
		{"commit", p->commit},
		{"branch", p->branch},
		{"runUrl", p->run_url},
	};
	int64_t us;

	if (set && p->publisher == NULL)
		faults_add(faults, named(req, names, "publisher"), 0, 0,
		           "required",
		           "a full set needs the name of its publisher");
	if (p->publisher != NULL && is_padded(p->publisher))
		faults_add(faults, named(req, names, "publisher"), 0, 0,
		           "format", "must not begin or end with a space");
	for (size_t i = 0; i < ARRAY_LEN(shown); i++)
		faults_unless_line(faults, named(req, names, shown[i].name),
		                   "control-character", shown[i].text);
	if (p->run_url != NULL && !is_web_url(p->run_url))
		faults_add(faults, named(req, names, "runUrl"), 0, 0, "format",
		           "must be an http or https URL");
	if (p->commit_time != NULL && clock_parse(p->commit_time, &us) &&
	    us > clock_wall_us() + AHEAD_MAX_US)
		faults_add(faults, named(req, names, "commitTime"), 0, 0,
		           "range",
		           "is more than a day ahead of this server's clock");
}

/* As the database takes it, which refuses long fractions and wide zones. */
static const char *
in_utc(struct req *req, const char *time)
{
	char text[CLOCK_TEXT];
	int64_t us;

	if (time == NULL || !clock_parse(time, &us))
		return NULL;
	clock_format(us, text);
	return arena_printf(req->arena, "%.*s.%06dZ", (int)strcspn(text, "."),
	                    text, (int)(us % 1000000));
}

static void
fill(struct req *req, const struct parameters *p, bool set,
     struct publish_options *ret)
{
	*ret = (struct publish_options){
		.set = set,
		.publisher = p->publisher,
		.has_sequence = p->sequence.given,
		.sequence = p->sequence.value,
		.commit = p->commit,
		.commit_time = in_utc(req, p->commit_time),
		.branch = p->branch,
		.run_url = p->run_url,
		.force = p->force,
		.takeover = p->takeover,
	};
}

bool
is_repository(const char *name)
{
	size_t len = strlen(name);

	return len <= REPOSITORY_MAX && *name >= 'a' && *name <= 'z' &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;
}

bool
options_read(struct req *req, bool set, struct publish_options *ret,
             bool *ret_dry_run)
{
	static const struct option_names names = {.prefix = "?"};
	struct parameters p = {0};

	(void)!query_read(req, fields, &p);
	check(req, &names, set, &p);
	if (faults_any(&req->faults))
		return false;
	fill(req, &p, set, ret);
	*ret_dry_run = p.dry_run;
	return true;
}

bool
options_read_report(struct req *req, struct publish_options *ret,
                    int64_t *ret_ttl_s)
{
	static const struct option_names names = {.prefix = "?"};
	struct parameters p = {0};

	(void)!query_read(req, report_fields, &p);
	check(req, &names, false, &p);
	if (faults_any(&req->faults))
		return false;
	fill(req, &p, false, ret);
	*ret_ttl_s = p.ttl_s.given ? p.ttl_s.value : LIMIT_REPORT_SECONDS;
	return true;
}

bool
options_collect(struct req *req, const struct option_names *names, bool set,
                option_find *find, const void *from,
                struct publish_options *ret)
{
	struct parameters p = {0};

	for (const struct query_field *f = fields; f->type != QUERY_TYPE_END;
	     f++) {
		const char *pointer = named(req, names, f->name);
		const char *text =
			find(req, from, pointer + strlen(names->prefix));

		/* To force or try something is for people to decide. */
		if (text == NULL || f->type == QUERY_TYPE_FLAG)
			continue;
		if (!str_is_printable(text))
			faults_add(&req->faults, pointer, 0, 0, "encoding",
			           "must have no control characters");
		else
			query_value(req, f, pointer, text, &p);
	}
	check(req, names, set, &p);
	if (faults_any(&req->faults))
		return false;
	fill(req, &p, set, ret);
	return true;
}
