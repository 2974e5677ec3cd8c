/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/*
 * One JSON object per line on stderr: ts, level, prog, rid (request id, where
 * there is one), event, then the event's own members. No secrets, no bodies.
 * Programs log; the library below http/ returns errors instead.
 */

enum log_level {
	LOG_LEVEL_DEBUG,
	LOG_LEVEL_INFO,
	LOG_LEVEL_WARN,
	LOG_LEVEL_ERROR,
	LOG_LEVEL_END,
};

enum log_type {
	LOG_TYPE_END,
	LOG_TYPE_STR,
	LOG_TYPE_INT,
};

struct log_field {
	enum log_type type;
	const char *key;
	const char *text;
	int64_t integer;
};

#define LOG_STR(key_, value) \
	((struct log_field){ \
		.type = LOG_TYPE_STR, .key = (key_), .text = (value)})
#define LOG_INT(key_, value) \
	((struct log_field){ \
		.type = LOG_TYPE_INT, .key = (key_), .integer = (value)})

/* Call once: the program's name (borrowed) and the least level, by name. */
bool log_init(const char *program, const char *level);

/* The request id of the lines that follow; NULL between requests. Borrowed. */
void log_request(const char *request_id);

void log_write(enum log_level level, const char *event,
               const struct log_field *fields);

/* log_info("request", LOG_STR("path", p), LOG_INT("us", took)) */
#define LOG_WRITE(level, event, ...)          \
	log_write(level, event,               \
	          (const struct log_field[]){ \
			  __VA_ARGS__ __VA_OPT__(, ){.type = LOG_TYPE_END}})
#define log_debug(...) LOG_WRITE(LOG_LEVEL_DEBUG, __VA_ARGS__)
#define log_info(...) LOG_WRITE(LOG_LEVEL_INFO, __VA_ARGS__)
#define log_warn(...) LOG_WRITE(LOG_LEVEL_WARN, __VA_ARGS__)
#define log_error(...) LOG_WRITE(LOG_LEVEL_ERROR, __VA_ARGS__)
