/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/yaml_scalar.h"

#include "base/arena.h"
#include "base/attr.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct reading {
	enum yaml_scalar type;
	long long integer;
	double real;
	bool truth;
};

static const struct {
	const char *text;
	enum yaml_scalar type;
	bool truth;
} words[] = {
	{"", YAML_SCALAR_NULL, false},
	{"~", YAML_SCALAR_NULL, false},
	{"null", YAML_SCALAR_NULL, false},
	{"Null", YAML_SCALAR_NULL, false},
	{"NULL", YAML_SCALAR_NULL, false},
	{"true", YAML_SCALAR_BOOL, true},
	{"True", YAML_SCALAR_BOOL, true},
	{"TRUE", YAML_SCALAR_BOOL, true},
	{"false", YAML_SCALAR_BOOL, false},
	{"False", YAML_SCALAR_BOOL, false},
	{"FALSE", YAML_SCALAR_BOOL, false},
	{".nan", YAML_SCALAR_TOO_LARGE, false},
	{".NaN", YAML_SCALAR_TOO_LARGE, false},
	{".NAN", YAML_SCALAR_TOO_LARGE, false},
};

static const char *const infinities[] = {".inf", ".Inf", ".INF"};

static size_t
digits(const char *text)
{
	return strspn(text, "0123456789");
}

static void
read_integer(const char *text, int base, struct reading *r)
{
	errno = 0;
	r->integer = strtoll(text, NULL, base);
	r->type = errno == 0 ? YAML_SCALAR_INT : YAML_SCALAR_TOO_LARGE;
}

/* 0x1F and 0o17, which have no sign. */
static bool
read_based(const char *text, struct reading *r)
{
	if (text[0] != '0' || (text[1] != 'x' && text[1] != 'o'))
		return false;

	bool hex = text[1] == 'x';
	const char *allowed = hex ? "0123456789abcdefABCDEF" : "01234567";
	size_t len = strspn(text + 2, allowed);
	if (len == 0 || text[2 + len] != '\0')
		return false;
	read_integer(text + 2, hex ? 16 : 8, r);
	return true;
}

/* [-+]? ( . digits | digits ( . digits? )? ) ( [eE] [-+]? digits )? */
static bool
read_decimal(const char *text, struct reading *r)
{
	const char *p = text + (*text == '-' || *text == '+');
	size_t whole = digits(p);
	size_t fraction = 0;
	bool real = p[whole] == '.';

	if (whole > 1 && *p == '0')
		return false;
	p += whole;
	if (real) {
		fraction = digits(p + 1);
		p += 1 + fraction;
	}
	if (whole + fraction == 0)
		return false;
	if (*p == 'e' || *p == 'E') {
		real = true;
		p++;
		p += *p == '-' || *p == '+';
		size_t exponent = digits(p);
		if (exponent == 0)
			return false;
		p += exponent;
	}
	if (*p != '\0')
		return false;
	if (!real) {
		read_integer(text, 10, r);
		return true;
	}
	r->real = strtod(text, NULL);
	r->type = isfinite(r->real) ? YAML_SCALAR_REAL : YAML_SCALAR_TOO_LARGE;
	return true;
}

static void
interpret(const char *text, size_t len, struct reading *r)
{
	*r = (struct reading){.type = YAML_SCALAR_TEXT};
	if (strlen(text) != len)
		return;
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (strcmp(words[i].text, text) == 0) {
			r->type = words[i].type;
			r->truth = words[i].truth;
			return;
		}
	}
	const char *unsigned_ = text + (*text == '-' || *text == '+');
	for (size_t i = 0; i < ARRAY_LEN(infinities); i++) {
		if (strcmp(infinities[i], unsigned_) == 0)
			r->type = YAML_SCALAR_TOO_LARGE;
	}
	if (r->type == YAML_SCALAR_TEXT && !read_based(text, r))
		(void)read_decimal(text, r);
}

enum yaml_scalar
yaml_scalar_type(const char *text, size_t len)
{
	struct reading r;

	interpret(text, len, &r);
	return r.type;
}

json_t *
yaml_scalar_value(const char *text, size_t len)
{
	struct reading r;

	interpret(text, len, &r);
	switch (r.type) {
	case YAML_SCALAR_NULL:
		return json_null();
	case YAML_SCALAR_BOOL:
		return json_boolean(r.truth);
	case YAML_SCALAR_INT:
		return arena_must(json_integer(r.integer));
	case YAML_SCALAR_REAL:
		return arena_must(json_real(r.real));
	case YAML_SCALAR_TEXT:
		return arena_must(json_stringn_nocheck(text, len));
	case YAML_SCALAR_TOO_LARGE:
		break;
	}
	return NULL;
}
