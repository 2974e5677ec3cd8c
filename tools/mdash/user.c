/* SPDX-License-Identifier: Apache-2.0 */
#include "store/user.h"

#include "account.h"
#include "base/arena.h"
#include "base/str.h"
#include "command.h"
#include "password.h"
#include "store/team.h"

#include <stdio.h>
#include <string.h>

struct user_options {
	const char *role;
	const char *display;
	struct words teams;
	struct password_source password;
	bool must_change;
};

static const struct opt create_options[] = {
	OPT_TEXT(struct user_options, role, "role", "ROLE",
                 "viewer or admin [viewer]"),
	OPT_WORDS(struct user_options, teams, "team", "TEAM",
                  "a team it belongs to; may be repeated"),
	OPT_TEXT(struct user_options, display, "display", "TEXT",
                 "the name that others see [NAME]"),
	OPT_FLAG(struct user_options, password.from_stdin, "password-stdin",
                 "the password is the first line of the input"),
	OPT_FLAG(struct user_options, password.random, "random-password",
                 "make a password up and print it, this once"),
	OPT_FLAG(struct user_options, must_change, "must-change",
                 "it has to be changed at the first sign-in"),
	OPTS_END,
};

static const struct opt password_options[] = {
	OPT_FLAG(struct user_options, password.from_stdin, "password-stdin",
                 "the password is the first line of the input"),
	OPT_FLAG(struct user_options, password.random, "random-password",
                 "make a password up and print it, this once"),
	OPT_FLAG(struct user_options, must_change, "must-change",
                 "it has to be changed at the next sign-in"),
	OPTS_END,
};

static const struct opt no_options[] = {OPTS_END};

static const char create_text[] =
	"Makes an account for signing in to the page. The password is asked "
	"for at the\n"
	"terminal, unless an option says where it comes from.\n"
	"\n"
	"  mdash user create admin --role admin --random-password\n"
	"  mdash user create anna --team wallet --team payments-core\n"
	"\n"
	"Viewers see everything and may publish for their teams; admins may do "
	"all.\n";

static const char list_text[] =
	"Prints all accounts with role, state and teams.\n";

static const char password_text[] =
	"Sets a new password; all sessions of the account end.\n"
	"\n"
	"  mdash user password anna --random-password --must-change\n";

static const char disable_text[] =
	"Ends all sessions of the account and stops its personal tokens; it "
	"cannot\n"
	"sign in until `mdash user enable`.\n";

static const char enable_text[] = "Undoes `mdash user disable`.\n";

static const char team_text[] =
	"Sets the teams of an account to these; without a team it belongs to "
	"none.\n"
	"\n"
	"  mdash user team anna wallet payments-core\n"
	"  mdash user team anna\n";

static const char *
user_called(struct cli *cli, const char *name)
{
	return arena_printf(cli->arena, "user %s", name);
}

static bool
teams_are_good(struct cli *cli, const char *const *teams, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (team_name_is_valid(teams[i]))
			continue;
		(void)cli_say(cli, EXIT_USAGE, "\"%s\" is no name of a team",
		              teams[i]);
		return false;
	}
	return true;
}

static bool
draft_is_good(struct cli *cli, const char *name, const struct user_options *o)
{
	if (!user_name_is_valid(name)) {
		(void)cli_say(cli, EXIT_USAGE,
		              "\"%s\" is no user name: a-z, 0-9 and ._- with a "
		              "letter or digit first, %d characters at most",
		              name, USER_NAME_MAX);
		return false;
	}
	if (o->display != NULL &&
	    (!str_is_utf8(o->display, strlen(o->display)) ||
	     !str_is_line(o->display))) {
		(void)cli_say(cli, EXIT_USAGE,
		              "--display is one line of UTF-8");
		return false;
	}
	if (strcmp(o->role, "viewer") != 0 && strcmp(o->role, "admin") != 0) {
		(void)cli_say(cli, EXIT_USAGE,
		              "--role is viewer or admin, not \"%s\"", o->role);
		return false;
	}
	return teams_are_good(cli, o->teams.items, o->teams.count);
}

/* The password in clear, checked; NULL: it has said why. */
static const char *
new_password(struct cli *cli, const struct user_options *o)
{
	const char *password = password_take(cli, &o->password);

	if (password == NULL)
		return NULL;
	if (!str_is_utf8(password, strlen(password)) ||
	    str_chars(password) < PASSWORD_MIN ||
	    str_chars(password) > PASSWORD_MAX) {
		(void)cli_say(cli, EXIT_USAGE,
		              "a password has %d to %d characters",
		              PASSWORD_MIN, PASSWORD_MAX);
		return NULL;
	}
	return password;
}

static void
print_random(const struct user_options *o, const char *password)
{
	if (o->password.random)
		(void)puts(password);
}

static const char *
object_of(struct cli *cli, const char *name)
{
	return arena_printf(cli->arena, "user:%s", name);
}

static enum db_result
insert(struct cli *cli, struct db *db, const char *name,
       const struct user_options *o, const char *password)
{
	enum db_result result =
		account_begin(cli, db, "user.create", object_of(cli, name));

	if (result == DB_ROW)
		result = user_create(db, cli->arena, name,
		                     o->display == NULL ? name : o->display,
		                     o->role, password, o->must_change);
	if (result == DB_ROW)
		result = user_set_teams(db, cli->arena, name, o->teams.items,
		                        o->teams.count);
	return account_end(db, result);
}

