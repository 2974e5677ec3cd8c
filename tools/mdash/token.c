/* SPDX-License-Identifier: Apache-2.0 */
#include "store/token.h"

#include "account.h"
#include "base/arena.h"
#include "base/str.h"
#include "command.h"
#include "store/team.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct token_options {
	const char *kind;
	const char *team;
	const char *user;
	struct words scopes;
	struct words services;
	int64_t days;
};

static const struct opt create_options[] = {
	OPT_TEXT(struct token_options, kind, "kind", "KIND",
                 "ci, system or personal [ci]"),
	OPT_WORDS(struct token_options, scopes, "scope", "SCOPE",
                  "what it may do; may be repeated"),
	OPT_TEXT(struct token_options, team, "team", "TEAM",
                 "ci, system: only services of this team"),
	OPT_WORDS(struct token_options, services, "service", "GLOB",
                  "only services like this, e.g. pay-*; may be repeated"),
	OPT_TEXT(struct token_options, user, "user", "NAME",
                 "personal: the account whose token it is"),
	OPT_INT(struct token_options, days, "days", "N",
                "how long it works [90]"),
	OPTS_END,
};

static const struct opt no_options[] = {OPTS_END};

static const char create_text[] =
	"Makes an API token and prints its secret: this once, it is stored "
	"nowhere.\n"
	"\n"
	"  mdash token create wallet-ci --kind ci --team wallet "
	"--scope ingest:write\n"
	"  mdash token create monorepo --scope ingest:write "
	"--service 'pay-*' --days 365\n"
	"  mdash token create check --scope ingest:validate\n"
	"  mdash token create tracker --kind system --scope todos:write "
	"--scope events:read\n"
	"  mdash token create laptop --kind personal --user anna "
	"--scope catalog:read\n"
	"\n"
	"A ci token without a team may publish services of all teams.\n";

static const char list_text[] =
	"Prints tokens without their secrets: id, kind, state, last day, name, "
	"whose it\n"
	"is, what it may do, when it was last used. Those that ended more than "
	"30 days\n"
	"ago are left out.\n";

static const char revoke_text[] =
	"Makes a token useless within seconds. The id is the first column of\n"
	"`mdash token list`.\n"
	"\n"
	"  mdash token revoke 17\n";

static bool
refuse(struct cli *cli, const char *text)
{
	(void)cli_say(cli, EXIT_USAGE, "%s", text);
	return false;
}

static bool
scopes_are_good(struct cli *cli, const struct token_options *o)
{
	const char *all = token_scopes(o->kind);

	if (o->scopes.count == 0)
		return refuse(cli, arena_printf(cli->arena,
		                                "--scope is missing; for a %s "
		                                "token: %s",
		                                o->kind, all));
	for (size_t i = 0; i < o->scopes.count; i++) {
		if (!token_may_have(o->kind, o->scopes.items[i]))
			return refuse(
				cli,
				arena_printf(cli->arena,
			                     "a %s token may not have the "
			                     "scope \"%s\", only: %s",
			                     o->kind, o->scopes.items[i], all));
	}
	return true;
}

static bool
draft_is_good(struct cli *cli, const char *name, const struct token_options *o)
{
	bool personal = strcmp(o->kind, "personal") == 0;

	if (!str_has_word(token_kinds(), o->kind))
		return refuse(cli,
		              arena_printf(cli->arena, "--kind is one of: %s",
		                           token_kinds()));
	if (str_empty(name) || !str_is_utf8(name, strlen(name)) ||
	    !str_is_line(name) || str_chars(name) > TOKEN_NAME_MAX)
		return refuse(cli, "a token's name is one line of 1 to 100 "
		                   "characters");
	if (o->days < 1 || o->days > TOKEN_DAYS_MAX)
		return refuse(cli, "--days is 1 to 365");
	if (personal != (o->user != NULL))
		return refuse(cli, "--user belongs to --kind personal, and "
		                   "that needs it");
	if (o->team != NULL && personal)
		return refuse(cli, "--team belongs to --kind ci and system");
	if (o->team != NULL && !team_name_is_valid(o->team))
		return refuse(cli, arena_printf(cli->arena,
		                                "\"%s\" is no name of a team",
		                                o->team));
	for (size_t i = 0; i < o->services.count; i++) {
		if (!token_glob_is_valid(o->services.items[i]))
			return refuse(cli,
			              arena_printf(cli->arena,
			                           "\"%s\" is no pattern for "
			                           "services",
			                           o->services.items[i]));
	}
	return scopes_are_good(cli, o);
}

