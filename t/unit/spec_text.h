/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What became of specs that were read, in one line. */

#include "store/spec.h"
#include "text.h"

#include <string.h>

/* "ok" or another result, and the faults of all documents. */
static inline const char *
outcome(struct arena *arena, enum spec_result result,
        const struct spec_set *set)
{
	static const char *const names[] = {
		[SPEC_OK] = "ok",
		[SPEC_MALFORMED] = "malformed",
		[SPEC_INVALID] = "invalid",
	};
	const char *faults = text_faults(arena, &set->faults);

	return arena_printf(arena, "%s%s%s", names[result],
	                    *faults == '\0' ? "" : ": ", faults);
}

static inline const char *
read_one(struct arena *arena, const char *text, enum spec_format format,
         const char *want_id, struct spec_set *ret)
{
	enum spec_result result =
		spec_read(text, strlen(text), format, want_id, arena, ret);

	return outcome(arena, result, ret);
}

static inline const char *
read_set(struct arena *arena, const char *text, enum spec_format format,
         struct spec_set *ret)
{
	enum spec_result result =
		spec_set_read(text, strlen(text), format, arena, ret);

	return outcome(arena, result, ret);
}
