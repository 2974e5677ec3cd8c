/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Long texts for tests of limits, and how faults are compared. */

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"

#include <stddef.h>

/* `part`, `count` times. */
static inline const char *
text_times(struct arena *arena, const char *part, size_t count)
{
	struct buf out = {.arena = arena};

	while (count-- > 0)
		buf_adds(&out, part);
	return buf_text(&out);
}

/* The list "[0,0,…]" and the object {"k0":0,…} of `count`. */
static inline const char *
text_list(struct arena *arena, size_t count)
{
	struct buf out = {.arena = arena};

	buf_addc(&out, '[');
	for (size_t i = 0; i < count; i++)
		buf_adds(&out, i == 0 ? "0" : ",0");
	buf_addc(&out, ']');
	return buf_text(&out);
}

static inline const char *
text_object(struct arena *arena, size_t count)
{
	struct buf out = {.arena = arena};

	buf_addc(&out, '{');
	for (size_t i = 0; i < count; i++)
		buf_printf(&out, "%s\"k%zu\": 0", i == 0 ? "" : ",", i);
	buf_addc(&out, '}');
	return buf_text(&out);
}

/* "code pointer line:column" of each, with "; " between. */
static inline const char *
text_faults(struct arena *arena, const struct faults *faults)
{
	struct buf out = {.arena = arena};

	for (size_t i = 0; i < faults->count; i++) {
		const struct fault *f = &faults->items[i];

		buf_printf(&out, "%s%s %s %u:%u", i == 0 ? "" : "; ", f->code,
		           f->pointer, f->line, f->column);
	}
	return buf_text(&out);
}
