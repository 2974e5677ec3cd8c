/* SPDX-License-Identifier: Apache-2.0 */
/* What CI says of a service beside its spec: facts of a family of its own. */
#include "ingest.h"

#include "base/arena.h"
#include "base/str.h"
#include "http/list.h"
#include "store/rules.h"
#include "wire/field.h"
#include "wire/json_in.h"
#include "wire/limits.h"
#include "wire/place.h"

#include <stdlib.h>
#include <string.h>

enum {
	FAMILY_MAX = 31,
	COMMIT_MAX = 64,
	TTL_MIN_S = 60,
};

struct draft {
	const char *family;
	json_t *facts;
	int64_t ttl_s;
	bool wholly;
	const char *commit;
};

static const struct field draft_fields[] = {
	FIELD(TEXT, struct draft, family, "family", .required = true, .min = 1,
              .max = FAMILY_MAX),
	FIELD(JSON, struct draft, facts, "facts", .required = true),
	FIELD(INT, struct draft, ttl_s, "ttlSeconds", .min = TTL_MIN_S,
              .max = LIMIT_FACT_SECONDS),
	FIELD(BOOL, struct draft, wholly, "wholly"),
	FIELD(TEXT, struct draft, commit, "commit", .min = 1,
              .max = COMMIT_MAX),
	FIELD_END,
};

/* --- what may be said ----------------------------------------------------- */

static void
check_family(struct req *req, const char *family)
{
	/* "service.target" is what campaigns choose services by. */
	static const char *const ours[] = {"spec",      "api",   "kubernetes",
	                                   "service",   "junit", "coverage",
	                                   "components"};

	for (size_t i = 0; i < ARRAY_LEN(ours); i++) {
		if (strcmp(family, ours[i]) == 0)
			faults_add(&req->faults, "#/family", 0, 0, "enum",
			           "facts of the family %s come from what is "
			           "published or reported, and are not given "
			           "here",
			           family);
	}
	for (const char *p = family; *p != '\0'; p++) {
		bool lower = *p >= 'a' && *p <= 'z';
		bool later =
			(*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9');

		if (lower || (later && p > family))
			continue;
		faults_add(&req->faults, "#/family", 0, 0, "format",
		           "must have letters and digits, and begin with a "
		           "lower-case letter");
		break;
	}
}

/* Rules name facts by family.name, and quote what is no identifier. */
static bool
is_name(const char *name)
{
	size_t chars = str_chars(name);

	return chars > 0 && chars <= LIMIT_FACT_NAME && str_is_line(name) &&
	       strpbrk(name, ".\"\\") == NULL;
}

static void
check_fact(struct req *req, const char *name, const json_t *value)
{
	const char *at = pointer_member(req->arena, "#/facts", name);

	if (!is_name(name))
		faults_add(&req->faults, at, 0, 0, "format",
		           "must be called by 1 to %d characters of one line, "
		           "without dots, quotes and backslashes",
		           LIMIT_FACT_NAME);
	if (json_is_null(value)) {
		faults_add(&req->faults, at, 0, 0, "type",
		           "must have a value: what is not known is left out, "
		           "and ends with wholly");
		return;
	}
	char *text =
		arena_must(json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT));
	if (strlen(text) > LIMIT_FACT_BYTES)
		faults_add(&req->faults, at, 0, 0, "too-long",
		           "must have at most %d bytes as JSON",
		           LIMIT_FACT_BYTES);
	free(text);
}

static void
check_facts(struct req *req, json_t *facts)
{
	const char *name;
	json_t *value;

	if (!json_is_object(facts)) {
		faults_add(&req->faults, "#/facts", 0, 0, "type",
		           "must be an object and not %s",
		           json_type_words(facts));
		return;
	}
	if (json_object_size(facts) > LIMIT_FACTS) {
		faults_add(&req->faults, "#/facts", 0, 0, "too-many",
		           "must have at most %d facts", LIMIT_FACTS);
		return;
	}
	json_object_foreach(facts, name, value)
	{
		check_fact(req, name, value);
	}
}

static bool
read_draft(struct req *req, const struct source *source, struct draft *ret,
           enum http_status *answered)
{
	json_t *object =
		json_read(source->bytes, source->len, req->arena, &req->faults);

	if (object == NULL && json_is_malformed(&req->faults)) {
		*answered = problem_faults(req, PROBLEM_BAD_REQUEST,
		                           "the body is no JSON", &req->faults);
		return false;
	}
	if (object != NULL && fields_read(object, draft_fields, FIELDS_CLOSED,
	                                  "#", req->arena, &req->faults, ret)) {
		check_family(req, ret->family);
		check_facts(req, ret->facts);
		faults_unless_line(&req->faults, "#/commit", "format",
		                   ret->commit);
	}
	if (!faults_any(&req->faults))
		return true;
	*answered = problem_faults(req, PROBLEM_INVALID_FIELDS,
	                           "the facts are not valid", &req->faults);
	return false;
}

/* --- the transaction ------------------------------------------------------ */

/* What does not fit what is known. */
static void
take_faults(struct req *req, const char *text)
{
	json_t *list = arena_must(json_loads(text, 0, NULL));
	size_t i;
	json_t *fault;

	json_array_foreach(list, i, fault)
	{
		const char *name =
			json_string_value(json_object_get(fault, "name"));
		const char *code =
			json_string_value(json_object_get(fault, "code"));

		faults_add(&req->faults,
		           name == NULL ? "#/facts"
		                        : pointer_member(req->arena, "#/facts",
		                                         name),
		           0, 0, arena_strdup(req->arena, code), "%s",
		           json_string_value(json_object_get(fault, "detail")));
	}
	json_decref(list);
}

static enum db_result
say_facts(struct req *req, const struct delivery *delivery, const void *what,
          struct publish_answer *ret)
{
	enum db_result result =
		publish_facts(req->db, req->arena, what, &req->who, ret);

	if (result != DB_ROW)
		return result;
	if (ret->verdict == PUBLISH_INVALID)
		take_faults(req, ret->extra);
	return ret->verdict == PUBLISH_DONE
	               ? rules_finish(req->db, req->arena, &delivery->options,
	                              &req->who, ret)
	               : result;
}

/* --- the request ---------------------------------------------------------- */

static const struct query_field query[] = {
	QUERY(FLAG, struct delivery, dry_run, "dryRun", ),
	QUERY_END,
};

enum http_status
publish_facts_of(struct req *req)
{
	struct delivery delivery = {.service_id = req_path(req, "service")};
	struct draft draft = {0};
	enum http_status answered;

	if (!query_read(req, query, &delivery))
		return problem_query(req);
	if (delivery.dry_run)
		reply_header(req, "Mdash-Dry-Run", "1");
	if (!may_publish(req, &delivery.options, delivery.dry_run, &answered) ||
	    !source_read_facts(req, &delivery.source, &answered) ||
	    !delivery_key(req, &delivery, &answered) ||
	    !read_draft(req, &delivery.source, &draft, &answered))
		return answered;

	char *text = arena_must(json_dumps(draft.facts, JSON_COMPACT));
	arena_defer(req->arena, free, text);
	const struct publish_facts facts = {
		.service_id = delivery.service_id,
		.family = draft.family,
		.json = text,
		.ttl_s = draft.ttl_s,
		.wholly = draft.wholly,
		.commit = draft.commit,
	};
	const struct saying saying = {say_facts, &facts, HTTP_OK};
	delivery.options.commit = draft.commit;
	return say(req, &delivery, &saying);
}
