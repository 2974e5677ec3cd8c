/* SPDX-License-Identifier: Apache-2.0 */
/* Request lines, "GET /path?query": the route, its parameters, the query. */
#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/str.h"
#include "fuzz.h"
#include "http/route.h"
#include "request.h"

#include <string.h>

static enum http_status
answer(struct req *req)
{
	(void)req;
	return HTTP_OK;
}

static const struct route routes[] = {
	{GET, "/api/v1/services", answer, SCOPE_ANY},
	{GET, "/api/v1/services/{id}", answer, SCOPE_ANY},
	{PUT, "/api/v1/services/{id}", answer, SCOPE_ANY},
	{GET, "/api/v1/services/{id}/versions/{number}", answer, SCOPE_ANY},
	{POST, "/api/v1/held-publishes/{publisher}/approve", answer, "admin"},
	{DELETE, "/{a}/{b}/{c}/{d}", answer, SCOPE_ANY},
	ROUTES_END,
};

enum {
	TEXT_MAX = 10,
	NUMBER_MIN = 1,
	NUMBER_MAX = 200,
};

struct query {
	const char *text;
	struct query_int number;
	bool flag;
	const char *word;
	const char *time;
	struct query_list list;
	const char *must;
};

static const char words[] = "name team tier";

static const struct query_field fields[] = {
	QUERY(TEXT, struct query, text, "text", .min = 1, .max = TEXT_MAX),
	QUERY(INT, struct query, number, "limit", .min = NUMBER_MIN,
              .max = NUMBER_MAX),
	QUERY(FLAG, struct query, flag, "flag"),
	QUERY(WORD, struct query, word, "sort", .words = words),
	QUERY(TIME, struct query, time, "at"),
	QUERY(LIST, struct query, list, "tag", .max = TEXT_MAX),
	QUERY(TEXT, struct query, must, "must", .required = true),
	QUERY_END,
};

/* --- escapes -------------------------------------------------------------- */

static void
encode(struct buf *out, const char *text)
{
	static const char digits[] = "0123456789ABCDEF";

	for (; *text != '\0'; text++) {
		buf_addc(out, '%');
		buf_addc(out, digits[(unsigned char)*text >> 4]);
		buf_addc(out, digits[(unsigned char)*text & 15]);
	}
}

static void
check_decode(struct arena *arena, const char *text, bool plus)
{
	struct buf encoded = {.arena = arena};
	const char *decoded = percent_decode(arena, text, strlen(text), plus);

	if (decoded == NULL)
		return;
	fuzz_check_line(decoded);
	HOLDS(strlen(decoded) <= strlen(text));
	encode(&encoded, decoded);
	const char *again =
		percent_decode(arena, buf_text(&encoded), encoded.len, !plus);
	HOLDS(again != NULL && strcmp(again, decoded) == 0);
}

/* --- routes --------------------------------------------------------------- */

/* The path that the pattern makes of the parameters. */
static const char *
path_of(struct arena *arena, const struct route_match *match)
{
	struct buf path = {.arena = arena};
	const char *p = match->route->pattern;
	size_t count = 0;

	while (*p != '\0') {
		if (*p != '{') {
			buf_addc(&path, *p++);
			continue;
		}
		const struct route_param *param = &match->params[count++];
		HOLDS(memcmp(p + 1, param->name, param->name_len) == 0);
		HOLDS(*param->value != '\0');
		fuzz_check_line(param->value);
		encode(&path, param->value);
		p += param->name_len + 2;
	}
	HOLDS(count == match->param_count);
	return buf_text(&path);
}

static void
check_route(struct arena *arena, enum method method, const char *path)
{
	struct route_match match;
	struct route_match again;

	if (route_find(routes, method, path, arena, &match)) {
		HOLDS(match.route->method == method);
		HOLDS((match.allow & 1u << method) != 0);
		const char *same = path_of(arena, &match);
		if (strlen(same) > PATH_BYTES_MAX)
			return;
		HOLDS(route_find(routes, method, same, arena, &again));
		HOLDS(again.route == match.route);
		return;
	}
	HOLDS(match.route == NULL);
	HOLDS(match.allow == 0 || strlen(path) <= PATH_BYTES_MAX);
	for (int i = 0; i < METHOD_END; i++)
		HOLDS(route_find(routes, (enum method)i, path, arena, &again) ==
		      ((match.allow & 1u << i) != 0));
}

/* --- the query ------------------------------------------------------------ */

static void
check_values(const struct query *q)
{
	int64_t us;

	HOLDS(q->must != NULL);
	fuzz_check_line(q->must);
	if (q->text != NULL) {
		fuzz_check_line(q->text);
		HOLDS(str_chars(q->text) >= 1);
		HOLDS(str_chars(q->text) <= TEXT_MAX);
	}
	HOLDS(!q->number.given ||
	      (q->number.value >= NUMBER_MIN && q->number.value <= NUMBER_MAX));
	HOLDS(q->word == NULL || str_has_word(words, q->word));
	HOLDS(q->time == NULL || clock_parse(q->time, &us));
	HOLDS(q->list.count <= QUERY_LIST_MAX);
	for (size_t i = 0; i < q->list.count; i++) {
		fuzz_check_line(q->list.items[i]);
		HOLDS(str_chars(q->list.items[i]) <= TEXT_MAX);
	}
}

static void
check_query(struct arena *arena, const char *text)
{
	struct query query = {0};
	struct req req;

	request_init(&req, arena);
	request_param(&req, "QUERY_STRING", text);
	bool good = query_read(&req, fields, &query);

	HOLDS(good == !faults_any(&req.faults));
	fuzz_check_faults(&req.faults, NULL, 0);
	for (size_t i = 0; i < req.faults.count; i++)
		HOLDS(req.faults.items[i].pointer[0] == '?');
	if (good)
		check_values(&query);
}

void
fuzz_input(const uint8_t *bytes, size_t len)
{
	struct arena *arena = fuzz_arena();
	char *method = fuzz_text(arena, bytes, len);
	char *target = method + strcspn(method, " ");

	check_decode(arena, method, false);
	check_decode(arena, method, true);
	if (*target != '\0')
		*target++ = '\0';
	char *query = target + strcspn(target, "?");
	if (*query != '\0')
		*query++ = '\0';
	check_route(arena, method_read(method), target);
	check_query(arena, query);
}
