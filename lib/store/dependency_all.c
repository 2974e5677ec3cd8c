/* SPDX-License-Identifier: Apache-2.0 */
#include "store/dependency_all.h"

#include "base/arena.h"
#include "db/sql.h"

#include <stdlib.h>
#include <string.h>

/* Columns of the statements. */
enum {
	SERVICE_NUMBER,
	SERVICE_ID,
	SERVICE_TEAM,
	SERVICE_NEEDS,
};

enum {
	GRPC_SERVICE,
	GRPC_PROVIDES,
	GRPC_NAME,
	GRPC_TARGET,
};

/* A name and the place of the service that has it. */
struct name {
	const char *text;
	size_t place;
};

/* The graph as it grows. */
struct builder {
	struct arena *arena;
	struct dependency_all all;
	struct name *ids; /* sorted */
	struct name *provided;
	size_t provided_count;
	size_t pair_room;
	size_t unmet_room;
};

static int
compare_names(const void *a, const void *b)
{
	const struct name *left = a;
	const struct name *right = b;

	return strcmp(left->text, right->text);
}

static int
compare_numbers(const void *a, const void *b)
{
	const struct dependency_service *left = a;
	const struct dependency_service *right = b;

	return (left->number > right->number) - (left->number < right->number);
}

static int
compare_pairs(const void *a, const void *b)
{
	const struct dependency_pair *left = a;
	const struct dependency_pair *right = b;

	if (left->from != right->from)
		return left->from < right->from ? -1 : 1;
	return (left->to > right->to) - (left->to < right->to);
}

static int
compare_unmet(const void *a, const void *b)
{
	const struct dependency_unmet *left = a;
	const struct dependency_unmet *right = b;
	int order = strcmp(left->key, right->key);

	if (order != 0)
		return order;
	if (left->from != right->from)
		return left->from < right->from ? -1 : 1;
	if (left->rpc == NULL || right->rpc == NULL)
		return (left->rpc != NULL) - (right->rpc != NULL);
	return strcmp(left->rpc, right->rpc);
}

static void
add_pair(struct builder *builder, size_t from, size_t to)
{
	struct dependency_all *all = &builder->all;
	size_t size = sizeof(*all->pairs);

	if (all->pair_count == builder->pair_room) {
		size_t room = builder->pair_room * 2 + 1024;

		all->pairs = arena_grow(builder->arena, all->pairs,
		                        builder->pair_room * size, room * size);
		builder->pair_room = room;
	}
	all->pairs[all->pair_count++] =
		(struct dependency_pair){(int64_t)from, (int64_t)to};
	all->services[from].alone = false;
	all->services[to].alone = false;
}

static void
add_unmet(struct builder *builder, size_t from, const char *key,
          const char *rpc)
{
	struct dependency_all *all = &builder->all;
	size_t size = sizeof(*all->unmet);

	if (all->unmet_count == builder->unmet_room) {
		size_t room = builder->unmet_room * 2 + 1024;

		all->unmet =
			arena_grow(builder->arena, all->unmet,
		                   builder->unmet_room * size, room * size);
		builder->unmet_room = room;
	}
	all->unmet[all->unmet_count++] =
		(struct dependency_unmet){key, from, rpc};
	all->services[from].alone = false;
}

static void
take_services(struct builder *builder, const struct rows *rows)
{
	struct dependency_all *all = &builder->all;
	size_t count = (size_t)rows->count;

	all->service_count = count;
	all->services =
		arena_array(builder->arena, count + 1, sizeof(*all->services));
	builder->ids =
		arena_array(builder->arena, count + 1, sizeof(*builder->ids));
	for (int row = 0; row < rows->count; row++) {
		all->services[row] = (struct dependency_service){
			.number = rows_int(rows, row, SERVICE_NUMBER),
			.id = rows_text(rows, row, SERVICE_ID),
			.team = rows_text(rows, row, SERVICE_TEAM),
			.alone = true,
		};
		builder->ids[row] =
			(struct name){all->services[row].id, (size_t)row};
	}
	qsort(builder->ids, count, sizeof(*builder->ids), compare_names);
}

