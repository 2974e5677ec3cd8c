/* SPDX-License-Identifier: Apache-2.0 */
#include "hint.h"

#include "base/arena.h"
#include "base/buf.h"
#include "store/reader.h"
#include "wire/json_out.h"

#include <stdbool.h>
#include <string.h>

static bool
same(const struct reader_event *a, const struct reader_event *b)
{
	return strcmp(a->subject, b->subject) == 0 &&
	       strcmp(a->type, b->type) == 0 && strcmp(a->kind, b->kind) == 0;
}

/* The different events of a batch; false when they are too many. */
static bool
coalesce(const struct reader_batch *batch, const struct reader_event **ret,
         size_t *ret_count)
{
	size_t count = 0;

	for (size_t i = 0; i < batch->count; i++) {
		size_t seen = 0;

		while (seen < count && !same(ret[seen], &batch->items[i]))
			seen++;
		if (seen < count)
			continue;
		if (count == HINT_CHANGES_MAX)
			return false;
		ret[count++] = &batch->items[i];
	}
	*ret_count = count;
	return true;
}

const char *
hint_json(struct arena *arena, const struct reader_batch *batch,
          size_t *ret_len)
{
	const struct reader_event *changes[HINT_CHANGES_MAX];
	size_t count = 0;
	bool all = batch == NULL || batch->count == READER_LIMIT ||
	           !coalesce(batch, changes, &count);
	struct buf text = {.arena = arena};
	struct json_out out = {.buf = &text};

	json_open(&out, '{');
	json_pair_text(&out, "cursor", batch == NULL ? "" : batch->cursor);
	json_pair_bool(&out, "all", all);
	json_key(&out, "changes");
	json_open(&out, '[');
	for (size_t i = 0; i < count; i++) {
		json_open(&out, '{');
		json_pair_text(&out, "type", changes[i]->type);
		json_pair_text(&out, "kind", changes[i]->kind);
		json_pair_text(&out, "subject", changes[i]->subject);
		json_close(&out, '}');
	}
	json_close(&out, ']');
	json_close(&out, '}');
	*ret_len = text.len;
	return buf_text(&text);
}
