/* SPDX-License-Identifier: Apache-2.0 */
#include "http/req.h"

#include "fcgi_fake.h"
#include "text.h"
#include "unit.h"

struct search {
	const char *q;
	struct query_int limit;
	struct query_int any;
	bool deleted;
	const char *sort;
	const char *at;
	struct query_list tags;
};

static const struct query_field fields[] = {
	QUERY(TEXT, struct search, q, "q", .min = 1, .max = 4),
	QUERY(INT, struct search, limit, "limit", .min = 1, .max = 100),
	QUERY(INT, struct search, any, "any"),
	QUERY(FLAG, struct search, deleted, "deleted"),
	QUERY(WORD, struct search, sort, "sort", .words = "name -name tier"),
	QUERY(TIME, struct search, at, "at"),
	QUERY(LIST, struct search, tags, "tag", .max = 3),
	QUERY_END,
};

static bool
search_for(struct arena *arena, const char *query, struct search *ret,
           const char **ret_faults)
{
	struct req *req = fake_req(arena);

	*ret = (struct search){0};
	if (query != NULL)
		fake_param(req, "QUERY_STRING", query);
	bool good = query_read(req, fields, ret);
	*ret_faults = text_faults(arena, &req->faults);
	return good;
}

static void
all(void **state)
{
	struct search s;
	const char *faults;

	assert_true(search_for(*state,
	                       "q=%E6%B1%BA%E6%B8%88&limit=100&any=0&deleted=1"
	                       "&sort=-name&at=2026-11-24T00:00:00%2B09:00"
	                       "&tag=a+b&tag=%2B&tag=",
	                       &s, &faults));
	assert_string_equal(s.q, "決済");
	assert_true(s.limit.given);
	assert_int_equal(s.limit.value, 100);
	assert_true(s.any.given);
	assert_true(s.deleted);
	assert_string_equal(s.sort, "-name");
	assert_string_equal(s.at, "2026-11-24T00:00:00+09:00");
	assert_int_equal(s.tags.count, 3);
	assert_string_equal(s.tags.items[0], "a b");
	assert_string_equal(s.tags.items[1], "+");
	assert_string_equal(s.tags.items[2], "");
}

static void
absent(void **state)
{
	static const char *const queries[] = {NULL, "", "&", "&&&"};

	for (size_t i = 0; i < ARRAY_LEN(queries); i++) {
		struct search s;
		const char *faults;

		assert_true(search_for(*state, queries[i], &s, &faults));
		assert_null(s.q);
		assert_false(s.limit.given);
		assert_false(s.deleted);
		assert_null(s.sort);
		assert_int_equal(s.tags.count, 0);
	}
}

static const struct {
	const char *query;
	const char *faults;
} queries[] = {
	{"q=abcd", ""},
	{"q=abcde", "too-long ?q 0:0"},
	{"q=%E6%B1%BA%E6%B1%BA%E6%B1%BA%E6%B1%BA", ""},
	{"q=", "too-short ?q 0:0"},
	{"q", "too-short ?q 0:0"},
	{"&q=a&", ""},
	{"q=a=b", ""},
	{"q=a&q=a", "repeated ?q 0:0"},
	{"%71=a", ""},
	{"limit=1", ""},
	{"limit=0", "range ?limit 0:0"},
	{"limit=101", "range ?limit 0:0"},
	{"limit=-1", "range ?limit 0:0"},
	{"limit=1.5", "range ?limit 0:0"},
	{"limit=", "range ?limit 0:0"},
	{"limit=%2010", "range ?limit 0:0"},
	{"limit=99999999999999999999", "range ?limit 0:0"},
	{"any=9223372036854775807", ""},
	{"any=-1", "range ?any 0:0"},
	{"deleted=0", ""},
	{"deleted=true", "enum ?deleted 0:0"},
	{"deleted=", "enum ?deleted 0:0"},
	{"sort=name", ""},
	{"sort=Name", "enum ?sort 0:0"},
	{"sort=name+tier", "enum ?sort 0:0"},
	{"sort=", "enum ?sort 0:0"},
	{"at=2026-11-24T00:00:00Z", ""},
	{"at=2026-11-24T00:00:00+09:00", "time ?at 0:0"},
	{"at=yesterday", "time ?at 0:0"},
	{"tag=abc", ""},
	{"tag=abcd", "too-long ?tag 0:0"},
	{"colour=red", "unknown ?colour 0:0"},
	{"Q=a", "unknown ?Q 0:0"},
	{"=a", "unknown ? 0:0"},
	{"q%5B%5D=a", "unknown ?q[] 0:0"},
	{"q=%", "encoding ?q 0:0"},
	{"q=%00", "encoding ?q 0:0"},
	{"q=%0A", "encoding ?q 0:0"},
	{"q=%ff", "encoding ?q 0:0"},
	{"q=a\x01", "encoding ?q 0:0"},
	{"%ff=a", "encoding ? 0:0"},
	{"limit=x&sort=y&z=1",
         "range ?limit 0:0; enum ?sort 0:0; unknown ?z 0:0"},
};

