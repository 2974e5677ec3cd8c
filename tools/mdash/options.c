/* SPDX-License-Identifier: Apache-2.0 */
#include "options.h"

#include "base/arena.h"
#include "base/str.h"

#include <getopt.h>
#include <inttypes.h>
#include <string.h>

enum {
	FIRST = 256, /* of the values that getopt_long() answers with */
	HELP_COLUMN = 26,
};

static size_t
options_count(const struct opt *options)
{
	size_t n = 0;

	while (options[n].type != OPT_TYPE_END)
		n++;
	return n;
}

static void
words_add(struct arena *arena, struct words *words, const char *word)
{
	words->items =
		arena_grow(arena, words->items, words->count * sizeof(char *),
	                   (words->count + 1) * sizeof(char *));
	words->items[words->count++] = word;
}

static const char *
assign(struct arena *arena, const struct opt *opt, const char *value, void *ret)
{
	void *at = (char *)ret + opt->offset;
	int64_t number;

	switch (opt->type) {
	case OPT_TYPE_FLAG:
		*(bool *)at = true;
		break;
	case OPT_TYPE_TEXT:
		*(const char **)at = value;
		break;
	case OPT_TYPE_INT:
		if (!str_to_int64(value, &number) || number < 0)
			return arena_printf(arena, "--%s wants a number",
			                    opt->name);
		*(int64_t *)at = number;
		break;
	case OPT_TYPE_WORDS:
		words_add(arena, at, value);
		break;
	case OPT_TYPE_END:
		break;
	}
	return NULL;
}

static const char *
trouble(struct arena *arena, int answer, const char *word)
{
	if (answer == ':')
		return arena_printf(arena, "%s wants a value", word);
	return arena_printf(arena, "there is no option %s", word);
}

const char *
options_read(struct arena *arena, int argc, char **argv,
             const struct opt *options, void *ret, struct words *operands)
{
	size_t count = options_count(options);
	struct option *rows = arena_array(arena, count + 1, sizeof(*rows));

	for (size_t i = 0; i < count; i++)
		rows[i] = (struct option){
			.name = options[i].name,
			.has_arg = options[i].type == OPT_TYPE_FLAG
		                           ? no_argument
		                           : required_argument,
			.val = FIRST + (int)i,
		};

	int answer;
	opterr = 0;
	optind = 1;
	while ((answer = getopt_long(argc, argv, ":", rows, NULL)) != -1) {
		if (answer < FIRST)
			return trouble(arena, answer, argv[optind - 1]);

		const char *wrong =
			assign(arena, &options[answer - FIRST], optarg, ret);
		if (wrong != NULL)
			return wrong;
	}
	for (int i = optind; i < argc; i++)
		words_add(arena, operands, argv[i]);
	return NULL;
}

void
options_print(FILE *out, const struct opt *options)
{
	for (const struct opt *o = options; o->type != OPT_TYPE_END; o++) {
		int used = fprintf(out, "  --%s%s%s", o->name,
		                   o->value == NULL ? "" : " ",
		                   o->value == NULL ? "" : o->value);
		const char *line = o->help;

		/* The help has one line of text for each line of its own. */
		while (line != NULL) {
			const char *end = strchr(line, '\n');
			int len = (int)(end == NULL ? strlen(line)
			                            : (size_t)(end - line));
			int gap = HELP_COLUMN - used;

			if (gap < 2) {
				(void)fputc('\n', out);
				gap = HELP_COLUMN;
			}
			(void)fprintf(out, "%*s%.*s\n", gap, "", len, line);
			line = end == NULL ? NULL : end + 1;
			used = 0;
		}
	}
}
