/* SPDX-License-Identifier: Apache-2.0 */
#include "sources.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "command.h"
#include "wire/limits.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

static enum spec_format
format_of(const char *name, const char *bytes)
{
	const char *dot = strrchr(name, '.');

	if (dot != NULL && strcmp(dot, ".json") == 0)
		return SPEC_FORMAT_JSON;
	if (dot != NULL &&
	    (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0))
		return SPEC_FORMAT_YAML;
	while (isspace((unsigned char)*bytes))
		bytes++;
	return *bytes == '{' || *bytes == '[' ? SPEC_FORMAT_JSON
	                                      : SPEC_FORMAT_YAML;
}

static unsigned
count_lines(const char *bytes, size_t len)
{
	unsigned lines = 0;
	const char *end = bytes + len;

	while ((bytes = memchr(bytes, '\n', (size_t)(end - bytes))) != NULL) {
		lines++;
		bytes++;
	}
	return lines;
}

static bool
read_all(struct cli *cli, FILE *in, const char *name, struct buf *ret)
{
	enum {
		STEP = 64 << 10,
	};

	while (!feof(in) && !ferror(in) && ret->len <= LIMIT_SET_BYTES)
		ret->len += fread(buf_reserve(ret, STEP), 1, STEP, in);
	if (ferror(in)) {
		(void)cli_say(cli, EXIT_USAGE, "cannot read %s: %s", name,
		              strerror(errno));
		return false;
	}
	if (ret->len > LIMIT_SET_BYTES) {
		(void)cli_say(cli, EXIT_USAGE, "%s is larger than %d bytes",
		              name, LIMIT_SET_BYTES);
		return false;
	}
	buf_add(ret, "", 0); /* the NUL */
	return true;
}

static bool
read_one(struct cli *cli, const char *name, struct source *ret)
{
	bool is_stdin = strcmp(name, "-") == 0;
	FILE *in = is_stdin ? stdin : fopen(name, "re");
	struct buf bytes = {.arena = cli->arena};

	if (in == NULL) {
		(void)cli_say(cli, EXIT_USAGE, "cannot read %s: %s", name,
		              strerror(errno));
		return false;
	}
	bool good = read_all(cli, in, name, &bytes);
	if (!is_stdin)
		(void)fclose(in);
	if (!good)
		return false;
	*ret = (struct source){
		.name = is_stdin ? "stdin" : name,
		.bytes = buf_text(&bytes),
		.len = bytes.len,
		.format = format_of(name, buf_text(&bytes)),
		.first = 1,
	};
	return true;
}

bool
sources_read(struct cli *cli, struct sources *ret)
{
	size_t count = cli->operands.count;
	struct source *items = arena_array(cli->arena, count, sizeof(*items));

	for (size_t i = 0; i < count; i++) {
		if (!read_one(cli, cli->operands.items[i], &items[i]))
			return false;
	}
	*ret = (struct sources){.count = count, .items = items};
	return true;
}

/* The first line that is neither empty nor a comment. */
static const char *
first_line(const char *text)
{
	for (;;) {
		const char *at = text + strspn(text, " \t\r");

		if (*at != '\n' && *at != '#')
			return at;
		text = strchr(at, '\n');
		if (text == NULL)
			return "";
		text++;
	}
}

static void
end_line(struct buf *stream)
{
	if (stream->len > 0 && stream->data[stream->len - 1] != '\n')
		buf_addc(stream, '\n');
}

static void
join_yaml(struct sources *sources, struct buf *ret)
{
	for (size_t i = 0; i < sources->count; i++) {
		struct source *source = &sources->items[i];
		const char *start = first_line(source->bytes);

		end_line(ret);
		/* A directive may only follow the end of a document. */
		if (i > 0 && *start == '%')
			buf_adds(ret, "...\n");
		else if (i > 0 && !str_starts(start, "---"))
			buf_adds(ret, "---\n");
		source->first = count_lines(buf_text(ret), ret->len) + 1;
		buf_add(ret, source->bytes, source->len);
	}
}

static void
join_json(struct sources *sources, struct buf *ret)
{
	buf_adds(ret, "[\n");
	for (size_t i = 0; i < sources->count; i++) {
		struct source *source = &sources->items[i];

		source->first = count_lines(buf_text(ret), ret->len) + 1;
		buf_add(ret, source->bytes, source->len);
		end_line(ret);
		buf_adds(ret, i + 1 < sources->count ? ",\n" : "]\n");
	}
}

const char *
sources_join(struct sources *sources, struct buf *ret,
             enum spec_format *ret_format)
{
	bool json = true;

	for (size_t i = 0; i < sources->count; i++) {
		const struct source *source = &sources->items[i];

		if (source->format != SPEC_FORMAT_JSON)
			json = false;
		else if (sources->count > 1 &&
		         *first_line(source->bytes) == '[')
			return arena_printf(
				ret->arena,
				"%s is a JSON array: it can only be "
				"published by itself",
				source->name);
	}

	*ret_format = json ? SPEC_FORMAT_JSON : SPEC_FORMAT_YAML;
	if (json && *first_line(sources->items[0].bytes) == '[')
		buf_add(ret, sources->items[0].bytes, sources->items[0].len);
	else if (json)
		join_json(sources, ret);
	else
		join_yaml(sources, ret);
	return NULL;
}

enum spec_result
sources_specs(const struct source *source, struct arena *arena,
              struct spec_set *ret)
{
	bool one = source->format == SPEC_FORMAT_JSON &&
	           source->bytes[strspn(source->bytes, " \t\r\n")] == '{';

	return one ? spec_read(source->bytes, source->len, source->format, NULL,
	                       arena, ret)
	           : spec_set_read(source->bytes, source->len, source->format,
	                           arena, ret);
}

const struct source *
sources_find(const struct sources *sources, unsigned line)
{
	const struct source *found = NULL;

	for (size_t i = 0; i < sources->count && line > 0; i++) {
		if (sources->items[i].first > line)
			break;
		found = &sources->items[i];
	}
	return found;
}
