/* SPDX-License-Identifier: Apache-2.0 */
/* Services and their RPCs, which are known by name. */
#include "base/arena.h"
#include "base/attr.h"
#include "breaking/comparison.h"
#include "breaking/http.h"

#include <stdlib.h>
#include <string.h>

/* Numbers of descriptor.proto. */
enum {
	SERVICE_METHOD = 2,
	METHOD_INPUT = 2,
	METHOD_OUTPUT = 3,
	METHOD_OPTIONS = 4,
	OPTIONS_IDEMPOTENCY = 34,
};

struct named_method {
	const Proto__Method *method;
	const char *name;
	size_t index;
};

struct service_pair {
	struct comparison *comparison;
	const struct declaration *before;
	const struct declaration *after;
	struct spot spot; /* of the service after */
};

static int
compare_names(const void *a, const void *b)
{
	const struct named_method *left = a;
	const struct named_method *right = b;
	int order = strcmp(left->name, right->name);

	return order != 0 ? order
	                  : (left->index > right->index) -
	                            (left->index < right->index);
}

static struct named_method *
methods_of(struct arena *arena, const Proto__Service *service)
{
	size_t count = service->n_method;
	struct named_method *ret = arena_array(arena, count, sizeof(*ret));

	for (size_t i = 0; i < count; i++)
		ret[i] = (struct named_method){
			.method = service->method[i],
			.name = side_text(service->method[i]->name),
			.index = i,
		};
	if (count > 1)
		qsort(ret, count, sizeof(*ret), compare_names);
	return ret;
}

static struct spot
method_spot(const struct declaration *service,
            const struct named_method *method)
{
	struct spot spot = spot_of(service);

	spot_add(&spot, SERVICE_METHOD);
	spot_add(&spot, (int32_t)method->index);
	return spot;
}

/* --- one RPC -------------------------------------------------------------- */

static const char *
idempotency_text(struct arena *arena, const Proto__Method *method)
{
	static const char *const names[] = {"IDEMPOTENCY_UNKNOWN",
	                                    "NO_SIDE_EFFECTS", "IDEMPOTENT"};
	int level = method->options == NULL
	                    ? 0
	                    : method->options->idempotency_level;

	if (level >= 0 && (size_t)level < ARRAY_LEN(names))
		return names[level];
	return arena_printf(arena, "%d", level);
}

static void
differs(struct service_pair *pair, enum breaking_rule rule,
        const struct spot *spot, const char *name, const char *what,
        const char *before, const char *after)
{
	if (strcmp(before, after) == 0)
		return;
	report(pair->comparison,
	       &(struct report){
		       .rule = rule,
		       .spot = spot,
		       .scope = pair->after->full_name,
		       .name = name,
		       .before = before,
		       .after = after,
	       },
	       "the %s of the RPC %s of %s changed from %s to %s", what, name,
	       pair->after->full_name, before, after);
}

static const char *
stream_text(bool streams)
{
	return streams ? "stream" : "unary";
}

static void
compare_method(struct service_pair *pair, const struct named_method *before,
               const struct named_method *after)
{
	const Proto__Method *old = before->method;
	const Proto__Method *new = after->method;
	struct arena *scratch = pair->comparison->scratch;
	struct spot spot = method_spot(pair->after, after);
	struct spot part = spot;

	differs(pair, RULE_RPC_SAME_CLIENT_STREAMING, &spot, after->name,
	        "request", stream_text(old->client_streaming),
	        stream_text(new->client_streaming));
	differs(pair, RULE_RPC_SAME_SERVER_STREAMING, &spot, after->name,
	        "response", stream_text(old->server_streaming),
	        stream_text(new->server_streaming));

	spot_add(&part, METHOD_INPUT);
	differs(pair, RULE_RPC_SAME_REQUEST_TYPE, &part, after->name,
	        "request type", type_text(old->input_type),
	        type_text(new->input_type));
	part.path[spot.len] = METHOD_OUTPUT;
	differs(pair, RULE_RPC_SAME_RESPONSE_TYPE, &part, after->name,
	        "response type", type_text(old->output_type),
	        type_text(new->output_type));
	part.path[spot.len] = METHOD_OPTIONS;
	spot_add(&part, OPTIONS_IDEMPOTENCY);
	differs(pair, RULE_RPC_SAME_IDEMPOTENCY_LEVEL, &part, after->name,
	        "idempotency level", idempotency_text(scratch, old),
	        idempotency_text(scratch, new));
	compare_http(pair->comparison, pair->after, after->name, &spot, old,
	             new);
}

