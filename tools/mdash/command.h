/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "base/settings.h"
#include "options.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct db;

/*
 * The frame of the `mdash` command. Each subcommand is one row of the table in
 * main.c and one function, which returns the exit status. What a person asked
 * for goes to stdout, everything else to stderr.
 */

enum exit_status {
	EXIT_DONE,        /* done, or valid */
	EXIT_REFUSED,     /* refused, invalid, or something is wrong */
	EXIT_USAGE,       /* called in a wrong way */
	EXIT_UNREACHABLE, /* a server did not answer: trying again may help */
};

enum {
	OPERANDS_ANY = -1,
};

struct cli;

struct command {
	const char *name;     /* "token create" */
	const char *operands; /* "NAME"; NULL when it takes none */
	int operands_min;
	int operands_max;
	const char *summary; /* one line */
	const char *text;    /* what --help says below the options */
	const struct opt *options;
	enum exit_status (*run)(struct cli *cli);
};

#define COMMANDS_END         \
	{                    \
		.name = NULL \
	}

extern const struct command publish_commands[];
extern const struct command validate_commands[];
extern const struct command apis_commands[];
extern const struct command facts_commands[];
extern const struct command report_commands[];
extern const struct command token_commands[];
extern const struct command user_commands[];
extern const struct command doctor_commands[];
extern const struct command config_commands[];

/* One call. All its memory is in `arena`. */
struct cli {
	struct arena *arena;
	const struct command *command;
	int argc; /* of what follows the command's name */
	char **argv;
	struct words operands;
	struct settings settings; /* after cli_settings() */
	const char *config;       /* --config */
};

/*
 * Reads options into `ret`, the struct that the command's table of options
 * describes, and operands into the call. False: it has said what is wrong.
 */
MUST_USE bool cli_read(struct cli *cli, void *ret);

/* Says "mdash token create: …" on stderr; answers `status`. */
enum exit_status cli_say(const struct cli *cli, enum exit_status status,
                         const char *fmt, ...) PRINTF(3, 4);

/* Settings from file and environment. False: it has said what is wrong. */
MUST_USE bool cli_settings(struct cli *cli);

/* A connection by these settings, not opened yet; freed with the arena. */
struct db *cli_db(struct cli *cli);
