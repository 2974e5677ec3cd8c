/* SPDX-License-Identifier: Apache-2.0 */
/* Specs, alone and as sets: one without faults has a canonical form, and that
 * form is a spec which is its own. */
#include "fuzz.h"

#include "base/arena.h"
#include "base/str.h"
#include "store/spec.h"
#include "store/spec_rules.h"

#include <string.h>

static bool
is_json(const char *text, size_t len)
{
	size_t i = 0;

	while (i < len && memchr(" \t\r\n", text[i], 4) != NULL)
		i++;
	return i < len && (text[i] == '{' || text[i] == '[');
}

/* The one exception is the last number of a double, 1.7976931348623157e308:
 * with the 15 digits of the canonical form it is one that no double holds. */
static bool
is_past_doubles(const struct spec_set *set)
{
	return set->faults.total == 1 &&
	       strcmp(set->faults.items[0].code, "number") == 0 &&
	       set->count == 1 &&
	       strstr(set->items[0].source, "1.79769313486232e308") != NULL;
}

static void
check_canonical(const struct spec *spec, struct arena *arena)
{
	struct spec_set again;
	enum spec_result result =
		spec_read(spec->json, strlen(spec->json), SPEC_FORMAT_JSON,
	                  spec->service_id, arena, &again);

	if (result == SPEC_INVALID && is_past_doubles(&again))
		return;
	HOLDS(result == SPEC_OK);
	HOLDS(again.count == 1);
	HOLDS(strcmp(again.items[0].json, spec->json) == 0);
	HOLDS(strcmp(again.items[0].source, spec->json) == 0);
	HOLDS((again.items[0].team == NULL) == (spec->team == NULL));
}

static void
check_spec(const struct spec *spec, const char *text, size_t len,
           struct arena *arena)
{
	bool faulty = faults_any(&spec->faults);

	fuzz_check_faults(&spec->faults, text, len);
	HOLDS(spec->line >= 1);
	fuzz_check_text(spec->source);
	HOLDS(strlen(spec->source) <= len);
	if (spec->team != NULL)
		fuzz_check_line(spec->team);
	if (spec->service_id != NULL) {
		fuzz_check_line(spec->service_id);
		HOLDS(rule_form_matches(FORM_SERVICE_ID, spec->service_id));
	}
	HOLDS((spec->json == NULL) == faulty);
	if (faulty)
		return;
	HOLDS(spec->service_id != NULL);
	fuzz_check_text(spec->json);
	check_canonical(spec, arena);
}

static void
check_set(enum spec_result result, const struct spec_set *set, const char *text,
          size_t len, struct arena *arena)
{
	fuzz_check_faults(&set->faults, text, len);
	fuzz_check_faults(&set->warnings, text, len);
	HOLDS((result == SPEC_OK) == !faults_any(&set->faults));
	for (size_t i = 0; i < set->count; i++) {
		check_spec(&set->items[i], text, len, arena);
		HOLDS(set->items[i].json != NULL || result != SPEC_OK);
		HOLDS(i == 0 || set->items[i].line >= set->items[i - 1].line);
	}
}

void
fuzz_input(const uint8_t *bytes, size_t len)
{
	struct arena *arena = fuzz_arena();
	const char *text = (const char *)bytes;
	enum spec_format format =
		is_json(text, len) ? SPEC_FORMAT_JSON : SPEC_FORMAT_YAML;
	struct spec_set set;

	enum spec_result result =
		spec_read(text, len, format, "acme-payment", arena, &set);
	check_set(result, &set, text, len, arena);
	HOLDS(set.count <= 1);
	HOLDS(result != SPEC_OK ||
	      strcmp(set.items[0].service_id, "acme-payment") == 0);

	result = spec_set_read(text, len, format, arena, &set);
	check_set(result, &set, text, len, arena);
}
