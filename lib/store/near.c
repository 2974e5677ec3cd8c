/* SPDX-License-Identifier: Apache-2.0 */
#include "store/near.h"

#include "base/attr.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

enum {
	NAME_MAX_BYTES = 32,
	SHORT_BYTES = 5, /* in these one letter may differ, not two */
};

/* The letters that count; false when there are too many. */
static bool
normalise(const char *word, char ret[NAME_MAX_BYTES + 1])
{
	size_t len = 0;

	for (; *word != '\0'; word++) {
		if (*word == '-' || *word == '_')
			continue;
		if (len == NAME_MAX_BYTES)
			return false;
		ret[len++] = (char)tolower((unsigned char)*word);
	}
	ret[len] = '\0';
	return true;
}

static size_t
least(size_t a, size_t b, size_t c)
{
	size_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

/* Letters to add, to take away or to replace (Levenshtein). */
static size_t
distance(const char *a, const char *b)
{
	size_t row[NAME_MAX_BYTES + 1];
	size_t len = strlen(b);

	for (size_t j = 0; j <= len; j++)
		row[j] = j;
	for (size_t i = 0; a[i] != '\0'; i++) {
		size_t diagonal = row[0];

		row[0] = i + 1;
		for (size_t j = 0; j < len; j++) {
			size_t above = row[j + 1];

			row[j + 1] = least(row[j] + 1, above + 1,
			                   diagonal + (a[i] != b[j]));
			diagonal = above;
		}
	}
	return row[len];
}

bool
near_word(const char *word, const char *known)
{
	char a[NAME_MAX_BYTES + 1];
	char b[NAME_MAX_BYTES + 1];

	if (!normalise(word, a) || !normalise(known, b))
		return false;
	return distance(a, b) <= (strlen(b) <= SHORT_BYTES ? 1 : 2);
}
