/* SPDX-License-Identifier: Apache-2.0 */
#include "breaking/values.h"

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

static int
compare(const void *a, const void *b)
{
	const struct numbered_value *left = a;
	const struct numbered_value *right = b;

	if (left->value->number != right->value->number)
		return left->value->number < right->value->number ? -1 : 1;

	int order = strcmp(left->name, right->name);
	return order != 0 ? order
	                  : (left->index > right->index) -
	                            (left->index < right->index);
}

struct values
values_of(struct arena *arena, const Proto__Enum *of)
{
	struct values values = {.count = of->n_value};

	values.items = arena_array(arena, of->n_value, sizeof(*values.items));
	for (size_t i = 0; i < of->n_value; i++) {
		const char *name = of->value[i]->name;

		values.items[i] = (struct numbered_value){
			.value = of->value[i],
			.name = name == NULL ? "" : name,
			.index = i,
		};
	}
	if (values.count > 1)
		qsort(values.items, values.count, sizeof(*values.items),
		      compare);
	return values;
}

struct value_group
values_next(struct values *values)
{
	struct value_group group = {
		.items = values->items + values->at,
		.deprecated = true,
	};

	while (values->at < values->count) {
		const Proto__EnumValue *value = values->items[values->at].value;

		if (group.count > 0 &&
		    value->number != group.items[0].value->number)
			break;
		group.deprecated &=
			value->options != NULL && value->options->deprecated;
		group.count++;
		values->at++;
	}
	return group;
}

const char *
value_names(struct arena *arena, const struct value_group *group)
{
	struct buf out = {.arena = arena};

	for (size_t i = 0; i < group->count; i++)
		buf_printf(&out, "%s%s", i == 0 ? "" : ", ",
		           group->items[i].name);
	return buf_text(&out);
}

bool
value_names_include(const struct value_group *all,
                    const struct value_group *some)
{
	size_t at = 0;

	for (size_t i = 0; i < some->count; i++) {
		while (at < all->count &&
		       strcmp(all->items[at].name, some->items[i].name) < 0)
			at++;
		if (at == all->count ||
		    strcmp(all->items[at].name, some->items[i].name) != 0)
			return false;
	}
	return true;
}

bool
values_include(const Proto__Enum *all, const Proto__Enum *some)
{
	AUTO(arena_free) struct arena *arena = arena_new();
	struct values outer = values_of(arena, all);
	struct values inner = values_of(arena, some);
	struct value_group of_all = values_next(&outer);
	struct value_group of_some = values_next(&inner);

	while (of_some.count > 0) {
		while (of_all.count > 0 && of_all.items->value->number <
		                                   of_some.items->value->number)
			of_all = values_next(&outer);
		if (of_all.count == 0 ||
		    of_all.items->value->number !=
		            of_some.items->value->number ||
		    !value_names_include(&of_all, &of_some))
			return false;
		of_some = values_next(&inner);
	}
	return true;
}
