/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/json_out.h"

#include "base/buf.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void
separate(struct json_out *out)
{
	if (out->comma)
		buf_addc(out->buf, ',');
	out->comma = true;
}

void
json_open(struct json_out *out, char bracket)
{
	separate(out);
	buf_addc(out->buf, bracket);
	out->comma = false;
}

void
json_close(struct json_out *out, char bracket)
{
	buf_addc(out->buf, bracket);
	out->comma = true;
}

/* RFC 8259, section 7. U+2028 and the like need no escape in JSON. */
static void
string(struct buf *buf, const char *text)
{
	buf_addc(buf, '"');
	for (const char *run = text;; text++) {
		unsigned char c = (unsigned char)*text;
		char escape[8];

		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		buf_add(buf, run, (size_t)(text - run));
		if (c == '\0')
			break;
		run = text + 1;
		if (c == '\n')
			buf_adds(buf, "\\n");
		else if (c == '\t')
			buf_adds(buf, "\\t");
		else if (c == '\r')
			buf_adds(buf, "\\r");
		else if (c < 0x20) {
			(void)snprintf(escape, sizeof(escape), "\\u%04x", c);
			buf_adds(buf, escape);
		} else {
			buf_addc(buf, '\\');
			buf_addc(buf, (char)c);
		}
	}
	buf_addc(buf, '"');
}

void
json_key(struct json_out *out, const char *key)
{
	separate(out);
	string(out->buf, key);
	buf_addc(out->buf, ':');
	out->comma = false;
}

void
json_text(struct json_out *out, const char *text)
{
	separate(out);
	if (text == NULL)
		buf_adds(out->buf, "null");
	else
		string(out->buf, text);
}

void
json_int(struct json_out *out, int64_t value)
{
	char number[24];

	separate(out);
	(void)snprintf(number, sizeof(number), "%" PRId64, value);
	buf_adds(out->buf, number);
}

void
json_bool(struct json_out *out, bool value)
{
	separate(out);
	buf_adds(out->buf, value ? "true" : "false");
}

void
json_raw(struct json_out *out, const char *json, size_t len)
{
	separate(out);
	buf_add(out->buf, json, len);
}

void
json_pair_text(struct json_out *out, const char *key, const char *text)
{
	json_key(out, key);
	json_text(out, text);
}

void
json_pair_int(struct json_out *out, const char *key, int64_t value)
{
	json_key(out, key);
	json_int(out, value);
}

void
json_pair_bool(struct json_out *out, const char *key, bool value)
{
	json_key(out, key);
	json_bool(out, value);
}

void
json_pair_raw(struct json_out *out, const char *key, const char *json)
{
	json_key(out, key);
	json_raw(out, json, strlen(json));
}
