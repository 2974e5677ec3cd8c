/* SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"

#include "base/attr.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

bool
str_to_int64(const char *text, int64_t *ret)
{
	const char *digits = *text == '-' ? text + 1 : text;

	if (*digits < '0' || *digits > '9')
		return false;

	char *end;
	errno = 0;
	intmax_t value = strtoimax(text, &end, 10);
	if (errno != 0 || *end != '\0')
		return false;
	*ret = value;
	return true;
}

bool
str_starts(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool
str_empty(const char *text)
{
	return text == NULL || *text == '\0';
}

/* Length of the character at `p`, 0 when it is malformed (RFC 3629, 4). */
static size_t
utf8_char(const unsigned char *p, size_t len)
{
	unsigned char low = 0x80;
	unsigned char high = 0xbf;
	size_t more;

	if (p[0] > 0 && p[0] < 0x80)
		return 1;
	if (p[0] >= 0xc2 && p[0] <= 0xdf)
		more = 1;
	else if (p[0] >= 0xe0 && p[0] <= 0xef)
		more = 2;
	else if (p[0] >= 0xf0 && p[0] <= 0xf4)
		more = 3;
	else
		return 0;

	if (p[0] == 0xe0)
		low = 0xa0;
	else if (p[0] == 0xed)
		high = 0x9f;
	else if (p[0] == 0xf0)
		low = 0x90;
	else if (p[0] == 0xf4)
		high = 0x8f;

	if (len <= more || p[1] < low || p[1] > high)
		return 0;
	for (size_t i = 2; i <= more; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	}
	return more + 1;
}

size_t
str_utf8_len(const char *bytes, size_t len)
{
	const unsigned char *p = (const unsigned char *)bytes;
	size_t at = 0;
	size_t n;

	while (at < len && (n = utf8_char(p + at, len - at)) > 0)
		at += n;
	return at;
}

bool
str_is_utf8(const char *bytes, size_t len)
{
	return str_utf8_len(bytes, len) == len;
}

size_t
str_chars(const char *text)
{
	size_t count = 0;

	for (; *text != '\0'; text++)
		count += ((unsigned char)*text & 0xc0) != 0x80;
	return count;
}

void
str_drop_partial(char *text)
{
	size_t len = strlen(text);
	size_t at = len;

	while (at > 0 && ((unsigned char)text[at - 1] & 0xc0) == 0x80)
		at--;
	if (at > 0 && ((unsigned char)text[at - 1] & 0x80) != 0 &&
	    utf8_char((unsigned char *)text + at - 1, len - at + 1) == 0)
		text[at - 1] = '\0';
}

bool
str_has_word(const char *list, const char *word)
{
	size_t len = strlen(word);

	if (list == NULL || len == 0)
		return false;
	for (const char *at = list; *at != '\0';) {
		size_t n = strcspn(at, " ");

		if (n == len && memcmp(at, word, len) == 0)
			return true;
		at += n;
		at += *at == ' ';
	}
	return false;
}

bool
str_glob(const char *glob, const char *text)
{
	const char *star = NULL;
	const char *resume = NULL;

	while (*text != '\0') {
		if (*glob == '*') {
			star = glob++;
			resume = text;
		} else if (*glob == *text) {
			glob++;
			text++;
		} else if (star != NULL) {
			glob = star + 1;
			text = ++resume;
		} else {
			return false;
		}
	}
	while (*glob == '*')
		glob++;
	return *glob == '\0';
}

bool
str_is_printable(const char *text)
{
	for (; *text != '\0'; text++) {
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			return false;
	}
	return true;
}

bool
str_is_plain(const char *text)
{
	for (const unsigned char *p = (const void *)text; *p != '\0'; p++) {
		/* U+0080 to U+009F */
		if (p[0] == 0xc2 && p[1] < 0xa0)
			return false;
		/* U+2028 to U+202E, U+2066 to U+2069 */
		if (p[0] == 0xe2 &&
		    ((p[1] == 0x80 && p[2] >= 0xa8 && p[2] <= 0xae) ||
		     (p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9)))
			return false;
	}
	return true;
}

bool
str_is_line(const char *text)
{
	return str_is_printable(text) && str_is_plain(text);
}

bool
str_is_blank(const char *text)
{
	static const char *const spaces[] = {
		" ",
		"\t",
		"\r",
		"\n",
		"\xc2\xa0",     /* U+00A0 */
		"\xe3\x80\x80", /* U+3000 */
	};

	while (*text != '\0') {
		size_t len = 0;

		for (size_t i = 0; i < ARRAY_LEN(spaces); i++) {
			if (str_starts(text, spaces[i]))
				len = strlen(spaces[i]);
		}
		if (len == 0)
			return false;
		text += len;
	}
	return true;
}
