/* SPDX-License-Identifier: Apache-2.0 */
#include "account.h"

#include "base/buf.h"
#include "base/str.h"
#include "db/sql.h"
#include "wire/json_out.h"

#include <pwd.h>
#include <stdio.h>
#include <unistd.h>

struct db *
account_open(struct cli *cli, enum exit_status *ret)
{
	if (!cli_settings(cli)) {
		*ret = EXIT_USAGE;
		return NULL;
	}
	if (str_empty(cli->settings.database)) {
		*ret = cli_say(cli, EXIT_USAGE,
		               "no database is named: set MDASH_CONFIG, or "
		               "MDASH_DATABASE for the role mdash_auth");
		return NULL;
	}
	struct db *db = cli_db(cli);
	if (db_connect(db) != DB_ROW) {
		*ret = cli_say(cli, EXIT_UNREACHABLE, "%s", db_error(db));
		return NULL;
	}
	return db;
}

/* Who is at the terminal, as far as this machine knows. */
static const char *
login_name(void)
{
	const struct passwd *entry = getpwuid(getuid());

	return entry == NULL ? "unknown" : entry->pw_name;
}

static enum db_result
audit(struct cli *cli, struct db *db, const char *action, const char *object)
{
	static const char who[] =
		"{\"subject\":\"operator\",\"kind\":\"operator\"}";
	struct buf detail = {.arena = cli->arena};
	struct json_out out = {.buf = &detail};

	json_open(&out, '{');
	json_pair_text(&out, "login", login_name());
	json_close(&out, '}');
	const struct arg args[] = {
		ARG_TEXT(who),    ARG_TEXT(action),
		ARG_TEXT(object), ARG_TEXT(buf_text(&detail)),
		ARGS_END,
	};
	return db_run(db, &sql_token_audit, args);
}

enum db_result
account_begin(struct cli *cli, struct db *db, const char *action,
              const char *object)
{
	enum db_result result = db_begin(db);

	if (result == DB_ROW)
		result = audit(cli, db, action, object);
	return result;
}

enum db_result
account_end(struct db *db, enum db_result result)
{
	if (result == DB_ROW)
		result = db_commit(db);
	db_rollback(db);
	return result;
}

enum exit_status
account_failed(const struct cli *cli, struct db *db, enum db_result result,
               const char *what)
{
	switch (result) {
	case DB_ROW:
		return EXIT_DONE;
	case DB_NONE:
		return cli_say(cli, EXIT_REFUSED, "there is no %s", what);
	case DB_CONFLICT:
		return cli_say(cli, EXIT_REFUSED, "%s is there already", what);
	case DB_AGAIN:
	case DB_DOWN:
	case DB_TIMEOUT:
		return cli_say(cli, EXIT_UNREACHABLE, "%s", db_error(db));
	case DB_ERROR:
	case DB_RESULT_END:
		break;
	}
	(void)cli_say(cli, EXIT_REFUSED, "%s", db_error(db));
	/* The most likely reason: the settings of the other programs. */
	return cli_say(cli, EXIT_REFUSED,
	               "accounts need the database role mdash_auth: let "
	               "MDASH_DATABASE say user=mdash_auth");
}

void
account_cell(const char *text, int width)
{
	int gap = width - (int)str_chars(text);

	(void)printf("%s%*s", text, gap > 2 ? gap : 2, "");
}
