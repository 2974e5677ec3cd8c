/* SPDX-License-Identifier: Apache-2.0 */
#include "base/log.h"

#include "base/clock.h"
#include "base/str.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
	LINE_BYTES = 4096, /* PIPE_BUF: a line of this size is written whole */
	TEXT_BYTES = 1024, /* of one member */
	END_BYTES = 6, /* `,"":` around a key, then the brace and line end */
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
add(struct line *line, const char *text, size_t len)
{
	memcpy(line->text + line->len, text, len);
	line->len += len;
}

/* Bytes of the character at `text`; 0 when it is none. */
static size_t
char_size(const char *text)
{
	for (size_t size = 1; size <= 4; size++) {
		if (str_is_utf8(text, size))
			return size;
	}
	return 0;
}

/* `text` as a JSON string (RFC 8259, 7), cut between characters. */
static void
quote(const char *text, char ret[TEXT_BYTES + 16])
{
	size_t len = 0;
	size_t size;

	ret[len++] = '"';
	for (; *text != '\0' && len < TEXT_BYTES; text += size) {
		unsigned char c = (unsigned char)*text;

		size = char_size(text);
		if (size == 0) {
			ret[len++] = '?';
			size = 1;
		} else if (c == '"' || c == '\\') {
			ret[len++] = '\\';
			ret[len++] = (char)c;
		} else if (c < 0x20) {
			len += (size_t)snprintf(ret + len, 8, "\\u%04x", c);
		} else {
			memcpy(ret + len, text, size);
			len += size;
		}
	}
	ret[len++] = '"';
	ret[len] = '\0';
}

/* Adds `"key":value`, or nothing when the line is full. */
static void
add_member(struct line *line, const char *key, const char *value)
{
	size_t key_len = strlen(key);
	size_t len = strlen(value);

	if (line->len + key_len + len + END_BYTES > sizeof(line->text))
		return;
	if (line->len > 1)
		add(line, ",", 1);
	add(line, "\"", 1);
	add(line, key, key_len);
	add(line, "\":", 2);
	add(line, value, len);
}

static void
add_text(struct line *line, const char *key, const char *text)
{
	char quoted[TEXT_BYTES + 16];

	quote(text == NULL ? "" : text, quoted);
	add_member(line, key, quoted);
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
	add(&line, "{", 1);
	clock_format(clock_wall_us(), now);
	add_text(&line, "ts", now);
	add_text(&line, "level", level_names[level]);
	add_text(&line, "prog", context.program);
	if (context.request_id != NULL)
		add_text(&line, "rid", context.request_id);
	add_text(&line, "event", event);
	for (const struct log_field *f = fields; f->type != LOG_TYPE_END; f++) {
		char number[24];

		if (f->type == LOG_TYPE_STR) {
			add_text(&line, f->key, f->text);
			continue;
		}
		(void)snprintf(number, sizeof(number), "%" PRId64, f->integer);
		add_member(&line, f->key, number);
	}
	line.text[line.len++] = '}';
	line.text[line.len++] = '\n';
	/* A log that cannot be written must not stop the program. */
	if (write(STDERR_FILENO, line.text, line.len) < 0)
		return;
}
