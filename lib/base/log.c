/* SPDX-License-Identifier: Apache-2.0 */
#include "base/log.h"

#include "base/clock.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
	LINE_BYTES = 4096, /* PIPE_BUF: a line of this size is written whole */
	TEXT_BYTES = 1024, /* of one member */
};

static const char *const level_names[LOG_LEVEL_END] = {
	[LOG_LEVEL_DEBUG] = "debug",
	[LOG_LEVEL_INFO] = "info",
	[LOG_LEVEL_WARN] = "warn",
	[LOG_LEVEL_ERROR] = "error",
};

static struct {
	const char *program;
	const char *request_id;
	enum log_level least;
} context = {.program = "mdash", .least = LOG_LEVEL_INFO};

struct line {
	char text[LINE_BYTES];
	size_t len;
};

bool
log_init(const char *program, const char *level)
{
	context.program = program;
	for (int i = 0; i < LOG_LEVEL_END; i++) {
		if (strcmp(level_names[i], level) == 0) {
			context.least = (enum log_level)i;
			return true;
		}
	}
	return false;
}

void
log_request(const char *request_id)
{
	context.request_id = request_id;
}

static void
add(struct line *line, const char *text)
{
	/* Three bytes stay free for the closing brace and the line end. */
	size_t room = sizeof(line->text) - 3 - line->len;
	size_t len = strlen(text);

	if (len > room)
		return;
	memcpy(line->text + line->len, text, len);
	line->len += len;
}

static void
add_string(struct line *line, const char *text)
{
	char out[TEXT_BYTES + 16];
	size_t len = 0;

	out[len++] = '"';
	for (; *text != '\0' && len < TEXT_BYTES; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == '"' || c == '\\') {
			out[len++] = '\\';
			out[len++] = (char)c;
		} else if (c < 0x20) {
			len += (size_t)snprintf(out + len, 8, "\\u%04x", c);
		} else {
			out[len++] = (char)c;
		}
	}
	/* Do not end in the middle of a UTF-8 character. */
	if (*text != '\0') {
		while (len > 1 && ((unsigned char)out[len - 1] & 0xc0) == 0x80)
			len--;
		if (len > 1 && ((unsigned char)out[len - 1] & 0x80) != 0)
			len--;
	}
	out[len++] = '"';
	out[len] = '\0';
	add(line, out);
}

static void
add_member(struct line *line, const char *key, const char *text)
{
	if (line->len > 1)
		add(line, ",");
	add(line, "\"");
	add(line, key);
	add(line, "\":");
	add_string(line, text == NULL ? "" : text);
}

void
log_write(enum log_level level, const char *event,
          const struct log_field *fields)
{
	struct line line;
	char now[CLOCK_TEXT];

	if (level < context.least)
		return;

	line.len = 0;
	add(&line, "{");
	clock_format(clock_wall_us(), now);
	add_member(&line, "ts", now);
	add_member(&line, "level", level_names[level]);
	add_member(&line, "prog", context.program);
	if (context.request_id != NULL)
		add_member(&line, "rid", context.request_id);
	add_member(&line, "event", event);
	for (const struct log_field *f = fields; f->type != LOG_TYPE_END; f++) {
		char number[64];

		if (f->type == LOG_TYPE_STR) {
			add_member(&line, f->key, f->text);
			continue;
		}
		(void)snprintf(number, sizeof(number), ",\"%s\":%" PRId64,
		               f->key, f->integer);
		add(&line, number);
	}
	line.text[line.len++] = '}';
	line.text[line.len++] = '\n';
	/* A log that cannot be written must not stop the program. */
	if (write(STDERR_FILENO, line.text, line.len) < 0)
		return;
}
