/* SPDX-License-Identifier: Apache-2.0 */
#include "base/attr.h"
#include "base/clock.h"
#include "base/str.h"
#include "command.h"
#include "db/db.h"
#include "db/schema.h"
#include "db/sql.h"
#include "doctor.h"
#include "store/reader.h"

#include <inttypes.h>
#include <string.h>

enum {
	VERSION_MIN = 150000,
	SKEW_WARN_US = 2 * 1000 * 1000,
	SKEW_FAIL_US = 30 * 1000 * 1000,
	LAG_WARN_S = 5,
	LAG_FAIL_S = 60,
	CONNECTIONS_WARN = 85, /* percent */
};

struct server {
	const char *version;
	int64_t number;
	const char *role;
	const char *database;
	int64_t bytes;
	const char *encoding;
	const char *locale;
	bool standby;
	int64_t clock_us;
	int64_t connections;
	int64_t connected;
};

static const struct column server_columns[] = {
	COL_TEXT(struct server, version),  COL_INT(struct server, number),
	COL_TEXT(struct server, role),     COL_TEXT(struct server, database),
	COL_INT(struct server, bytes),     COL_TEXT(struct server, encoding),
	COL_TEXT(struct server, locale),   COL_BOOL(struct server, standby),
	COL_INT(struct server, clock_us),  COL_INT(struct server, connections),
	COL_INT(struct server, connected), COLS_END,
};

static void
check_server(struct doctor *d, const struct server *s)
{
	doctor_tell(d, s->number < VERSION_MIN ? VERDICT_FAIL : VERDICT_OK,
	            "database",
	            s->number < VERSION_MIN ? "PostgreSQL 15 or newer is needed"
	                                    : NULL,
	            "PostgreSQL %s, database %s as %s, %" PRId64 " MB",
	            s->version, s->database, s->role, s->bytes >> 20);
	if (s->standby)
		doctor_tell(d, VERDICT_FAIL, "database",
		            "let the setting \"database\" name the primary",
		            "the server is a standby and takes no changes");
	if (strcmp(s->encoding, "UTF8") != 0 || strcmp(s->locale, "C") == 0)
		doctor_tell(d, VERDICT_FAIL, "encoding",
		            "make the database anew with encoding UTF8 and "
		            "locale C.UTF-8",
		            "%s with locale %s: search cannot fold letters",
		            s->encoding, s->locale);
	if (s->connected * 100 > s->connections * CONNECTIONS_WARN)
		doctor_tell(d, VERDICT_WARN, "connections",
		            "raise max_connections, or run fewer handlers",
		            "%" PRId64 " of %" PRId64 " are in use",
		            s->connected, s->connections);
}

/* Half of the time the question took is taken for the way there. */
static void
check_clock(struct doctor *d, const struct server *s, int64_t asked_us,
            int64_t answered_us)
{
	int64_t skew_us =
		s->clock_us - (asked_us + (answered_us - asked_us) / 2);
	int64_t size_us = skew_us < 0 ? -skew_us : skew_us;
	enum verdict verdict = size_us > SKEW_FAIL_US   ? VERDICT_FAIL
	                       : size_us > SKEW_WARN_US ? VERDICT_WARN
	                                                : VERDICT_OK;

	doctor_tell(d, verdict, "clock",
	            verdict == VERDICT_OK
	                    ? NULL
	                    : "let both machines keep time by NTP",
	            "the database's differs by %.3f s", (double)skew_us / 1e6);
}

static bool
check_schema(struct doctor *d, struct db *db)
{
	int64_t number;
	enum db_result result = schema_number(db, d->cli->arena, &number);

	if (result == DB_ROW && number == SCHEMA_NUMBER) {
		doctor_tell(d, VERDICT_OK, "schema", NULL, "%d, as needed",
		            SCHEMA_NUMBER);
		return true;
	}
	if (result == DB_ROW)
		doctor_tell(d, VERDICT_FAIL, "schema",
		            number < SCHEMA_NUMBER
		                    ? "run mdash-migrate"
		                    : "install the programs that belong to it",
		            "%" PRId64 ", these programs need %d", number,
		            SCHEMA_NUMBER);
	else
		doctor_tell(d, VERDICT_FAIL, "schema",
		            "run mdash-migrate, as mdash_owner", "%s",
		            db_error(db));
	return false;
}

static void
check_roles(struct doctor *d, struct db *db)
{
	const struct arg none[] = {ARGS_END};
	struct rows rows;
	enum db_result result =
		db_rows(db, d->cli->arena, &sql_doctor_grants, none, &rows);

	if (result == DB_NONE)
		doctor_tell(d, VERDICT_OK, "roles", NULL,
		            "each may do what it needs and no more");
	else if (result != DB_ROW)
		doctor_tell(d, VERDICT_FAIL, "roles", "run mdash-migrate", "%s",
		            db_error(db));
	for (int i = 0; result == DB_ROW && i < rows.count; i++)
		doctor_tell(d, VERDICT_FAIL, "roles",
		            i + 1 < rows.count
		                    ? NULL
		                    : "run mdash-migrate: it sets all rights",
		            "%s", rows_text(&rows, i, 0));
}

static void
check_reader(struct doctor *d, struct db *db)
{
	struct reader_lag lag;
	enum db_result result = reader_lag(db, d->cli->arena, "stream", &lag);

	if (result != DB_ROW) {
		/* mdash_auth has no business there. */
		doctor_tell(d, VERDICT_WARN, "live updates",
		            "run the doctor with the role mdash_app", "%s",
		            db_error(db));
		return;
	}
	enum verdict verdict = !lag.known || lag.seconds > LAG_FAIL_S
	                               ? VERDICT_FAIL
	                       : lag.seconds > LAG_WARN_S ? VERDICT_WARN
	                                                  : VERDICT_OK;
	const char *todo = "see the log of mdash-worker, and whether a "
			   "transaction has been open for long";

	if (!lag.known)
		doctor_tell(d, verdict, "live updates", "start mdash-worker",
		            "the worker has never run");
	else if (lag.events == 0)
		doctor_tell(d, verdict, "live updates", NULL,
		            "the worker has told every event");
	else
		doctor_tell(d, verdict, "live updates",
		            verdict == VERDICT_OK ? NULL : todo,
		            "%" PRId64 " events to tell, the oldest %" PRId64
		            " s old",
		            lag.events, lag.seconds);
}

void
doctor_database(struct doctor *d)
{
	struct cli *cli = d->cli;
	const struct arg none[] = {ARGS_END};
	struct server server;

	if (str_empty(cli->settings.database)) {
		doctor_tell(d, VERDICT_FAIL, "database",
		            "set \"database\" in mdash.conf, or "
		            "MDASH_DATABASE",
		            "no database is named");
		return;
	}
	struct db *db = cli_db(cli);
	if (db_connect(db) != DB_ROW) {
		doctor_tell(d, VERDICT_FAIL, "database",
		            "is PostgreSQL running, and is the setting "
		            "\"database\" right?",
		            "%s", db_error(db));
		return;
	}
	int64_t asked_us = clock_wall_us();
	if (db_one(db, cli->arena, &sql_doctor_server, none, server_columns,
	           &server) != DB_ROW) {
		doctor_tell(d, VERDICT_FAIL, "database", "see PostgreSQL's log",
		            "%s", db_error(db));
		return;
	}
	int64_t answered_us = clock_wall_us();

	check_server(d, &server);
	check_clock(d, &server, asked_us, answered_us);
	if (check_schema(d, db)) {
		check_roles(d, db);
		check_reader(d, db);
	}
}
