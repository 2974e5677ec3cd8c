/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct arena;

/* Options of a subcommand as a table; getopt_long() reads them. */

struct words {
	size_t count;
	const char **items;
};

enum opt_type {
	OPT_TYPE_END,
	OPT_TYPE_FLAG,  /* bool */
	OPT_TYPE_TEXT,  /* const char * */
	OPT_TYPE_INT,   /* int64_t, at least 0 */
	OPT_TYPE_WORDS, /* struct words: may be repeated */
};

struct opt {
	enum opt_type type;
	const char *name;
	size_t offset;
	const char *value; /* what the value is called in --help */
	const char *help;
};

#define OPT_FLAG(type, member, name, help)                              \
	{                                                               \
		OPT_TYPE_FLAG, name, offsetof(type, member), NULL, help \
	}
#define OPT_TEXT(type, member, name, value, help)                        \
	{                                                                \
		OPT_TYPE_TEXT, name, offsetof(type, member), value, help \
	}
#define OPT_INT(type, member, name, value, help)                        \
	{                                                               \
		OPT_TYPE_INT, name, offsetof(type, member), value, help \
	}
#define OPT_WORDS(type, member, name, value, help)                        \
	{                                                                 \
		OPT_TYPE_WORDS, name, offsetof(type, member), value, help \
	}
#define OPTS_END                                  \
	{                                         \
		OPT_TYPE_END, NULL, 0, NULL, NULL \
	}

/*
 * Reads argv[1] … into `ret` and `operands`; argv[0] is the command's name for
 * messages. NULL, or what is wrong.
 */
MUST_USE const char *options_read(struct arena *arena, int argc, char **argv,
                                  const struct opt *options, void *ret,
                                  struct words *operands);

void options_print(FILE *out, const struct opt *options);
