/* SPDX-License-Identifier: Apache-2.0 */
#include "store/event_type.h"

#include "base/attr.h"
#include "base/buf.h"

#include <fnmatch.h>
#include <string.h>

static const char *const types[] = {
	"api.breaking",       "api.updated",       "campaign.cancelled",
	"campaign.changed",   "campaign.created",  "campaign.finished",
	"campaign.held",      "campaign.launched", "campaign.rule_quarantined",
	"campaign.scheduled", "publish.approved",  "publish.failed",
	"publish.held",       "publish.rejected",  "publish.resolved",
	"service.created",    "service.restored",  "service.tombstoned",
	"service.updated",    "team.digest",       "todo.cancelled",
	"todo.changed",       "todo.commented",    "todo.done",
	"todo.exempt",        "todo.in_review",    "todo.not_applicable",
	"todo.opened",        "todo.reopened",     "todo.waiting",
	"webhook.disabled",   "webhook.test",
};

bool
event_type_any(const char *glob)
{
	for (size_t i = 0; i < ARRAY_LEN(types); i++) {
		if (fnmatch(glob, types[i], 0) == 0)
			return true;
	}
	return false;
}

/* With the dot. */
static size_t
family_len(const char *type)
{
	return strcspn(type, ".") + 1;
}

const char *
event_type_hint(const char *glob, struct arena *arena)
{
	struct buf family = {.arena = arena};
	struct buf all = {.arena = arena};

	for (size_t i = 0; i < ARRAY_LEN(types); i++) {
		size_t len = family_len(types[i]);

		if (strncmp(types[i], glob, len) == 0)
			buf_printf(&family, "%s%s", family.len > 0 ? ", " : "",
			           types[i]);
		if (i == 0 || strncmp(types[i], types[i - 1], len) != 0)
			buf_printf(&all, "%s%.*s*", i > 0 ? ", " : "", (int)len,
			           types[i]);
	}
	return buf_text(family.len > 0 ? &family : &all);
}
