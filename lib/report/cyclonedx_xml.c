/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/str.h"
#include "report/components.h"
#include "wire/limits.h"
#include "wire/xml.h"

#include <string.h>

/*
 * Where an element stands. Components also stand in pedigrees, in lists of
 * tools, in declarations: those are not in what the bill is of.
 */
enum kind {
	KIND_OTHER, /* and all that is in it */
	KIND_AROUND,
	KIND_BOM,
	KIND_METADATA,
	KIND_ABOUT,
	KIND_COMPONENTS,
	KIND_COMPONENT,
	KIND_TEXT, /* of a component; `text` is where it goes */
};

struct level {
	enum kind kind;
	struct component component;
	const char **text;
};

struct bill {
	struct components *components;
	struct level levels[LIMIT_DEPTH + 1]; /* 0 is around the root */
	size_t depth;
	struct buf text;
};

static const struct {
	enum kind in;
	const char *name;
	enum kind is;
} kinds[] = {
	{KIND_AROUND, "bom", KIND_BOM},
	{KIND_BOM, "metadata", KIND_METADATA},
	{KIND_BOM, "components", KIND_COMPONENTS},
	{KIND_METADATA, "component", KIND_ABOUT},
	{KIND_COMPONENTS, "component", KIND_COMPONENT},
	{KIND_COMPONENT, "components", KIND_COMPONENTS},
};

static enum kind
kind_of(enum kind in, const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (kinds[i].in == in && strcmp(kinds[i].name, name) == 0)
			return kinds[i].is;
	}
	return KIND_OTHER;
}

/* Where the text of a child of a component goes; NULL for others. */
static const char **
text_of(struct level *parent, const char *name)
{
	struct component *c = &parent->component;

	if (parent->kind != KIND_COMPONENT && parent->kind != KIND_ABOUT)
		return NULL;
	if (strcmp(name, "group") == 0)
		return &c->group;
	if (strcmp(name, "name") == 0)
		return &c->name;
	if (strcmp(name, "version") == 0)
		return &c->version;
	return strcmp(name, "purl") == 0 ? &c->purl : NULL;
}

static void
check_root(struct xml *xml, const struct xml_element *element)
{
	static const char space[] = "http://cyclonedx.org/schema/bom/";

	if (strcmp(element->name, "bom") != 0 ||
	    !str_starts(element->space, space))
		xml_refuse(xml, "report",
		           "is no CycloneDX bill of materials: it is no <bom> "
		           "of the namespace %s",
		           space);
	else if (!cyclonedx_is_version(element->space + sizeof(space) - 1))
		xml_refuse(xml, "version",
		           "versions 1.2 to 1.6 of CycloneDX are read");
}

static void
on_open(void *context, struct xml *xml, const struct xml_element *element)
{
	struct bill *bill = context;
	struct level *parent = &bill->levels[bill->depth];
	struct level *level = &bill->levels[++bill->depth];
	const char *type = xml_value(element, "type");

	*level = (struct level){
		.kind = kind_of(parent->kind, element->name),
		.text = text_of(parent, element->name),
	};
	if (bill->depth == 1)
		check_root(xml, element);
	if (level->text != NULL) {
		level->kind = KIND_TEXT;
		bill->text.len = 0;
	}
	if (type != NULL &&
	    (level->kind == KIND_COMPONENT || level->kind == KIND_ABOUT))
		level->component.type =
			arena_strdup(bill->components->arena, type);
}

static void
on_text(void *context, struct xml *xml, const char *text, size_t len)
{
	struct bill *bill = context;

	if (bill->levels[bill->depth].kind != KIND_TEXT)
		return;
	if (bill->text.len + len > LIMIT_REPORT_TEXT)
		xml_refuse(xml, "too-long",
		           "a text of a component is longer than %d bytes",
		           LIMIT_REPORT_TEXT);
	else
		buf_add(&bill->text, text, len);
}

/* The text without blanks around it. */
static const char *
take_text(struct bill *bill)
{
	static const char blanks[] = " \t\r\n";
	struct buf *text = &bill->text;
	size_t start = 0;
	size_t end = text->len;

	while (start < end && memchr(blanks, text->data[start], 4) != NULL)
		start++;
	while (end > start && memchr(blanks, text->data[end - 1], 4) != NULL)
		end--;
	return arena_strndup(bill->components->arena,
	                     end > start ? text->data + start : "",
	                     end - start);
}

static void
on_close(void *context, struct xml *xml)
{
	struct bill *bill = context;
	struct level *level = &bill->levels[bill->depth--];
	struct fault fault;
	int result = 0;

	if (level->kind == KIND_TEXT)
		*level->text = take_text(bill);
	else if (level->kind == KIND_COMPONENT)
		result = components_add(bill->components, &level->component,
		                        &fault);
	else if (level->kind == KIND_ABOUT)
		result = components_set_about(bill->components,
		                              &level->component, &fault);
	if (result != 0)
		xml_refuse(xml, fault.code, "%s", fault.detail);
}

bool
cyclonedx_read_xml(const char *bytes, size_t len, struct components *ret,
                   struct faults *faults)
{
	static const struct xml_events events = {
		.open = on_open,
		.text = on_text,
		.close = on_close,
	};
	struct bill *bill = arena_alloc(ret->arena, sizeof(*bill));

	bill->components = ret;
	bill->text.arena = ret->arena;
	bill->levels[0].kind = KIND_AROUND;
	return xml_read(bytes, len, &events, bill, ret->arena, faults);
}
