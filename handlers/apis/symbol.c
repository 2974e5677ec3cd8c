/* SPDX-License-Identifier: Apache-2.0 */
/* The page of a package, service, method, message, enum or extension. */
#include "apis.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "wire/json_out.h"

#include <string.h>

enum {
	USES_FIRST = 50, /* on the page of a type; the rest is a list */
};

static const char uses_list[] = "api-uses";
static const char no_package[] = "-"; /* of files that name none */

/* What a page has besides the symbol itself; what a kind lacks is empty. */
struct page {
	const struct api_revision *at;
	struct api_symbol symbol;
	const char *focus;
	struct rows items;
	struct rows files;
	struct rows below;
	struct rows siblings;
	struct rows providers;
	struct rows consumers;
	struct rows uses;
	struct rows types;
};

static bool
is_kind(const struct page *page, const char *kind)
{
	return strcmp(page->symbol.kind, kind) == 0;
}

static bool
failed(enum db_result result)
{
	return result != DB_ROW && result != DB_NONE;
}

/* --- finding -------------------------------------------------------------- */

/* A package is where it declares something, or packages are below it. */
static enum db_result
find_package(struct req *req, const char *name, struct page *page)
{
	bool nameless = strcmp(name, no_package) == 0;
	const char *package = nameless ? "" : name;
	const char *last = strrchr(name, '.');
	struct db *db = req->db;

	page->symbol = (struct api_symbol){
		.kind = "package",
		.name = last == NULL ? name : last + 1,
		.full_name = name,
		.package = package,
		.document = "null",
	};
	enum db_result result = api_package_files(db, req->arena, page->at,
	                                          package, &page->files);
	if (!failed(result) && !nameless)
		result = api_package_below(db, req->arena, page->at, package,
		                           &page->below);
	if (failed(result))
		return result;
	if (page->files.count == 0 && page->below.count == 0)
		return DB_NONE;
	result = api_package_items(db, req->arena, page->at, package,
	                           &page->items);
	if (!failed(result) && !nameless)
		result = api_package_siblings(db, req->arena, page->at, package,
		                              &page->siblings);
	return failed(result) ? result : DB_ROW;
}

/* A field or value is shown on the page of what it is in. */
static enum db_result
find_part(struct req *req, const char *name, struct page *page)
{
	const char *last = strrchr(name, '.');

	if (last == NULL)
		return DB_NONE;
	const char *parent =
		arena_strndup(req->arena, name, (size_t)(last - name));
	enum db_result result = api_symbol_find(req->db, req->arena, page->at,
	                                        parent, &page->symbol);
	if (result == DB_ROW)
		result = api_part_find(req->db, req->arena, &page->symbol,
		                       last + 1);
	if (result == DB_ROW)
		page->focus = last + 1;
	return result;
}

static enum db_result
find_parties(struct req *req, struct page *page)
{
	const struct api_symbol *symbol = &page->symbol;
	bool method = is_kind(page, "method");
	const char *service = method ? symbol->parent : symbol->full_name;
	const char *name = method ? symbol->name : NULL;
	enum db_result result =
		api_party_list(req->db, req->arena, service, name, "provides",
	                       &page->providers);

	if (!failed(result))
		result = api_party_list(req->db, req->arena, service, name,
		                        "consumes", &page->consumers);
	if (!failed(result) && method)
		result = api_method_types(req->db, req->arena, page->at,
		                          symbol->full_name, &page->types);
	return result;
}

static enum db_result
find_type(struct req *req, struct page *page)
{
	enum db_result result = DB_ROW;

	if (is_kind(page, "message"))
		result = api_nested(req->db, req->arena, &page->symbol,
		                    &page->items);
	if (!failed(result))
		result = api_use_list(req->db, req->arena, page->at,
		                      page->symbol.full_name, "",
		                      USES_FIRST + 1, &page->uses);
	return result;
}

/* DB_NONE: nothing is called so. */
static enum db_result
find_page(struct req *req, const char *name, struct page *page)
{
	enum db_result result = api_symbol_find(req->db, req->arena, page->at,
	                                        name, &page->symbol);

	if (result == DB_NONE)
		result = find_part(req, name, page);
	if (result == DB_NONE)
		return find_package(req, name, page);
	if (result != DB_ROW)
		return result;
	if (is_kind(page, "service") || is_kind(page, "method"))
		result = find_parties(req, page);
	else if (is_kind(page, "message") || is_kind(page, "enum"))
		result = find_type(req, page);
	return failed(result) ? result : DB_ROW;
}