static enum exit_status
create(struct cli *cli)
{
	struct user_options o = {.role = "viewer"};
	enum exit_status status;

	if (!cli_read(cli, &o))
		return EXIT_USAGE;
	const char *name = cli->operands.items[0];
	if (!draft_is_good(cli, name, &o))
		return EXIT_USAGE;
	const char *password = new_password(cli, &o);
	if (password == NULL)
		return EXIT_USAGE;

	struct db *db = account_open(cli, &status);
	if (db == NULL)
		return status;
	enum db_result result = insert(cli, db, name, &o, password);
	if (result != DB_ROW)
		return account_failed(cli, db, result, user_called(cli, name));
	print_random(&o, password);
	return EXIT_DONE;
}

static enum exit_status
list(struct cli *cli)
{
	enum exit_status status;
	struct user *users;
	size_t count;
	char nothing = 0;

	if (!cli_read(cli, &nothing))
		return EXIT_USAGE;
	struct db *db = account_open(cli, &status);
	if (db == NULL)
		return status;
	enum db_result result = user_list(db, cli->arena, &users, &count);
	if (result != DB_ROW && result != DB_NONE)
		return account_failed(cli, db, result, "user");

	for (size_t i = 0; i < count; i++) {
		account_cell(users[i].name, 20);
		account_cell(users[i].role, 8);
		account_cell(users[i].disabled ? "disabled" : "active", 10);
		account_cell(users[i].display_name, 20);
		(void)puts(users[i].teams);
	}
	return EXIT_DONE;
}

static enum exit_status
set_password(struct cli *cli)
{
	struct user_options o = {0};
	enum exit_status status;

	if (!cli_read(cli, &o))
		return EXIT_USAGE;
	const char *name = cli->operands.items[0];
	const char *password = new_password(cli, &o);
	if (password == NULL)
		return EXIT_USAGE;

	struct db *db = account_open(cli, &status);
	if (db == NULL)
		return status;
	enum db_result result =
		account_begin(cli, db, "password.set", object_of(cli, name));
	if (result == DB_ROW)
		result = user_set_password(db, cli->arena, name, NULL, password,
		                           o.must_change, NULL);
	result = account_end(db, result);
	if (result != DB_ROW)
		return account_failed(cli, db, result, user_called(cli, name));
	print_random(&o, password);
	return EXIT_DONE;
}

static enum exit_status
set_disabled(struct cli *cli, bool disabled)
{
	enum exit_status status;
	char nothing = 0;

	if (!cli_read(cli, &nothing))
		return EXIT_USAGE;
	const char *name = cli->operands.items[0];
	struct db *db = account_open(cli, &status);
	if (db == NULL)
		return status;
	enum db_result result = account_begin(
		cli, db, disabled ? "user.disable" : "user.enable",
		object_of(cli, name));
	if (result == DB_ROW)
		result = user_set_disabled(db, name, disabled);
	return account_failed(cli, db, account_end(db, result),
	                      user_called(cli, name));
}

static enum exit_status
disable(struct cli *cli)
{
	return set_disabled(cli, true);
}

static enum exit_status
enable(struct cli *cli)
{
	return set_disabled(cli, false);
}

static enum exit_status
set_teams(struct cli *cli)
{
	enum exit_status status;
	char nothing = 0;

	if (!cli_read(cli, &nothing))
		return EXIT_USAGE;
	const char *name = cli->operands.items[0];
	const char *const *teams = cli->operands.items + 1;
	size_t count = cli->operands.count - 1;
	if (!teams_are_good(cli, teams, count))
		return EXIT_USAGE;

	struct db *db = account_open(cli, &status);
	if (db == NULL)
		return status;
	enum db_result result =
		account_begin(cli, db, "user.team", object_of(cli, name));
	if (result == DB_ROW)
		result = user_set_teams(db, cli->arena, name, teams, count);
	return account_failed(cli, db, account_end(db, result),
	                      user_called(cli, name));
}

#define ONE_NAME .operands = "NAME", .operands_min = 1, .operands_max = 1

const struct command user_commands[] = {
	{
		.name = "user create",
		ONE_NAME,
		.summary = "Make an account",
		.text = create_text,
		.options = create_options,
		.run = create,
	},
	{
		.name = "user list",
		.summary = "List accounts",
		.text = list_text,
		.options = no_options,
		.run = list,
	},
	{
		.name = "user password",
		ONE_NAME,
		.summary = "Set a new password",
		.text = password_text,
		.options = password_options,
		.run = set_password,
	},
	{
		.name = "user disable",
		ONE_NAME,
		.summary = "Keep an account from signing in",
		.text = disable_text,
		.options = no_options,
		.run = disable,
	},
	{
		.name = "user enable",
		ONE_NAME,
		.summary = "Let a disabled account sign in again",
		.text = enable_text,
		.options = no_options,
		.run = enable,
	},
	{
		.name = "user team",
		.operands = "NAME [TEAM...]",
		.operands_min = 1,
		.operands_max = OPERANDS_ANY,
		.summary = "Set the teams of an account",
		.text = team_text,
		.options = no_options,
		.run = set_teams,
	},
	COMMANDS_END,
};
