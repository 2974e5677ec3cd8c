/* SPDX-License-Identifier: Apache-2.0 */
#include "store/team.h"

#include "base/str.h"
#include "db/sql.h"
#include "store/spec_rules.h"

#include <string.h>

enum {
	TEAM_NAME_MAX = 63, /* characters */
};

bool
team_name_is_valid(const char *name)
{
	return str_is_utf8(name, strlen(name)) && str_is_line(name) &&
	       str_chars(name) <= TEAM_NAME_MAX &&
	       rule_form_matches(FORM_TEAM, name);
}

enum db_result
team_facts(struct db *db, struct arena *arena, const char *team, const char *at,
           struct rows *ret)
{
	const struct arg args[] = {ARG_TEXT(team), ARG_TEXT(at), ARGS_END};

	return db_rows(db, arena, &sql_team_facts, args, ret);
}

enum db_result
team_contacts(struct db *db, struct arena *arena, const char *team,
              const char *at, struct rows *ret)
{
	const struct arg args[] = {ARG_TEXT(team), ARG_TEXT(at), ARGS_END};

	return db_rows(db, arena, &sql_team_contacts, args, ret);
}

enum db_result
team_members(struct db *db, struct arena *arena, const char *team,
             struct rows *ret)
{
	const struct arg args[] = {ARG_TEXT(team), ARGS_END};

	return db_rows(db, arena, &sql_team_members, args, ret);
}

enum db_result
team_nearest(struct db *db, struct arena *arena, const char *team,
             struct rows *ret)
{
	const struct arg args[] = {ARG_TEXT(team), ARGS_END};

	return db_rows(db, arena, &sql_team_nearest, args, ret);
}
