/* SPDX-License-Identifier: Apache-2.0 */
/* The service list: filters, orders, pages, counts. */
#include "services.h"

#include "base/arena.h"
#include "base/buf.h"
#include "store/service.h"
#include "wire/json_out.h"

#include <inttypes.h>
#include <string.h>

enum {
	KINDS_MAX = 4, /* of choices: team, corp, lifecycle, tier */
};

struct list_query {
	const char *words;
	const char *team;
	const char *corp;
	struct query_list tags;
	const char *lifecycle;
	struct query_int tier;
	bool tombstoned;
	const char *sort;
	bool facets;
	const char *at;
	struct paging page;
};

static const struct query_field list_fields[] = {
	QUERY(TEXT, struct list_query, words, "q", .max = 200),
	QUERY(TEXT, struct list_query, team, "team", .min = 1, .max = 63),
	QUERY(TEXT, struct list_query, corp, "corp", .min = 1, .max = 100),
	QUERY(LIST, struct list_query, tags, "tag", .max = 64),
	QUERY(WORD, struct list_query, lifecycle, "lifecycle",
              .words = "experimental production deprecated retired "
                       "unspecified"),
	QUERY(INT, struct list_query, tier, "tier", .min = 1, .max = 4),
	QUERY(FLAG, struct list_query, tombstoned, "tombstoned"),
	QUERY(WORD, struct list_query, sort, "sort",
              .words = "name updated team tier"),
	QUERY(FLAG, struct list_query, facets, "facets"),
	QUERY(TIME, struct list_query, at, "at"),
	QUERY_PAGING(struct list_query, page),
	QUERY_END,
};

static void
add_choice(struct req *req, struct service_filter *filter, const char **choices,
           const char *kind, const char *value)
{
	if (value != NULL)
		choices[filter->choice_count++] =
			arena_printf(req->arena, "%s:%s", kind, value);
}

static struct service_filter
filter_of(struct req *req, const struct list_query *query)
{
	const char **choices =
		arena_array(req->arena, KINDS_MAX, sizeof(*choices));
	const char **tags =
		arena_array(req->arena, QUERY_LIST_MAX, sizeof(*tags));
	struct service_filter filter = {
		.words = query->words,
		.choices = choices,
		.tags = tags,
		.tag_count = query->tags.count,
		.tombstoned = query->tombstoned,
		.at = moment_text(req, query->at),
	};

	/* Words of spaces are no words. */
	if (query->words != NULL &&
	    strspn(query->words, " ") == strlen(query->words))
		filter.words = NULL;
	add_choice(req, &filter, choices, "team", query->team);
	add_choice(req, &filter, choices, "corp", query->corp);
	add_choice(req, &filter, choices, "lifecycle", query->lifecycle);
	if (query->tier.given)
		add_choice(req, &filter, choices, "tier",
		           arena_printf(req->arena, "%" PRId64,
		                        query->tier.value));
	for (size_t i = 0; i < query->tags.count; i++)
		tags[i] = arena_printf(req->arena, "tag:%s",
		                       query->tags.items[i]);
	return filter;
}

static enum service_sort
sort_of(const struct list_query *query)
{
	for (int i = 0; i < SERVICE_SORT_END; i++) {
		enum service_sort sort = (enum service_sort)i;

		if (query->sort != NULL &&
		    strcmp(query->sort, service_sort_name(sort)) == 0)
			return sort;
	}
	return SERVICE_SORT_NAME;
}

static const char *
next_service(struct req *req, const void *list, const struct rows *rows,
             int row)
{
	const struct service_page *page = list;

	return cursor_text(req, service_sort_name(page->sort),
	                   rows_text(rows, row, SERVICE_LIST_KEY),
	                   rows_text(rows, row, SERVICE_LIST_ID));
}

/* The rows of one kind stand together. */
static void
write_kind(struct json_out *out, const struct rows *rows, const char *kind)
{
	json_key(out, kind);
	json_open(out, '[');
	for (int i = 0; i < rows->count; i++) {
		if (strcmp(rows_text(rows, i, SERVICE_FACET_KIND), kind) != 0)
			continue;
		json_open(out, '{');
		json_pair_text(out, "value",
		               rows_text(rows, i, SERVICE_FACET_VALUE));
		json_pair_int(out, "count",
		              rows_int(rows, i, SERVICE_FACET_COUNT));
		json_close(out, '}');
	}
	json_close(out, ']');
}

static void
write_facets(struct json_out *out, const struct rows *rows)
{
	static const char *const kinds[] = {"team", "corp", "tag", "lifecycle",
	                                    "tier"};

	json_key(out, "facets");
	json_open(out, '{');
	for (int i = 0; i < rows->count; i++) {
		if (strcmp(rows_text(rows, i, SERVICE_FACET_KIND), "total") ==
		    0)
			json_pair_int(out, "total",
			              rows_int(rows, i, SERVICE_FACET_COUNT));
	}
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		write_kind(out, rows, kinds[i]);
	json_close(out, '}');
}

enum http_status
list_services(struct req *req)
{
	struct list_query query = {0};
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct rows rows = {0};
	struct rows facets = {0};

	if (!query_read(req, list_fields, &query))
		return problem_query(req);
	const struct service_filter filter = filter_of(req, &query);
	struct service_page page = {.sort = sort_of(&query)};
	if (!cursor_read(req, service_sort_name(page.sort), query.page.after,
	                 &page.after_key, &page.after_id))
		return problem_query(req);

	int64_t limit = paging_limit(&query.page);
	page.limit = limit + 1;
	enum db_result result =
		service_list(req->db, req->arena, &filter, &page, &rows);
	if (result != DB_ROW && result != DB_NONE)
		return problem_db(req, result, "service");

	json_open(&out, '{');
	write_page(req, &out, &rows, limit, next_service, &page);
	if (query.facets) {
		result = service_facets(req->db, req->arena, &filter, &facets);
		if (result != DB_ROW)
			return problem_db(req, result, "service");
		write_facets(&out, &facets);
	}
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}
