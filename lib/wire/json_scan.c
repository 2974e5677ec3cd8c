/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/json_scan.h"

#include "wire/limits.h"

#include <ctype.h>
#include <string.h>

struct scan {
	const char *bytes;
	size_t len;
	size_t at;
	size_t nodes;
	struct json_limits limits;
	unsigned depth;
	size_t keys[LIMIT_DEPTH + 1]; /* of the object at each depth */
};

/* Bytes in UTF-8 of one escape, whose backslash is at `at`; *size is how many
 * bytes it is written with. */
static size_t
escape(const struct scan *s, size_t at, size_t *size)
{
	unsigned code = 0;

	*size = 2;
	if (at + 1 >= s->len || s->bytes[at + 1] != 'u')
		return 1;
	for (size_t i = at + 2; i < at + 6 && i < s->len; i++) {
		unsigned char c = (unsigned char)s->bytes[i];

		if (!isxdigit(c))
			return 1;
		code = code * 16 +
		       (unsigned)(isdigit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
	}
	*size = 6;
	if (code < 0x80)
		return 1;
	/* Two halves of a surrogate pair make one character of 4 bytes. */
	return code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 2 : 3;
}

/* Past the closing quote; answers the length of the text. */
static size_t
string(struct scan *s)
{
	size_t length = 0;
	size_t size;

	s->at++;
	while (s->at < s->len && s->bytes[s->at] != '"') {
		size = 1;
		length += s->bytes[s->at] == '\\' ? escape(s, s->at, &size) : 1;
		s->at += size;
	}
	s->at++;
	return length;
}

/* Past a number or a word. */
static size_t
plain(struct scan *s)
{
	size_t start = s->at;

	while (s->at < s->len &&
	       memchr(" \t\r\n,:[]{}\"", s->bytes[s->at], 11) == NULL)
		s->at++;
	return s->at - start;
}

static enum json_breach
token(struct scan *s)
{
	switch (s->bytes[s->at]) {
	case ' ':
	case '\t':
	case '\r':
	case '\n':
	case ',':
		s->at++;
		return JSON_BREACH_NONE;
	case ':':
		/* What stood before it was a key and no value. */
		s->nodes -= s->nodes > 0;
		s->at++;
		return ++s->keys[s->depth] > LIMIT_KEYS ? JSON_BREACH_KEYS
		                                        : JSON_BREACH_NONE;
	case ']':
	case '}':
		s->depth -= s->depth > 0;
		s->at++;
		return JSON_BREACH_NONE;
	case '[':
	case '{':
		if (s->depth == LIMIT_DEPTH)
			return JSON_BREACH_DEPTH;
		s->keys[++s->depth] = 0;
		s->at++;
		break;
	case '"':
		if (string(s) > s->limits.scalar)
			return JSON_BREACH_SCALAR;
		break;
	default:
		if (plain(s) > s->limits.scalar)
			return JSON_BREACH_SCALAR;
		break;
	}
	/* A key is counted until its colon: hence one more. */
	return ++s->nodes > s->limits.nodes + 1 ? JSON_BREACH_NODES
	                                        : JSON_BREACH_NONE;
}

enum json_breach
json_scan(const char *bytes, size_t len, size_t *ret_at)
{
	static const struct json_limits limits = {LIMIT_NODES, LIMIT_SCALAR};

	return json_scan_within(bytes, len, &limits, ret_at);
}

enum json_breach
json_scan_within(const char *bytes, size_t len,
                 const struct json_limits *limits, size_t *ret_at)
{
	struct scan s = {
		.bytes = bytes,
		.len = len,
		.limits = *limits,
	};

	while (s.at < len) {
		size_t start = s.at;
		enum json_breach breach = token(&s);

		if (breach != JSON_BREACH_NONE) {
			*ret_at = start;
			return breach;
		}
	}
	*ret_at = len;
	return s.nodes > limits->nodes ? JSON_BREACH_NODES : JSON_BREACH_NONE;
}

const char *
json_breach_code(enum json_breach breach)
{
	switch (breach) {
	case JSON_BREACH_DEPTH:
		return "too-deep";
	case JSON_BREACH_NODES:
	case JSON_BREACH_KEYS:
		return "too-many";
	case JSON_BREACH_SCALAR:
		return "too-long";
	case JSON_BREACH_NONE:
		break;
	}
	return "";
}

const char *
json_breach_text(enum json_breach breach)
{
	switch (breach) {
	case JSON_BREACH_DEPTH:
		return "is nested deeper than 64 levels";
	case JSON_BREACH_NODES:
		return "the document has more than 200,000 values";
	case JSON_BREACH_KEYS:
		return "an object has more than 10,000 members";
	case JSON_BREACH_SCALAR:
		return "a text is longer than 256 KiB";
	case JSON_BREACH_NONE:
		break;
	}
	return "";
}