static void
take_declared(struct builder *builder, const struct rows *rows)
{
	for (int row = 0; row < rows->count; row++) {
		const char *text = rows_text(rows, row, SERVICE_NEEDS);

		while (*text != '\0') {
			size_t len = strcspn(text, " ");
			const struct name wanted = {
				.text = arena_strndup(builder->arena, text,
			                              len)};
			const struct name *found =
				bsearch(&wanted, builder->ids,
			                builder->all.service_count,
			                sizeof(wanted), compare_names);

			if (found != NULL)
				add_pair(builder, (size_t)row, found->place);
			else
				add_unmet(builder, (size_t)row, wanted.text,
				          NULL);
			text += len + strspn(text + len, " ");
		}
	}
}

/* The place of a service; services come sorted by number. NULL: it came or went
 * between the statements. */
static const struct dependency_service *
service_of(const struct builder *builder, int64_t number)
{
	const struct dependency_service wanted = {.number = number};

	return bsearch(&wanted, builder->all.services,
	               builder->all.service_count, sizeof(wanted),
	               compare_numbers);
}

static void
take_provided(struct builder *builder, const struct rows *rows)
{
	builder->provided = arena_array(builder->arena, (size_t)rows->count + 1,
	                                sizeof(*builder->provided));
	for (int row = 0; row < rows->count; row++) {
		const struct dependency_service *service =
			service_of(builder, rows_int(rows, row, GRPC_SERVICE));

		if (service != NULL && rows_bool(rows, row, GRPC_PROVIDES))
			builder->provided[builder->provided_count++] =
				(struct name){rows_text(rows, row, GRPC_NAME),
			                      (size_t)(service -
			                               builder->all.services)};
	}
	qsort(builder->provided, builder->provided_count,
	      sizeof(*builder->provided), compare_names);
}

/* All who provide `text`, beside each other up to `ret_end`. */
static const struct name *
providers_of(const struct builder *builder, const char *text,
             const struct name **ret_end)
{
	const struct name wanted = {.text = text};
	const struct name *end = builder->provided + builder->provided_count;
	const struct name *found =
		bsearch(&wanted, builder->provided, builder->provided_count,
	                sizeof(wanted), compare_names);

	if (found == NULL)
		return *ret_end = end;
	const struct name *last = found + 1;
	while (found > builder->provided && strcmp(found[-1].text, text) == 0)
		found--;
	while (last < end && strcmp(last->text, text) == 0)
		last++;
	*ret_end = last;
	return found;
}

static void
take_consumed(struct builder *builder, const struct rows *rows)
{
	for (int row = 0; row < rows->count; row++) {
		const struct dependency_service *service =
			service_of(builder, rows_int(rows, row, GRPC_SERVICE));
		const char *name = rows_text(rows, row, GRPC_NAME);
		const struct name *end;

		if (service == NULL || rows_bool(rows, row, GRPC_PROVIDES))
			continue;
		size_t from = (size_t)(service - builder->all.services);
		const struct name *provider = providers_of(builder, name, &end);
		if (provider == end)
			add_unmet(builder, from,
			          arena_printf(builder->arena, "grpc:%s", name),
			          rows_text(rows, row, GRPC_TARGET));
		for (; provider < end; provider++)
			add_pair(builder, from, provider->place);
	}
}

static void
order(struct dependency_all *all)
{
	size_t count = 0;

	if (all->pair_count > 0)
		qsort(all->pairs, all->pair_count, sizeof(*all->pairs),
		      compare_pairs);
	for (size_t i = 0; i < all->pair_count; i++) {
		if (i == 0 ||
		    compare_pairs(&all->pairs[i], &all->pairs[count - 1]) != 0)
			all->pairs[count++] = all->pairs[i];
	}
	all->pair_count = count;
	if (all->unmet_count > 0)
		qsort(all->unmet, all->unmet_count, sizeof(*all->unmet),
		      compare_unmet);
}

enum db_result
dependency_all(struct db *db, struct arena *arena, struct dependency_all *ret)
{
	const struct arg args[] = {ARGS_END};
	struct builder builder = {.arena = arena};
	struct rows services = {0};
	struct rows grpc = {0};
	enum db_result result =
		db_rows(db, arena, &sql_dependency_services, args, &services);

	if (result == DB_ROW || result == DB_NONE)
		result = db_rows(db, arena, &sql_dependency_grpc, args, &grpc);
	if (result != DB_ROW && result != DB_NONE)
		return result;
	take_services(&builder, &services);
	take_declared(&builder, &services);
	take_provided(&builder, &grpc);
	take_consumed(&builder, &grpc);
	order(&builder.all);
	*ret = builder.all;
	return DB_ROW;
}