/* --- writing -------------------------------------------------------------- */

static void
write_symbol(struct req *req, struct json_out *out, const struct page *page)
{
	const struct api_symbol *symbol = &page->symbol;

	json_pair_text(out, "repository", req_path(req, "repository"));
	json_pair_raw(out, "revision", page->at->revision);
	json_pair_text(out, "kind", symbol->kind);
	json_pair_text(out, "name", symbol->name);
	json_pair_text(out, "fullName", symbol->full_name);
	json_pair_text(out, "package", symbol->package);
	json_pair_text(out, "parent", symbol->parent);
	json_pair_text(out, "focus", page->focus);
	json_pair_text(out, "file", symbol->path);
	json_pair_text(out, "syntax", symbol->syntax);
	json_pair_raw(out, "line",
	              symbol->line == NULL ? "null" : symbol->line);
	json_pair_bool(out, "deprecated", symbol->deprecated);
	json_pair_raw(out, "document", symbol->document);
}

static const char *
next_use(struct req *req, const void *list, const struct rows *rows, int row)
{
	return cursor_text(req, list, rows_text(rows, row, API_USE_NAME), "");
}

static void
write_types(struct json_out *out, const struct rows *types)
{
	json_key(out, "types");
	json_open(out, '{');
	for (int i = 0; i < types->count; i++)
		json_pair_raw(out, rows_text(types, i, API_TYPE_NAME),
		              rows_text(types, i, API_TYPE_DOCUMENT));
	json_close(out, '}');
}

static enum http_status
reply_page(struct req *req, const struct page *page)
{
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};

	(void)buf_reserve(&body, strlen(page->symbol.document) + 4096);
	json_open(&out, '{');
	write_symbol(req, &out, page);
	write_items(&out, "items", &page->items, page->items.count);
	write_names(&out, "files", &page->files);
	write_names(&out, "packages", &page->below);
	write_names(&out, "siblings", &page->siblings);
	write_items(&out, "providers", &page->providers, page->providers.count);
	write_items(&out, "consumers", &page->consumers, page->consumers.count);
	json_key(&out, "uses");
	json_open(&out, '{');
	write_page(req, &out, &page->uses, USES_FIRST, next_use, uses_list);
	json_close(&out, '}');
	write_types(&out, &page->types);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}

/* --- routes --------------------------------------------------------------- */

struct symbol_query {
	struct query_int revision;
};

enum http_status
get_symbol(struct req *req)
{
	static const struct query_field fields[] = {
		QUERY_REVISION(struct symbol_query, revision),
		QUERY_END,
	};
	const char *name = req_path(req, "name");
	struct symbol_query query = {0};
	struct api_revision at;
	struct page page = {.at = &at};
	enum http_status answered;

	if (!query_read(req, fields, &query))
		return problem_query(req);
	if (!revision_read(req, &query.revision, &at, &answered))
		return answered;
	enum db_result result = find_page(req, name, &page);
	if (result == DB_NONE)
		return problem_symbol(req, &at, name);
	if (result != DB_ROW)
		return problem_db(req, result, "symbol");
	return reply_page(req, &page);
}

struct uses_query {
	struct query_int revision;
	struct paging page;
};

enum http_status
list_uses(struct req *req)
{
	static const struct query_field fields[] = {
		QUERY_REVISION(struct uses_query, revision),
		QUERY_PAGING(struct uses_query, page),
		QUERY_END,
	};
	const char *name = req_path(req, "name");
	struct uses_query query = {0};
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct rows rows = {0};
	struct api_revision at;
	struct api_symbol symbol;
	const char *after;
	const char *rest;
	enum http_status answered;

	if (!query_read(req, fields, &query) ||
	    !cursor_read(req, uses_list, query.page.after, &after, &rest))
		return problem_query(req);
	if (!revision_read(req, &query.revision, &at, &answered))
		return answered;
	int64_t limit = paging_limit(&query.page);
	enum db_result result = api_use_list(req->db, req->arena, &at, name,
	                                     after, limit + 1, &rows);
	if (result == DB_NONE)
		result = api_symbol_find(req->db, req->arena, &at, name,
		                         &symbol);
	if (result == DB_NONE)
		return problem_symbol(req, &at, name);
	if (result != DB_ROW)
		return problem_db(req, result, "symbol");

	json_open(&out, '{');
	write_page(req, &out, &rows, limit, next_use, uses_list);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}
