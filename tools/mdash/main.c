/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "base/fault.h"
#include "base/str.h"
#include "command.h"
#include "db/db.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Everything `mdash` can do, in the order of its help. */
static const struct command *const commands[] = {
	publish_commands, validate_commands, apis_commands,
	facts_commands,   report_commands,   token_commands,
	user_commands,    doctor_commands,   config_commands,
};

static const char intro[] =
	"usage: mdash COMMAND [OPTION...] [OPERAND...]\n"
	"\n"
	"The command of mdash, the microservice dashboard: for CI jobs, which\n"
	"publish service specs, and for those who run an installation.\n"
	"\n";

static const char outro[] =
	"\n"
	"  mdash COMMAND --help        what a command does, with examples\n"
	"  mdash --version             the version\n"
	"\n"
	"Exit status: 0 done, 1 refused or invalid, 2 wrong use, 3 a server\n"
	"did not answer and trying again may help. See also mdash(1).\n";

static enum exit_status
help_all(FILE *out, enum exit_status status)
{
	(void)fputs(intro, out);
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		for (const struct command *c = commands[i]; c->name != NULL;
		     c++)
			(void)fprintf(out, "  %-18s%s\n", c->name, c->summary);
	(void)fputs(outro, out);
	return status;
}

static void
usage_line(FILE *out, const struct command *command)
{
	(void)fprintf(out, "usage: mdash %s [OPTION...]%s%s\n", command->name,
	              command->operands == NULL ? "" : " ",
	              command->operands == NULL ? "" : command->operands);
}

static const struct opt common_options[] = {
	{OPT_TYPE_FLAG, "help", 0, NULL, "this text"},
	OPTS_END,
};

static enum exit_status
help_one(const struct command *command)
{
	usage_line(stdout, command);
	(void)printf("\n%s.\n\n", command->summary);
	options_print(stdout, command->options);
	options_print(stdout, common_options);
	(void)printf("\n%s", command->text);
	return EXIT_DONE;
}

/* How many words of argv a command's name takes; 0 = it is another one. */
static int
name_words(const char *name, int argc, char **argv)
{
	int n = 0;

	for (; n < argc; n++) {
		size_t len = strlen(argv[n]);

		if (len == 0 || strncmp(name, argv[n], len) != 0)
			return 0;
		if (name[len] == '\0')
			return n + 1;
		if (name[len] != ' ')
			return 0;
		name += len + 1;
	}
	return 0;
}

/* Answers the row and drops its name from argv, but for the last word. */
static const struct command *
find(int *argc, char ***argv)
{
	for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
		for (const struct command *c = commands[i]; c->name != NULL;
		     c++) {
			int words = name_words(c->name, *argc - 1, *argv + 1);

			if (words == 0)
				continue;
			*argc -= words;
			*argv += words;
			return c;
		}
	}
	return NULL;
}

/* `mdash token` alone: the commands that begin so. */
static enum exit_status
help_group(const char *word)
{
	bool any = false;

	for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
		for (const struct command *c = commands[i]; c->name != NULL;
		     c++) {
			if (!str_starts(c->name, word) ||
			    c->name[strlen(word)] != ' ')
				continue;
			if (!any)
				(void)fprintf(stderr,
				              "mdash %s is one of these:\n",
				              word);
			any = true;
			(void)fprintf(stderr, "  mdash %-18s%s\n", c->name,
			              c->summary);
		}
	}
	if (!any)
		(void)fprintf(stderr,
		              "mdash: there is no command %s; "
		              "`mdash --help` lists them\n",
		              word);
	return EXIT_USAGE;
}

bool
cli_read(struct cli *cli, void *ret)
{
	const struct command *command = cli->command;
	const char *wrong = options_read(cli->arena, cli->argc, cli->argv,
	                                 command->options, ret, &cli->operands);
	int count = (int)cli->operands.count;

	if (wrong == NULL && count < command->operands_min)
		wrong = arena_printf(cli->arena, "%s is missing",
		                     command->operands);
	if (wrong == NULL && command->operands_max != OPERANDS_ANY &&
	    count > command->operands_max)
		wrong = arena_printf(
			cli->arena, "%s is too much",
			cli->operands.items[command->operands_max]);
	if (wrong == NULL)
		return true;

	(void)cli_say(cli, EXIT_USAGE, "%s", wrong);
	usage_line(stderr, command);
	return false;
}

enum exit_status
cli_say(const struct cli *cli, enum exit_status status, const char *fmt, ...)
{
	va_list args;

	(void)fprintf(stderr, "mdash %s: ", cli->command->name);
	va_start(args, fmt);
	(void)vfprintf(stderr, fmt, args);
	va_end(args);
	(void)fputc('\n', stderr);
	return status;
}

bool
cli_settings(struct cli *cli)
{
	struct fault fault;

	if (settings_load(&cli->settings, cli->config, cli->arena, &fault) == 0)
		return true;
	if (fault.line > 0)
		(void)cli_say(cli, EXIT_USAGE, "settings, line %u: %s",
		              fault.line, fault.detail);
	else
		(void)cli_say(cli, EXIT_USAGE, "settings: %s", fault.detail);
	return false;
}

static void
release_db(void *db)
{
	struct db *handle = db;

	db_free(&handle);
}

struct db *
cli_db(struct cli *cli)
{
	const struct db_settings settings = {
		.conninfo = cli->settings.database,
		.program = "mdash",
		.statement_timeout_ms = cli->settings.publish_timeout_ms,
		.connect_timeout_ms = cli->settings.connect_timeout_ms,
	};
	struct db *db = db_new(&settings);

	arena_defer(cli->arena, release_db, db);
	return db;
}

static bool
asks_for_help(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (strcmp(argv[i], "--help") == 0 ||
		    strcmp(argv[i], "-h") == 0)
			return true;
	}
	return false;
}

static enum exit_status
start(struct arena *arena, int argc, char **argv)
{
	if (argc < 2)
		return help_all(stderr, EXIT_USAGE);
	if (strcmp(argv[1], "--version") == 0) {
		(void)printf("mdash %s\n", PACKAGE_VERSION);
		return EXIT_DONE;
	}

	bool help = strcmp(argv[1], "help") == 0;
	if (help) {
		argc--;
		argv++;
	}
	help = help || asks_for_help(argc, argv);

	const struct command *command = find(&argc, &argv);
	if (help && command == NULL)
		return help_all(stdout, EXIT_DONE);
	if (help)
		return help_one(command);
	if (command == NULL)
		return help_group(argv[1]);

	struct cli cli = {
		.arena = arena,
		.command = command,
		.argc = argc,
		.argv = argv,
	};
	return command->run(&cli);
}

int
main(int argc, char **argv)
{
	struct arena *arena AUTO(arena_free) = arena_new();
	enum exit_status status = start(arena, argc, argv);

	/* A full disk must not look like success. */
	if (fflush(stdout) != 0 || ferror(stdout)) {
		(void)fputs("mdash: cannot write the output\n", stderr);
		return EXIT_REFUSED;
	}
	return (int)status;
}
