/* SPDX-License-Identifier: Apache-2.0 */
/* Which changes break something in a proto repository, by package. */
#include "apis.h"

#include "base/arena.h"
#include "base/buf.h"
#include "http/body.h"
#include "store/api_policy.h"
#include "wire/field.h"
#include "wire/json_in.h"
#include "wire/json_out.h"
#include "wire/limits.h"
#include "wire/place.h"

#include <inttypes.h>
#include <string.h>

enum {
	POLICY_BODY_MAX = 64 << 10, /* what nginx takes here */
	WORDS_MAX = 200,
};

struct draft {
	int64_t version;
	json_t *items;
};

static const struct field draft_fields[] = {
	FIELD(INT, struct draft, version, "version", .required = true,
              .max = INT32_MAX - 1),
	FIELD(JSON, struct draft, items, "items", .required = true),
	FIELD_END,
};

struct item {
	const char *prefix;
	struct texts use;
	struct texts except;
	bool ignore_unstable;
};

static const struct field item_fields[] = {
	FIELD(TEXT, struct item, prefix, "prefix", .required = true,
              .max = LIMIT_DESCRIPTOR_NAME),
	FIELD(TEXTS, struct item, use, "use", .required = true,
              .max = WORDS_MAX),
	FIELD(TEXTS, struct item, except, "except", .required = true,
              .max = WORDS_MAX),
	FIELD(BOOL, struct item, ignore_unstable, "ignoreUnstable",
              .required = true),
	FIELD_END,
};

struct items {
	struct item list[API_POLICY_ITEMS_MAX];
	size_t count;
};

/* --- what may be asked for ------------------------------------------------ */

static void
check_prefix(struct req *req, const struct items *items, const char *pointer,
             const char *prefix)
{
	const char *at = pointer_member(req->arena, pointer, "prefix");

	if (*prefix != '\0' && !is_full_name(prefix))
		faults_add(&req->faults, at, 0, 0, "format",
		           "must be the name of a package, or empty");
	for (size_t i = 0; i < items->count; i++) {
		if (strcmp(items->list[i].prefix, prefix) != 0)
			continue;
		faults_add(&req->faults, at, 0, 0, "duplicate",
		           "is the prefix of an item before");
		break;
	}
}

static void
check_words(struct req *req, const char *pointer, const char *member,
            const struct texts *words)
{
	const char *list = pointer_member(req->arena, pointer, member);

	for (size_t i = 0; i < words->count; i++) {
		const char *word = words->items[i];

		if (breaking_is_category(word) || breaking_is_rule(word))
			continue;
		faults_add(&req->faults, pointer_item(req->arena, list, i), 0,
		           0, "enum",
		           "must be FILE, PACKAGE, WIRE_JSON, WIRE, MDASH or "
		           "the name of a rule");
	}
}

/* False with faults. */
static bool
read_items(struct req *req, const json_t *list, struct items *ret)
{
	size_t i;
	const json_t *value;

	if (!json_is_array(list)) {
		faults_add(&req->faults, "#/items", 0, 0, "type",
		           "must be a list and not %s", json_type_words(list));
		return false;
	}
	if (json_array_size(list) > API_POLICY_ITEMS_MAX) {
		faults_add(&req->faults, "#/items", 0, 0, "too-many",
		           "must have at most %d items", API_POLICY_ITEMS_MAX);
		return false;
	}
	json_array_foreach(list, i, value)
	{
		const char *at = pointer_item(req->arena, "#/items", i);
		struct item item = {.prefix = ""};

		if (!fields_read(value, item_fields, FIELDS_CLOSED, at,
		                 req->arena, &req->faults, &item))
			continue;
		check_prefix(req, ret, at, item.prefix);
		check_words(req, at, "use", &item.use);
		check_words(req, at, "except", &item.except);
		ret->list[ret->count++] = item;
	}
	return !faults_any(&req->faults);
}

/* --- as the database takes it --------------------------------------------- */

static void
write_words(struct json_out *out, const char *name, const struct texts *words)
{
	json_key(out, name);
	json_open(out, '[');
	for (size_t i = 0; i < words->count; i++)
		json_text(out, words->items[i]);
	json_close(out, ']');
}

static const char *
items_text(struct arena *arena, const struct items *items)
{
	struct buf buf = {.arena = arena};
	struct json_out out = {.buf = &buf};

	json_open(&out, '[');
	for (size_t i = 0; i < items->count; i++) {
		const struct item *item = &items->list[i];

		json_open(&out, '{');
		json_pair_text(&out, "prefix", item->prefix);
		write_words(&out, "use", &item->use);
		write_words(&out, "except", &item->except);
		json_pair_bool(&out, "ignoreUnstable", item->ignore_unstable);
		json_close(&out, '}');
	}
	json_close(&out, ']');
	return buf_text(&buf);
}

/* --- routes --------------------------------------------------------------- */

static enum http_status
reply_policy(struct req *req, const char *policy)
{
	return reply_bytes(req, HTTP_OK, "application/json", policy,
	                   strlen(policy));
}

enum http_status
get_policy(struct req *req)
{
	static const struct query_int current = {.given = false};
	struct api_revision at;
	const char *policy;
	enum http_status answered;

	if (!query_none(req))
		return problem_query(req);
	if (!revision_read(req, &current, &at, &answered))
		return answered;
	enum db_result result =
		api_policy_find(req->db, req->arena, at.id, &policy);
	if (result != DB_ROW)
		return problem_db(req, result, "policy");
	return reply_policy(req, policy);
}

static enum http_status
replace(struct req *req, int64_t repository, const struct draft *draft,
        const struct items *items)
{
	const char *policy;
	enum db_result result = db_begin(req->db);

	if (result == DB_ROW)
		result = api_policy_replace(
			req->db, req->arena, repository, draft->version,
			items_text(req->arena, items), &req->who);
	if (result == DB_CONFLICT)
		return problem(req, PROBLEM_CONFLICT,
		               "version %" PRId64 " of the policy is not the "
		               "current one: somebody else has changed it",
		               draft->version);
	/* Before others can change it again. */
	if (result == DB_ROW)
		result = api_policy_find(req->db, req->arena, repository,
		                         &policy);
	if (result == DB_ROW)
		result = db_commit(req->db);
	if (result != DB_ROW)
		return problem_db(req, result, "policy");
	return reply_policy(req, policy);
}

enum http_status
put_policy(struct req *req)
{
	static const struct query_int current = {.given = false};
	struct items *items = arena_alloc(req->arena, sizeof(*items));
	struct draft draft = {.version = 0};
	struct api_revision at;
	enum http_status answered;

	if (!body_fields(req, POLICY_BODY_MAX, draft_fields, &draft, &answered))
		return answered;
	if (!read_items(req, draft.items, items))
		return problem_faults(req, PROBLEM_INVALID_FIELDS,
		                      "the policy is not valid", &req->faults);
	if (!revision_read(req, &current, &at, &answered))
		return answered;
	return replace(req, at.id, &draft, items);
}
