/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct faults;

/*
 * Reads XML by libxml2, as events: no tree is built. The text is UTF-8 and has
 * no DOCTYPE, so there are no entities but the five of XML, no defaults, and
 * nothing outside to fetch; besides, libxml2 is told to open no file and no
 * connection. Limits are those of wire/limits.h: depth, attributes, lengths.
 * They keep the time linear in the length of the text. How long the text may be
 * is for the caller to say.
 */

struct xml; /* one reading */

/* Without namespace; a name and its value. */
struct xml_attribute {
	const char *name;
	const char *value;
};

/* Lives as long as the event. */
struct xml_element {
	const char *name;  /* without its prefix */
	const char *space; /* namespace, "" = none */
	const struct xml_attribute *attributes;
	size_t count;
};

/* The value of an attribute, or NULL. */
const char *xml_value(const struct xml_element *element, const char *name);

/* Text comes in pieces. Any may be NULL. */
struct xml_events {
	void (*open)(void *context, struct xml *xml,
	             const struct xml_element *element);
	void (*text)(void *context, struct xml *xml, const char *text,
	             size_t len);
	void (*close)(void *context, struct xml *xml);
};

/* From an event: adds a fault about the tag or text, and ends the reading. */
void xml_refuse(struct xml *xml, const char *code, const char *fmt, ...)
	PRINTF(3, 4);

/* True when all was read; false with one fault, which has line and column. */
MUST_USE bool xml_read(const char *bytes, size_t len,
                       const struct xml_events *events, void *context,
                       struct arena *arena, struct faults *faults);