static void
judged(void **state)
{
	for (size_t i = 0; i < ARRAY_LEN(queries); i++) {
		struct search s;
		const char *faults;
		bool good = search_for(*state, queries[i].query, &s, &faults);

		row_text(queries[i].query, faults, queries[i].faults);
		row_int(queries[i].query, good, queries[i].faults[0] == '\0');
	}
}

static void
lists(void **state)
{
	struct search s;
	const char *faults;

	assert_true(search_for(*state,
	                       text_times(*state, "tag=x&", QUERY_LIST_MAX), &s,
	                       &faults));
	assert_int_equal(s.tags.count, QUERY_LIST_MAX);
	assert_false(search_for(
		*state, text_times(*state, "tag=x&", QUERY_LIST_MAX + 1), &s,
		&faults));
	assert_string_equal(faults, "too-many ?tag 0:0");
}

static void
length(void **state)
{
	struct search s;
	const char *faults;
	const char *longest = text_times(*state, "&", QUERY_BYTES_MAX);

	assert_true(search_for(*state, longest, &s, &faults));
	assert_false(search_for(*state, arena_printf(*state, "%s&", longest),
	                        &s, &faults));
	assert_string_equal(faults, "too-long ? 0:0");
}

static void
required(void **state)
{
	static const struct query_field wanted[] = {
		QUERY(TEXT, struct search, q, "q", .required = true),
		QUERY(LIST, struct search, tags, "tag", .required = true),
		QUERY_END,
	};
	struct req *req = fake_req(*state);
	struct search s = {0};

	fake_param(req, "QUERY_STRING", "tag=a");
	assert_false(query_read(req, wanted, &s));
	assert_string_equal(text_faults(*state, &req->faults),
	                    "required ?q 0:0");
}

/* Attributes of messages, with pointers of their own. */
static void
values(void **state)
{
	struct req *req = fake_req(*state);
	struct search s = {0};

	query_value(req, &fields[1], "#/attributes/limit", "7", &s);
	assert_int_equal(s.limit.value, 7);
	query_value(req, &fields[1], "#/attributes/limit", "x", &s);
	query_value(req, &fields[4], "#/attributes/sort", "x", &s);
	query_value(req, &fields[3], "#/attributes/deleted", "2", &s);
	assert_string_equal(text_faults(*state, &req->faults),
	                    "range #/attributes/limit 0:0; "
	                    "enum #/attributes/sort 0:0; "
	                    "enum #/attributes/deleted 0:0");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("each type of parameter is read", all),
		CHECK("what is absent stays as it was", absent),
		CHECK("every fault is told, all at once", judged),
		CHECK("a list has ten items at most", lists),
		CHECK("a query has 8,192 bytes at most", length),
		CHECK("what is required must be there", required),
		CHECK("values from elsewhere follow the same rules", values),
	};

	return unit_run(tests);
}
