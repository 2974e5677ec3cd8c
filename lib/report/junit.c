/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JUnit's XML, which no standard describes: <testsuites> around <testsuite>, or
 * one <testsuite> alone; suites inside suites; counts as attributes of suites,
 * of some of them, or of none; those of a suite with or without what is inside
 * of it. So each suite has as many as it says, or as its cases and the suites
 * in it have together, whatever is more.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/str.h"
#include "report/format.h"
#include "wire/json_out.h"
#include "wire/limits.h"
#include "wire/xml.h"

#include <string.h>

enum kind {
	KIND_OTHER, /* and all that is in it */
	KIND_SUITE,
	KIND_CASE,
};

struct counts {
	int64_t tests;
	int64_t failures;
	int64_t errors;
	int64_t skipped;
};

/* An element that is open. */
struct level {
	enum kind kind;
	struct counts given; /* of a suite, by its attributes */
	struct counts found; /* of a suite in it, of a case its own */
	double seconds;      /* as given, or of what is in it */
	bool timed;          /* it is given */
};

struct junit {
	struct level levels[LIMIT_DEPTH + 1]; /* 0 is around the root */
	size_t depth;
	int64_t newest_us; /* 0 = no suite has a time */
};

static int64_t
count_of(const struct xml_element *element, const char *const *names)
{
	int64_t count;

	for (; *names != NULL; names++) {
		if (number_count(xml_value(element, *names), &count))
			return count;
	}
	return 0;
}

static void
read_counts(const struct xml_element *element, struct counts *ret)
{
	static const char *const tests[] = {"tests", NULL};
	static const char *const failures[] = {"failures", NULL};
	static const char *const errors[] = {"errors", NULL};
	static const char *const skipped[] = {"skipped", "skip", "skips",
	                                      "ignored", NULL};
	/* GoogleTest counts these apart. */
	static const char *const disabled[] = {"disabled", NULL};

	*ret = (struct counts){
		.tests = count_of(element, tests),
		.failures = count_of(element, failures),
		.errors = count_of(element, errors),
		.skipped = count_of(element, skipped) +
	                   count_of(element, disabled),
	};
}

/* What is no number of failures does not say that there are none. */
static bool
is_told(const struct xml_element *element, const char *name)
{
	const char *text = xml_value(element, name);
	int64_t count;

	return str_empty(text) || number_count(text, &count);
}

/* Without a zone, as the schema of Ant wants it, it is taken as UTC. */
static void
read_time(struct junit *junit, const struct xml_element *element)
{
	const char *text = xml_value(element, "timestamp");
	char zoned[CLOCK_TEXT + 8];
	size_t len = text == NULL ? 0 : strlen(text);
	int64_t us;

	if (len == 0 || len + 2 > sizeof(zoned))
		return;
	memcpy(zoned, text, len);
	memcpy(zoned + len, "Z", 2);
	if ((clock_parse(text, &us) || clock_parse(zoned, &us)) &&
	    us > junit->newest_us)
		junit->newest_us = us;
}

/* GoogleTest says by an attribute that a case was not run. */
static bool
is_skipped(const struct xml_element *element)
{
	const char *status = xml_value(element, "status");

	return status != NULL &&
	       str_has_word("notrun skipped disabled ignored", status);
}

static enum kind
kind_of(const struct level *parent, const char *name)
{
	if (parent->kind != KIND_SUITE)
		return KIND_OTHER;
	if (strcmp(name, "testsuite") == 0)
		return KIND_SUITE;
	return strcmp(name, "testcase") == 0 ? KIND_CASE : KIND_OTHER;
}

/* What became of a case stands in it. */
static void
read_result(struct level *of, const char *name)
{
	if (strcmp(name, "failure") == 0)
		of->found.failures = 1;
	else if (strcmp(name, "error") == 0)
		of->found.errors = 1;
	else if (strcmp(name, "skipped") == 0)
		of->found.skipped = 1;
}

static void
on_open(void *context, struct xml *xml, const struct xml_element *element)
{
	struct junit *junit = context;
	struct level *parent = &junit->levels[junit->depth];
	struct level *level = &junit->levels[++junit->depth];

	*level = (struct level){.kind = kind_of(parent, element->name)};
	if (junit->depth == 1) {
		if (strcmp(element->name, "testsuites") != 0 &&
		    strcmp(element->name, "testsuite") != 0) {
			xml_refuse(xml, "report",
			           "is no JUnit report: it is neither "
			           "<testsuites> nor <testsuite>");
			return;
		}
		level->kind = KIND_SUITE;
	}
	if (level->kind == KIND_OTHER) {
		if (parent->kind == KIND_CASE)
			read_result(parent, element->name);
		return;
	}
	level->timed =
		number_decimal(xml_value(element, "time"), &level->seconds);
	if (level->kind == KIND_SUITE) {
		if (!is_told(element, "failures") ||
		    !is_told(element, "errors"))
			xml_refuse(xml, "range",
			           "failures and errors of a suite must be "
			           "numbers");
		read_counts(element, &level->given);
		read_time(junit, element);
	} else {
		level->found.tests = 1;
		level->found.skipped = is_skipped(element);
	}
}

static int64_t
more(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static void
on_close(void *context, struct xml *xml)
{
	struct junit *junit = context;
	const struct level *level = &junit->levels[junit->depth];
	struct level *parent = &junit->levels[--junit->depth];
	const struct counts *given = &level->given;
	const struct counts *found = &level->found;

	(void)xml;
	if (level->kind == KIND_OTHER)
		return;
	parent->found.tests += more(given->tests, found->tests);
	parent->found.failures += more(given->failures, found->failures);
	parent->found.errors += more(given->errors, found->errors);
	parent->found.skipped += more(given->skipped, found->skipped);
	if (!parent->timed)
		parent->seconds += level->seconds;
}

/* Sums of what is too large to be a count are none. */
static int64_t
bounded(int64_t count)
{
	const int64_t most = INT64_C(1000000000);

	return count < most ? count : most;
}

bool
junit_read(const char *bytes, size_t len, struct json_out *out,
           struct arena *arena, struct faults *faults)
{
	static const struct xml_events events = {
		.open = on_open,
		.close = on_close,
	};
	struct junit *junit = arena_alloc(arena, sizeof(*junit));
	char time[CLOCK_TEXT];

	if (!xml_read(bytes, len, &events, junit, arena, faults))
		return false;

	const struct level *all = &junit->levels[0];
	const struct counts *found = &all->found;
	json_pair_int(out, "tests", bounded(found->tests));
	json_pair_int(out, "failures", bounded(found->failures));
	json_pair_int(out, "errors", bounded(found->errors));
	json_pair_int(out, "skipped", bounded(found->skipped));
	json_pair_bool(out, "passed",
	               found->tests > 0 && found->failures == 0 &&
	                       found->errors == 0);
	number_pair(out, "seconds", all->seconds, 3);
	if (junit->newest_us > 0) {
		clock_format(junit->newest_us, time);
		json_pair_text(out, "ranAt", time);
	}
	return true;
}
