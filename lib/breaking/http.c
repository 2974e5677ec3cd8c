/* SPDX-License-Identifier: Apache-2.0 */
#include "breaking/http.h"

#include "base/arena.h"
#include "base/str.h"
#include "breaking/ranges.h"

#include <stdlib.h>
#include <string.h>

/* Numbers of google/api/{annotations,http,field_behavior}.proto. */
enum {
	OPTION_HTTP = 72295728,
	OPTION_FIELD_BEHAVIOR = 1052,

	BINDING_GET = 2,
	BINDING_PUT = 3,
	BINDING_POST = 4,
	BINDING_DELETE = 5,
	BINDING_PATCH = 6,
	BINDING_BODY = 7,
	BINDING_CUSTOM = 8,
	BINDING_ADDITIONAL = 11,
	BINDING_RESPONSE_BODY = 12,
	CUSTOM_KIND = 1,
	CUSTOM_PATH = 2,

	BEHAVIOR_REQUIRED = 2,
};

/* --- options that are unknown to protobuf-c ------------------------------- */

/* The value of an unknown field, which is kept as it was on the wire. */
static bool
read_unknown(const ProtobufCMessageUnknownField *field, struct wire_item *ret)
{
	struct wire_reader in = wire_reader_of((struct wire_bytes){
		.bytes = field->data,
		.len = field->len,
	});

	*ret = (struct wire_item){
		.number = field->tag,
		.type = (enum wire_type)field->wire_type,
	};
	return wire_read_value(&in, ret);
}

/* --- bindings ------------------------------------------------------------- */

struct bindings {
	struct arena *arena;
	char **items;
	size_t count;
	size_t cap;
};

struct binding {
	const char *verb;
	const char *path;
	const char *body;
	const char *response;
};

static const char *
text_of(struct arena *arena, struct wire_bytes bytes)
{
	const char *text = (const char *)bytes.bytes;

	return str_is_utf8(text, bytes.len)
	               ? arena_strndup(arena, text, bytes.len)
	               : "?";
}

static const char *
verb_of(uint32_t number)
{
	switch (number) {
	case BINDING_GET:
		return "GET";
	case BINDING_PUT:
		return "PUT";
	case BINDING_POST:
		return "POST";
	case BINDING_DELETE:
		return "DELETE";
	case BINDING_PATCH:
		return "PATCH";
	default:
		return NULL;
	}
}

static void
read_custom(struct arena *arena, struct wire_bytes custom,
            struct binding *binding)
{
	struct wire_reader in = wire_reader_of(custom);
	struct wire_item item = {0};

	binding->verb = "";
	while (in.at < in.end && wire_read_item(&in, &item)) {
		if (item.type == WIRE_BYTES && item.number == CUSTOM_KIND)
			binding->verb = text_of(arena, item.bytes);
		if (item.type == WIRE_BYTES && item.number == CUSTOM_PATH)
			binding->path = text_of(arena, item.bytes);
	}
}

static void
add_binding(struct bindings *bindings, const struct binding *binding)
{
	struct buf text = {.arena = bindings->arena};
	size_t size = sizeof(*bindings->items);

	if (bindings->count == bindings->cap) {
		bindings->cap = bindings->count == 0 ? 4 : 2 * bindings->count;
		bindings->items = arena_grow(bindings->arena, bindings->items,
		                             bindings->count * size,
		                             bindings->cap * size);
	}
	buf_printf(&text, "%s %s", binding->verb, side_text(binding->path));
	if (!str_empty(binding->body))
		buf_printf(&text, " body %s", binding->body);
	if (!str_empty(binding->response))
		buf_printf(&text, " response %s", binding->response);
	(void)buf_reserve(&text, 1);
	bindings->items[bindings->count++] = text.data;
}

/* Bindings do not nest: what is additional has none of its own. */
static void
read_rule(struct bindings *bindings, struct wire_bytes rule, bool additional)
{
	struct wire_reader in = wire_reader_of(rule);
	struct wire_item item = {0};
	struct binding binding = {0};

	while (in.at < in.end && wire_read_item(&in, &item)) {
		if (item.type != WIRE_BYTES)
			continue;
		if (verb_of(item.number) != NULL) {
			binding.verb = verb_of(item.number);
			binding.path = text_of(bindings->arena, item.bytes);
		} else if (item.number == BINDING_CUSTOM) {
			read_custom(bindings->arena, item.bytes, &binding);
		} else if (item.number == BINDING_BODY) {
			binding.body = text_of(bindings->arena, item.bytes);
		} else if (item.number == BINDING_RESPONSE_BODY) {
			binding.response = text_of(bindings->arena, item.bytes);
		} else if (item.number == BINDING_ADDITIONAL && !additional) {
			read_rule(bindings, item.bytes, true);
		}
	}
	if (binding.verb != NULL)
		add_binding(bindings, &binding);
}

