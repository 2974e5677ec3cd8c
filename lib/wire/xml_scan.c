/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE /* memmem */
#include "wire/xml_scan.h"

#include "base/attr.h"
#include "wire/limits.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

struct scan {
	const char *bytes;
	size_t len;
	size_t at;
	unsigned depth;
};

static bool
starts(const struct scan *s, const char *text)
{
	size_t len = strlen(text);

	return s->len - s->at >= len &&
	       memcmp(s->bytes + s->at, text, len) == 0;
}

/* Past `end`, or to the end of all. */
static enum xml_breach
until(struct scan *s, size_t skip, const char *end)
{
	const char *from = s->bytes + s->at + skip;
	size_t left = s->len - s->at - skip;
	const char *found = memmem(from, left, end, strlen(end));
	size_t inner = found == NULL ? left : (size_t)(found - from);

	if (inner > LIMIT_XML_TEXT)
		return XML_BREACH_TEXT;
	s->at = found == NULL ? s->len : s->at + skip + inner + strlen(end);
	return XML_BREACH_NONE;
}

static enum xml_breach
text(struct scan *s)
{
	const char *from = s->bytes + s->at;
	const char *tag = memchr(from, '<', s->len - s->at);
	size_t inner = tag == NULL ? s->len - s->at : (size_t)(tag - from);

	if (inner > LIMIT_XML_TEXT)
		return XML_BREACH_TEXT;
	s->at += inner;
	return XML_BREACH_NONE;
}

/* A start or end tag: to the first > that is in no attribute. */
static enum xml_breach
tag(struct scan *s)
{
	bool closes = starts(s, "</");
	size_t attributes = 0;
	size_t at = s->at + 1;
	char quote = '\0';

	for (; at < s->len; at++) {
		char c = s->bytes[at];

		if (at - s->at > LIMIT_XML_TAG)
			return XML_BREACH_TAG;
		if (quote != '\0') {
			if (c == quote)
				quote = '\0';
		} else if (c == '"' || c == '\'') {
			quote = c;
		} else if (c == '=') {
			if (++attributes > LIMIT_XML_ATTRIBUTES)
				return XML_BREACH_ATTRIBUTES;
		} else if (c == '>') {
			break;
		}
	}
	if (closes)
		s->depth -= s->depth > 0;
	else if (s->bytes[at - 1] != '/' && ++s->depth > LIMIT_DEPTH)
		return XML_BREACH_DEPTH;
	s->at = at < s->len ? at + 1 : at;
	return XML_BREACH_NONE;
}

static enum xml_breach
token(struct scan *s)
{
	if (s->bytes[s->at] != '<')
		return text(s);
	if (starts(s, "<!--"))
		return until(s, 4, "-->");
	if (starts(s, "<![CDATA["))
		return until(s, 9, "]]>");
	if (starts(s, "<?"))
		return until(s, 2, "?>");
	if (s->len - s->at >= 9 &&
	    strncasecmp(s->bytes + s->at, "<!DOCTYPE", 9) == 0)
		return XML_BREACH_DOCTYPE;
	return tag(s);
}

/* Where the name of the encoding begins; 0 when none is declared. */
static size_t
declared(const char *bytes, size_t len)
{
	static const char word[] = "encoding";
	const char *end = memmem(bytes, len, "?>", 2);

	if (len < 6 || memcmp(bytes, "<?xml", 5) != 0 ||
	    memchr(" \t\r\n", bytes[5], 4) == NULL || end == NULL)
		return 0;
	const char *at =
		memmem(bytes, (size_t)(end - bytes), word, sizeof(word) - 1);
	if (at == NULL)
		return 0;
	for (at += sizeof(word) - 1;
	     at < end && memchr(" \t\r\n='\"", *at, 7) != NULL; at++)
		continue;
	return (size_t)(at - bytes);
}

/* Those whose texts are UTF-8. */
static bool
is_utf8_name(const char *name, size_t len)
{
	static const char *const names[] = {"utf-8", "utf8", "us-ascii",
	                                    "ascii"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		size_t n = strlen(names[i]);

		if (len > n && strncasecmp(name, names[i], n) == 0 &&
		    (name[n] == '"' || name[n] == '\''))
			return true;
	}
	return false;
}

enum xml_breach
xml_scan(const char *bytes, size_t len, size_t *ret_at)
{
	struct scan s = {.bytes = bytes, .len = len};
	size_t encoding = declared(bytes, len);

	if (encoding > 0 && !is_utf8_name(bytes + encoding, len - encoding)) {
		*ret_at = encoding;
		return XML_BREACH_ENCODING;
	}
	while (s.at < len) {
		enum xml_breach breach = token(&s);

		if (breach != XML_BREACH_NONE) {
			*ret_at = s.at;
			return breach;
		}
	}
	*ret_at = len;
	return XML_BREACH_NONE;
}

static const struct {
	const char *code;
	const char *text;
} breaches[XML_BREACH_END] = {
	[XML_BREACH_NONE] = {"", ""},
	[XML_BREACH_DOCTYPE] =
		{"doctype", "has a DOCTYPE, which is not taken: leave it out"},
	[XML_BREACH_ENCODING] = {"encoding",
                                 "declares another encoding than UTF-8"},
	[XML_BREACH_DEPTH] = {"too-deep", "is nested deeper than 64 levels"},
	[XML_BREACH_TAG] = {"too-long", "a tag is longer than 1 MiB"},
	[XML_BREACH_ATTRIBUTES] = {"too-many",
                                   "an element has more than 256 attributes"},
	[XML_BREACH_TEXT] = {"too-long", "a text is longer than 4 MiB"},
};

const char *
xml_breach_code(enum xml_breach breach)
{
	return breaches[breach].code;
}

const char *
xml_breach_text(enum xml_breach breach)
{
	return breaches[breach].text;
}
