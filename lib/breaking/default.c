/* SPDX-License-Identifier: Apache-2.0 */
/* Default values: what a reader sees where nothing was sent. */
#include "base/arena.h"
#include "breaking/field.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Numbers of descriptor.proto. */
enum {
	FIELD_DEFAULT = 7,
};

struct standard {
	const char *text; /* of strings and bytes, or NULL */
	size_t len;
	long double number; /* of all others; holds 64 bits without loss */
	bool single;        /* a float */
};

/* --- texts ---------------------------------------------------------------- */

static int
octal(const char **at)
{
	int value = 0;

	for (int i = 0; i < 3 && **at >= '0' && **at <= '7'; i++)
		value = 8 * value + *(*at)++ - '0';
	return value;
}

static int
hexadecimal(const char **at)
{
	static const char digits[] = "0123456789abcdef";
	int value = 0;

	for (int i = 0; i < 2 && isxdigit((unsigned char)**at); i++) {
		const char *digit =
			strchr(digits, tolower((unsigned char)*(*at)++));

		value = 16 * value + (int)(digit - digits);
	}
	return value;
}

/* After a backslash, as protoc writes bytes. */
static int
escaped(const char **at)
{
	static const char from[] = "abfnrtv";
	static const char to[] = "\a\b\f\n\r\t\v";
	const char *known;

	if (**at >= '0' && **at <= '7')
		return octal(at);
	if (**at == 'x' || **at == 'X') {
		++*at;
		return hexadecimal(at);
	}
	known = strchr(from, **at);
	return known == NULL || *known == '\0' ? (++*at, (*at)[-1])
	                                       : (++*at, to[known - from]);
}

static void
read_bytes(struct arena *arena, const char *text, struct standard *ret)
{
	char *bytes = arena_alloc(arena, strlen(text) + 1);

	while (*text != '\0') {
		if (*text != '\\' || text[1] == '\0') {
			bytes[ret->len++] = *text++;
			continue;
		}
		text++;
		bytes[ret->len++] = (char)escaped(&text);
	}
	ret->text = bytes;
}

/* --- numbers -------------------------------------------------------------- */

/* By its name, or else the first that the enum has. */
static int32_t
enum_number(struct comparison *comparison, const Proto__Enum *of,
            const char *name)
{
	if (of == NULL || of->n_value == 0)
		return 0;
	if (name == NULL)
		return of->value[0]->number;
	if (!comparison_may_search(comparison, of->n_value))
		return 0;
	for (size_t i = 0; i < of->n_value; i++) {
		if (strcmp(side_text(of->value[i]->name), name) == 0)
			return of->value[i]->number;
	}
	return 0;
}

static long double
number_of(struct comparison *comparison, const struct side *side,
          const struct field_side *field)
{
	const char *text = side_text(field->field->default_value);
	const Proto__Enum *of;

	switch (field->kind) {
	case FIELD_BOOL:
		return strcmp(text, "true") == 0;
	case FIELD_ENUM:
		of = comparison_find_enum(comparison, side,
		                          type_text(field->field->type_name));
		return enum_number(comparison, of, field->field->default_value);
	case FIELD_FLOAT:
		return (long double)strtof(text, NULL);
	case FIELD_DOUBLE:
		return (long double)strtod(text, NULL);
	case FIELD_UINT64:
	case FIELD_FIXED64:
		return (long double)strtoull(text, NULL, 10);
	default:
		return (long double)strtoll(text, NULL, 10);
	}
}

static struct standard
standard_of(struct comparison *comparison, const struct side *side,
            const struct field_side *field)
{
	const char *text = side_text(field->field->default_value);
	struct standard ret = {.single = field->kind == FIELD_FLOAT};

	if (field->kind == FIELD_STRING) {
		ret.text = text;
		ret.len = strlen(text);
	} else if (field->kind == FIELD_BYTES) {
		read_bytes(comparison->scratch, text, &ret);
	} else {
		ret.number = number_of(comparison, side, field);
	}
	return ret;
}

static bool
is_zero(const struct standard *value)
{
	return value->text != NULL ? value->len == 0 : value->number == 0;
}

static bool
same_value(const struct standard *a, const struct standard *b)
{
	if (a->text != NULL || b->text != NULL)
		return a->text != NULL && b->text != NULL && a->len == b->len &&
		       memcmp(a->text, b->text, a->len) == 0;
	if (isnan(a->number) || isnan(b->number))
		return isnan(a->number) && isnan(b->number);
	/* A double that becomes a float keeps its value as well as it can. */
	if (a->single != b->single)
		return (float)a->number == (float)b->number;
	return a->number == b->number;
}

/* --- the rule ------------------------------------------------------------- */

static bool
can_have_default(const struct field_side *field)
{
	return field->cardinality != CARDINALITY_REPEATED &&
	       field->cardinality != CARDINALITY_MAP &&
	       field->kind != FIELD_MESSAGE && field->kind != FIELD_GROUP;
}

/* Nothing is to be worked out for most fields, which have no default. */
static bool
may_differ(const struct field_pair *pair)
{
	return pair->before.field->default_value != NULL ||
	       pair->after.field->default_value != NULL ||
	       pair->before.kind == FIELD_ENUM ||
	       pair->after.kind == FIELD_ENUM;
}

static const char *
quoted_default(struct comparison *comparison, const struct field_side *field)
{
	return quoted(comparison->scratch,
	              side_text(field->field->default_value),
	              field->kind == FIELD_BYTES);
}

void
compare_defaults(struct field_pair *pair)
{
	struct comparison *comparison = pair->comparison;
	struct spot spot = pair->spot;

	if (!wants(comparison, RULE_FIELD_SAME_DEFAULT) ||
	    !can_have_default(&pair->before) ||
	    !can_have_default(&pair->after) || !may_differ(pair))
		return;

	struct standard before =
		standard_of(comparison, &comparison->before, &pair->before);
	struct standard after =
		standard_of(comparison, &comparison->after, &pair->after);
	if ((is_zero(&before) && is_zero(&after)) ||
	    same_value(&before, &after))
		return;
	spot.backup = spot.len;
	spot_add(&spot, FIELD_DEFAULT);
	report_field(pair, RULE_FIELD_SAME_DEFAULT, &spot,
	             pair->before.field->default_value,
	             pair->after.field->default_value,
	             "changed its default from %s to %s",
	             quoted_default(comparison, &pair->before),
	             quoted_default(comparison, &pair->after));
}