static struct names
bindings_of(struct arena *arena, const Proto__Method *method)
{
	const ProtobufCMessage *options = BASE(method->options);
	struct bindings bindings = {.arena = arena};
	struct buf whole = {.arena = arena};

	for (size_t i = 0; options != NULL && i < options->n_unknown_fields;
	     i++) {
		struct wire_item item;

		/* A message may come in pieces, which are one together. */
		if (options->unknown_fields[i].tag == OPTION_HTTP &&
		    read_unknown(&options->unknown_fields[i], &item) &&
		    item.type == WIRE_BYTES)
			buf_add(&whole, item.bytes.bytes, item.bytes.len);
	}
	if (whole.len > 0)
		read_rule(&bindings,
		          (struct wire_bytes){
				  .bytes = (const unsigned char *)whole.data,
				  .len = whole.len,
			  },
		          false);
	return names_of(arena, bindings.items, bindings.count);
}

static const char *
joined(struct arena *arena, const struct names *names)
{
	struct buf out = {.arena = arena};

	for (size_t i = 0; i < names->count; i++)
		buf_printf(&out, "%s%s", i == 0 ? "" : ", ", names->items[i]);
	return names->count == 0 ? NULL : buf_text(&out);
}

/* Those of one that are not in the other. */
static struct names
without(struct arena *arena, const struct names *names,
        const struct names *others)
{
	struct names ret = {0};

	ret.items = arena_array(arena, names->count, sizeof(*ret.items));
	for (size_t i = 0; i < names->count; i++) {
		if (!names_hold(others, names->items[i]))
			ret.items[ret.count++] = names->items[i];
	}
	return ret;
}

const char *
http_text(struct arena *arena, const Proto__Method *method)
{
	struct names bindings = bindings_of(arena, method);

	return joined(arena, &bindings);
}

void
compare_http(struct comparison *comparison, const struct declaration *service,
             const char *name, const struct spot *spot,
             const Proto__Method *before, const Proto__Method *after)
{
	struct arena *scratch = comparison->scratch;

	if (!wants(comparison, RULE_HTTP_BINDING_CHANGED))
		return;

	struct names old = bindings_of(scratch, before);
	struct names new = bindings_of(scratch, after);
	struct names gone = without(scratch, &old, &new);
	struct names came = without(scratch, &new, &old);
	const char *now = joined(scratch, &came);

	if (gone.count == 0)
		return;
	report(comparison,
	       &(struct report){
		       .rule = RULE_HTTP_BINDING_CHANGED,
		       .spot = spot,
		       .scope = service->full_name,
		       .name = name,
		       .before = joined(scratch, &gone),
		       .after = now,
	       },
	       "the RPC %s of %s cannot be called by %s any more%s%s", name,
	       service->full_name, joined(scratch, &gone),
	       now == NULL ? "" : ", but by ", side_text(now));
}

/* --- field behaviour ------------------------------------------------------ */

/* The list may be packed, or one option for each. */
bool
field_behavior_required(const Proto__Field *field)
{
	const ProtobufCMessage *options = BASE(field->options);

	for (size_t i = 0; options != NULL && i < options->n_unknown_fields;
	     i++) {
		const ProtobufCMessageUnknownField *unknown =
			&options->unknown_fields[i];
		struct wire_item item;

		if (unknown->tag != OPTION_FIELD_BEHAVIOR ||
		    !read_unknown(unknown, &item))
			continue;
		if (item.type == WIRE_VARINT && item.bits == BEHAVIOR_REQUIRED)
			return true;
		if (item.type != WIRE_BYTES)
			continue;

		struct wire_reader in = wire_reader_of(item.bytes);
		struct wire_item one = {.type = WIRE_VARINT};
		while (in.at < in.end && wire_read_value(&in, &one)) {
			if (one.bits == BEHAVIOR_REQUIRED)
				return true;
		}
	}
	return false;
}
