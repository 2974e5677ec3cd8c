/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "report/format.h"
#include "wire/json_out.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
	DIGITS_MAX = 30,
};

#define COUNT_MAX INT64_C(1000000000)
#define DECIMAL_MAX 1e15

bool
number_count(const char *text, int64_t *ret)
{
	int64_t value;

	if (text == NULL || !str_to_int64(text, &value) || value < 0 ||
	    value > COUNT_MAX)
		return false;
	*ret = value;
	return true;
}

bool
number_decimal(const char *text, double *ret)
{
	char plain[DIGITS_MAX + 1];
	size_t count = 0;

	if (text == NULL || strlen(text) > DIGITS_MAX ||
	    strspn(text, "0123456789.,eE+-") != strlen(text))
		return false;
	bool thousands = strchr(text, '.') != NULL;
	for (; *text != '\0'; text++) {
		if (*text != ',')
			plain[count++] = *text;
		else if (!thousands)
			plain[count++] = '.';
	}
	plain[count] = '\0';

	char *end;
	double value = strtod(plain, &end);
	if (end == plain || *end != '\0' || !(value >= 0) ||
	    value > DECIMAL_MAX)
		return false;
	*ret = value;
	return true;
}

void
number_pair(struct json_out *out, const char *key, double value, int digits)
{
	char *text = arena_printf(out->buf->arena, "%.*f", digits, value);
	char *end = text + strlen(text);

	if (strchr(text, '.') != NULL) {
		while (end[-1] == '0')
			*--end = '\0';
		if (end[-1] == '.')
			*--end = '\0';
	}
	json_pair_raw(out, key, strcmp(text, "-0") == 0 ? "0" : text);
}
