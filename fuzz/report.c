/* SPDX-License-Identifier: Apache-2.0 */
/* Reports of CI, each text as all formats: what is read is JSON that can be
 * kept, what is not has one fault that can be shown. */
#include "fuzz.h"

#include "base/arena.h"
#include "base/fault.h"
#include "report/report.h"
#include "wire/limits.h"

#include <string.h>

#include <jansson.h>

static int64_t
integer(const json_t *facts, const char *name)
{
	const json_t *value = json_object_get(facts, name);

	HOLDS(json_is_integer(value));
	HOLDS(json_integer_value(value) >= 0);
	return json_integer_value(value);
}

static double
number(const json_t *facts, const char *name)
{
	const json_t *value = json_object_get(facts, name);

	HOLDS(value == NULL || json_is_number(value));
	HOLDS(json_number_value(value) >= 0);
	return json_number_value(value);
}

static void
check_junit(const json_t *facts)
{
	int64_t tests = integer(facts, "tests");
	int64_t bad = integer(facts, "failures") + integer(facts, "errors");

	(void)integer(facts, "skipped");
	(void)number(facts, "seconds");
	HOLDS(json_is_boolean(json_object_get(facts, "passed")));
	HOLDS(json_is_true(json_object_get(facts, "passed")) ==
	      (tests > 0 && bad == 0));
}

static void
check_coverage(const json_t *facts)
{
	HOLDS(number(facts, "lines") <= 100);
	HOLDS(number(facts, "branches") <= 100);
}

static void
check_components(const json_t *facts)
{
	const json_t *items = json_object_get(facts, "items");

	HOLDS(json_is_object(items));
	HOLDS((int64_t)json_object_size(items) <= integer(facts, "count"));
	HOLDS(integer(facts, "count") <= LIMIT_REPORT_COMPONENTS);
}

static void
check_facts(const char *text, enum report_format format)
{
	static void (*const checks[REPORT_FORMAT_END])(const json_t *facts) = {
		[REPORT_JUNIT] = check_junit,
		[REPORT_COBERTURA] = check_coverage,
		[REPORT_CYCLONEDX] = check_components,
	};
	json_t *facts = json_loads(text, JSON_REJECT_DUPLICATES, NULL);

	HOLDS(json_is_object(facts));
	checks[format](facts);
	json_decref(facts);
}

void
fuzz_input(const uint8_t *bytes, size_t len)
{
	struct arena *arena = fuzz_arena();

	for (enum report_format f = 0; f < REPORT_FORMAT_END; f++) {
		struct faults faults = {.arena = arena};
		const char *facts = report_read((const char *)bytes, len, f,
		                                arena, &faults);

		fuzz_check_faults(&faults, bytes, len);
		HOLDS(faults_any(&faults) == (facts == NULL));
		if (facts != NULL)
			check_facts(facts, f);
	}
}
