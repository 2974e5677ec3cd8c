/* SPDX-License-Identifier: Apache-2.0 */
/* What needs no server; with one, t/sql tests it. */
#include "db/db.h"

#include "base/clock.h"
#include "process.h"
#include "unit.h"

static const struct statement nothing = {"nothing", "SELECT 1"};

static struct db *
nowhere(struct arena *arena)
{
	const struct db_settings settings = {
		.conninfo = arena_printf(arena, "host=%s dbname=x",
	                                 process_folder(arena)),
		.program = "unit",
		.statement_timeout_ms = 1000,
		.connect_timeout_ms = 1000,
	};

	return db_new(&settings);
}

static void
down(void **state)
{
	struct db *db AUTO(db_free) = nowhere(*state);
	const struct arg args[] = {ARG_INT(1), ARGS_END};
	struct rows rows = {.count = 99};
	int64_t value = 99;

	assert_int_equal(db_connect(db), DB_DOWN);
	assert_true(strlen(db_error(db)) > 0);
	assert_null(strchr(db_error(db), '\n'));
	assert_int_equal(db_generation(db), 1);
	assert_int_equal(db_run(db, &nothing, args), DB_DOWN);
	assert_int_equal(db_rows(db, *state, &nothing, NULL, &rows), DB_DOWN);
	assert_int_equal(db_one(db, *state, &nothing, NULL, NULL, &value),
	                 DB_DOWN);
	assert_int_equal(db_script(db, "SELECT 1"), DB_DOWN);
	assert_int_equal(rows.count, 99);
	assert_int_equal(value, 99);
}

static void
transactions(void **state)
{
	struct db *db AUTO(db_free) = nowhere(*state);

	db_rollback(db);
	assert_int_equal(db_begin(db), DB_DOWN);
	assert_int_equal(db_commit(db), DB_DOWN);
	assert_int_equal(db_part_begin(db, 100), DB_DOWN);
	assert_int_equal(db_part_end(db, true), DB_DOWN);
	assert_int_equal(db_part_end(db, false), DB_DOWN);
	db_rollback(db);
}

/* After a failure the next attempts fail at once, for a while. */
static void
pausing(void **state)
{
	struct db *db AUTO(db_free) = nowhere(*state);

	int64_t start_us = clock_monotonic_us();
	int64_t now_us = start_us;

	assert_int_equal(db_connect(db), DB_DOWN);
	while (db_generation(db) == 1 && now_us < start_us + 5000 * 1000) {
		assert_int_equal(db_connect(db), DB_DOWN);
		now_us = clock_monotonic_us();
	}
	assert_int_equal(db_generation(db), 2);
	assert_true(now_us - start_us >= 50 * 1000);
}

static void
bad_settings(void **state)
{
	static const char *const texts[] = {
		"colour=red",
		"=",
		"host='/x",
		"postgresql://[",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		const struct db_settings settings = {
			.conninfo = texts[i],
			.program = "unit",
			.connect_timeout_ms = 1000,
		};
		struct db *db AUTO(db_free) = NULL;

		db = db_new(&settings);
		row_int(texts[i], db_connect(db), DB_DOWN);
		row_true(texts[i], strlen(db_error(db)) > 0);
	}
}

static void
freed(void **state)
{
	struct db *db = nowhere(*state);

	db_free(&db);
	assert_null(db);
	db_free(&db);
}

static void
arrays(void **state)
{
	static const char *const texts[] = {
		"a",    "",     "NULL", "a,b",  "{}",
		"a\"b", "a\\b", "a b",  "決済", "'",
	};
	static const struct {
		size_t from;
		size_t count;
		const char *want;
	} cases[] = {
		{0, 0, "{}"},
		{0, 1, "{\"a\"}"},
		{1, 1, "{\"\"}"},
		{2, 3, "{\"NULL\",\"a,b\",\"{}\"}"},
		{5, 2, "{\"a\\\"b\",\"a\\\\b\"}"},
		{7, 3, "{\"a b\",\"決済\",\"'\"}"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		row_text(cases[i].want,
		         db_text_array(*state, texts + cases[i].from,
		                       cases[i].count),
		         cases[i].want);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("without a server everything is down, with a reason",
	              down),
		CHECK("transactions without a server leave nothing behind",
	              transactions),
		CHECK("a failed connection is not tried again at once",
	              pausing),
		CHECK("a malformed connection string is told", bad_settings),
		CHECK("freeing clears the pointer", freed),
		CHECK("texts become an array of SQL", arrays),
	};

	return unit_run(tests);
}