static bool
method_deprecated(const Proto__Method *method)
{
	return method->options != NULL && method->options->deprecated;
}

static void
method_removed(struct service_pair *pair, const struct named_method *gone)
{
	const char *full_name = pair->after->full_name;

	report(pair->comparison,
	       &(struct report){
		       .rule = RULE_RPC_NO_DELETE,
		       .spot = &pair->spot,
		       .scope = full_name,
		       .name = gone->name,
	       },
	       "the RPC %s of %s is gone", gone->name, full_name);
	report_unannounced(
		pair->comparison, &pair->spot, "RPC", full_name, gone->name,
		method_deprecated(gone->method) || is_deprecated(pair->before));
}

/* --- changes -------------------------------------------------------------- */

static void
change_method(struct service_pair *pair, const struct named_method *before,
              const struct named_method *after)
{
	struct arena *scratch = pair->comparison->scratch;
	struct difference difference = difference_new(pair->comparison);
	const Proto__Method *old = before->method;
	const Proto__Method *new = after->method;
	struct spot left = method_spot(pair->before, before);
	struct spot right = method_spot(pair->after, after);

	difference_add(&difference, "request", type_text(old->input_type),
	               type_text(new->input_type));
	difference_add(&difference, "response", type_text(old->output_type),
	               type_text(new->output_type));
	difference_add(&difference, "request is",
	               stream_text(old->client_streaming),
	               stream_text(new->client_streaming));
	difference_add(&difference, "response is",
	               stream_text(old->server_streaming),
	               stream_text(new->server_streaming));
	difference_add(&difference, "idempotency_level",
	               idempotency_text(scratch, old),
	               idempotency_text(scratch, new));
	difference_add_flag(&difference, "deprecated", method_deprecated(old),
	                    method_deprecated(new));
	const char *old_http = http_text(scratch, old);
	const char *new_http = http_text(scratch, new);

	/* Bindings are custom options, too: do not say it twice. */
	difference_add(&difference, "HTTP", old_http, new_http);
	if (strcmp(side_text(old_http), side_text(new_http)) == 0)
		difference_add_options(&difference, BASE(old->options),
		                       BASE(new->options));
	change_compare(pair->comparison, SYMBOL_METHOD, &left, &right,
	               pair->after->full_name, after->name, &difference);
}

static void
change_one(struct service_pair *pair, enum breaking_how how,
           const struct named_method *method)
{
	const struct declaration *of =
		how == BREAKING_ADDED ? pair->after : pair->before;
	struct spot spot = method_spot(of, method);

	change_add(pair->comparison, how, SYMBOL_METHOD, &spot, of->full_name,
	           method->name);
}

static void
change_service(struct service_pair *pair)
{
	struct difference difference = difference_new(pair->comparison);
	const Proto__ServiceOptions *left = pair->before->service->options;
	const Proto__ServiceOptions *right = pair->after->service->options;
	struct spot before = spot_of(pair->before);

	difference_add(&difference, "file", pair->before->file->path,
	               pair->after->file->path);
	difference_add_flag(&difference, "deprecated",
	                    left != NULL && left->deprecated,
	                    right != NULL && right->deprecated);
	difference_add_options(&difference, BASE(left), BASE(right));
	change_compare(pair->comparison, SYMBOL_SERVICE, &before, &pair->spot,
	               pair->after->full_name, NULL, &difference);
}

void
compare_services(struct comparison *comparison,
                 const struct declaration *before,
                 const struct declaration *after)
{
	struct service_pair pair = {
		.comparison = comparison,
		.before = before,
		.after = after,
		.spot = spot_of(after),
	};
	struct named_method *old =
		methods_of(comparison->scratch, before->service);
	struct named_method *new =
		methods_of(comparison->scratch, after->service);
	size_t i = 0;
	size_t j = 0;

	change_service(&pair);
	while (i < before->service->n_method || j < after->service->n_method) {
		int order = i == before->service->n_method ? 1
		            : j == after->service->n_method
		                    ? -1
		                    : strcmp(old[i].name, new[j].name);

		if (order < 0) {
			method_removed(&pair, &old[i]);
			change_one(&pair, BREAKING_REMOVED, &old[i++]);
		} else if (order > 0) {
			change_one(&pair, BREAKING_ADDED, &new[j++]);
		} else {
			compare_method(&pair, &old[i], &new[j]);
			change_method(&pair, &old[i++], &new[j++]);
		}
	}
}