static enum exit_status
create(struct cli *cli)
{
	struct token_options o = {.kind = "ci", .days = TOKEN_DAYS};
	enum exit_status status;
	struct token token;
	const char *secret;

	if (!cli_read(cli, &o))
		return EXIT_USAGE;
	const char *name = cli->operands.items[0];
	if (!draft_is_good(cli, name, &o))
		return EXIT_USAGE;
	struct db *db = account_open(cli, &status);
	if (db == NULL)
		return status;

	const struct token_draft draft = {
		.kind = o.kind,
		.name = name,
		.owner = o.user,
		.team = o.team,
		.scopes = o.scopes.items,
		.scope_count = o.scopes.count,
		.services = o.services.items,
		.service_count = o.services.count,
		.created_by = "operator",
		.days = o.days,
	};
	enum db_result result =
		account_begin(cli, db, "token.create",
	                      arena_printf(cli->arena, "%s %s", o.kind, name));
	if (result == DB_ROW)
		result = token_create(db, cli->arena, &draft, &token, &secret);
	result = account_end(db, result);
	if (result == DB_CONFLICT)
		return cli_say(cli, EXIT_REFUSED, "there is no user %s",
		               o.user);
	if (result != DB_ROW)
		return account_failed(cli, db, result, "token");
	/* The secret alone on stdout: a script takes it from there. */
	(void)puts(secret);
	(void)fprintf(stderr,
	              "token %" PRId64
	              " works until %s; the secret is not shown again\n",
	              token.id, token.expires_at);
	return EXIT_DONE;
}

static void
print_token(struct arena *arena, const struct token *t)
{
	const char *whose = t->owner != NULL  ? t->owner
	                    : t->team != NULL ? t->team
	                                      : "-";

	account_cell(arena_printf(arena, "%" PRId64, t->id), 6);
	account_cell(t->kind, 10);
	account_cell(t->state, 10);
	account_cell(arena_strndup(arena, t->expires_at, 10), 12);
	account_cell(t->name, 20);
	account_cell(whose, 16);
	account_cell(arena_printf(arena, "%s%s%s", t->scopes,
	                          *t->services == '\0' ? "" : " on ",
	                          t->services),
	             24);
	(void)puts(t->last_used_at == NULL
	                   ? "never used"
	                   : arena_printf(arena, "used %s", t->last_used_at));
}

static enum exit_status
list(struct cli *cli)
{
	enum exit_status status;
	struct token *tokens;
	size_t count;
	char nothing = 0;

	if (!cli_read(cli, &nothing))
		return EXIT_USAGE;
	struct db *db = account_open(cli, &status);
	if (db == NULL)
		return status;
	enum db_result result =
		token_list(db, cli->arena, NULL, NULL, &tokens, &count);
	if (result != DB_ROW && result != DB_NONE)
		return account_failed(cli, db, result, "token");
	for (size_t i = 0; i < count; i++)
		print_token(cli->arena, &tokens[i]);
	return EXIT_DONE;
}

static enum exit_status
revoke(struct cli *cli)
{
	enum exit_status status;
	char nothing = 0;
	int64_t id;

	if (!cli_read(cli, &nothing))
		return EXIT_USAGE;
	const char *word = cli->operands.items[0];
	if (!str_to_int64(word, &id))
		return cli_say(cli, EXIT_USAGE,
		               "\"%s\" is no id: see `mdash token list`", word);
	struct db *db = account_open(cli, &status);
	if (db == NULL)
		return status;
	enum db_result result =
		account_begin(cli, db, "token.revoke",
	                      arena_printf(cli->arena, "token:%" PRId64, id));
	if (result == DB_ROW)
		result = token_revoke(db, id);
	return account_failed(cli, db, account_end(db, result),
	                      arena_printf(cli->arena, "token %s", word));
}

const struct command token_commands[] = {
	{
		.name = "token create",
		.operands = "NAME",
		.operands_min = 1,
		.operands_max = 1,
		.summary = "Make an API token",
		.text = create_text,
		.options = create_options,
		.run = create,
	},
	{
		.name = "token list",
		.summary = "List API tokens",
		.text = list_text,
		.options = no_options,
		.run = list,
	},
	{
		.name = "token revoke",
		.operands = "ID",
		.operands_min = 1,
		.operands_max = 1,
		.summary = "Make an API token useless",
		.text = revoke_text,
		.options = no_options,
		.run = revoke,
	},
	COMMANDS_END,
};
