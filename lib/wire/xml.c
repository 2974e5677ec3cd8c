/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE /* memrchr */
#include "wire/xml.h"

#include "base/arena.h"
#include "base/fault.h"
#include "base/str.h"
#include "wire/limits.h"
#include "wire/place.h"
#include "wire/xml_scan.h"

#include <stdarg.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

enum {
	/* libxml2 refuses to look at more than 10 MB at a time. */
	PIECE_BYTES = 256 << 10,
};

struct xml {
	const char *bytes;
	size_t len;
	const struct xml_events *events;
	void *context;
	struct arena *arena;
	struct faults *faults;
	xmlParserCtxtPtr parser;
	struct xml_attribute attributes[LIMIT_XML_ATTRIBUTES];
	char *values; /* of the attributes, NUL terminated */
	bool in_text; /* the event is one of text */
	bool ended;   /* there is a fault */
};

/* --- what is wrong -------------------------------------------------------- */

/* libxml2's own sentences quote the input, and what they say may change. */
static const struct {
	int error;
	const char *detail;
} reasons[] = {
	{XML_ERR_DOCUMENT_EMPTY, "is no XML: it does not begin with <"},
	{XML_ERR_TAG_NAME_MISMATCH,
         "this end tag is not that of the element that is open"},
	{XML_ERR_TAG_NOT_FINISHED, "this element is not closed"},
	{XML_ERR_UNDECLARED_ENTITY, "an entity is not declared"},
	{XML_ERR_ENTITYREF_SEMICOL_MISSING,
         "after & there must be an entity and a ;"},
	{XML_ERR_NAME_REQUIRED, "a name is missing here"},
	{XML_ERR_ATTRIBUTE_REDEFINED, "this attribute is given twice"},
	{XML_ERR_ATTRIBUTE_NOT_STARTED, "the value must be quoted"},
	{XML_ERR_ATTRIBUTE_WITHOUT_VALUE, "this attribute has no value"},
	{XML_ERR_ATTRIBUTE_NOT_FINISHED, "this value is not closed"},
	{XML_ERR_GT_REQUIRED, "this tag is not closed"},
	{XML_ERR_LT_IN_ATTRIBUTE, "a value may not contain <"},
	{XML_ERR_INVALID_CHAR, "has a character that XML cannot hold"},
	{XML_ERR_INVALID_CHARREF, "names a character that XML cannot hold"},
	{XML_ERR_COMMENT_NOT_FINISHED, "this comment is not closed"},
	{XML_ERR_CDATA_NOT_FINISHED, "this CDATA section is not closed"},
	{XML_ERR_PI_NOT_FINISHED, "this instruction is not closed"},
	{XML_ERR_MISPLACED_CDATA_END, "a text may not contain ]]>"},
};

static void
add_fault(struct xml *xml, size_t at, const char *code, const char *detail)
{
	struct place place =
		place_of(xml->bytes, at < xml->len ? at : xml->len);

	xml->ended = true;
	faults_add(xml->faults, NULL, place.line, place.column, code, "%s",
	           detail);
}

/* How far libxml2 has come. */
static size_t
position(const struct xml *xml)
{
	long at = xmlByteConsumed(xml->parser);

	return at < 0 ? 0 : (size_t)at;
}

/* Where the tag begins that libxml2 is at the end of. */
static size_t
tag_position(const struct xml *xml)
{
	size_t at = position(xml);
	const char *tag =
		memrchr(xml->bytes, '<', at < xml->len ? at : xml->len);

	return tag == NULL ? 0 : (size_t)(tag - xml->bytes);
}

void
xml_refuse(struct xml *xml, const char *code, const char *fmt, ...)
{
	va_list args;

	if (xml->ended)
		return;
	va_start(args, fmt);
	add_fault(xml, xml->in_text ? position(xml) : tag_position(xml), code,
	          arena_vprintf(xml->arena, fmt, args));
	va_end(args);
	xmlStopParser(xml->parser);
}

static const char *
reason(const struct xml *xml, int error)
{
	/* Of a few bytes libxml2 says this as well. */
	if (error == XML_ERR_DOCUMENT_END && xml->len > 0 && *xml->bytes != '<')
		error = XML_ERR_DOCUMENT_EMPTY;
	size_t at = position(xml);
	if (error == XML_ERR_DOCUMENT_END)
		return at == 0 || at >= xml->len
		               ? "the XML ends too early"
		               : "something follows the end of the document";
	for (size_t i = 0; i < ARRAY_LEN(reasons); i++) {
		if (reasons[i].error == error)
			return reasons[i].detail;
	}
	return "is no well-formed XML";
}

#if LIBXML_VERSION >= 21200
typedef const xmlError *xml_complaint;
#else
typedef xmlErrorPtr xml_complaint;
#endif

/* The first error is what is wrong; libxml2 ends the reading by itself. */
static void
complain(void *context, xml_complaint error)
{
	struct xml *xml = context;

	if (error->code == XML_ERR_NO_MEMORY)
		(void)arena_must(NULL);
	if (error->level == XML_ERR_FATAL && !xml->ended)
		add_fault(xml, position(xml), "syntax",
		          reason(xml, error->code));
}

/* --- events --------------------------------------------------------------- */

static const char *
or_empty(const xmlChar *text)
{
	return text == NULL ? "" : (const char *)text;
}

/* Copies a value. Without replacing entities, which is never switched on,
 * libxml2 leaves an ampersand in a value as "&#38;". */
static char *
put_value(char *to, const char *from, const char *end)
{
	static const char ampersand[] = "&#38;";
	const size_t len = sizeof(ampersand) - 1;

	while (from < end) {
		*to++ = *from;
		from += (size_t)(end - from) >= len &&
		                        memcmp(from, ampersand, len) == 0
		                ? len
		                : 1;
	}
	*to++ = '\0';
	return to;
}

/* libxml2 gives each attribute as five: its name, prefix and namespace, and
 * where its value begins and ends. */
static void
on_open(void *context, const xmlChar *name, const xmlChar *prefix,
        const xmlChar *space, int namespaces, const xmlChar **declared,
        int count, int defaulted, const xmlChar **given)
{
	struct xml *xml = context;
	struct xml_element element = {
		.name = (const char *)name,
		.space = or_empty(space),
		.attributes = xml->attributes,
	};
	char *to = xml->values;

	(void)prefix;
	(void)namespaces;
	(void)declared;
	(void)defaulted;
	if (xml->ended || xml->events->open == NULL)
		return;
	for (int i = 0; i < count; i++, given += 5) {
		if (given[1] != NULL || element.count == LIMIT_XML_ATTRIBUTES)
			continue;
		xml->attributes[element.count++] = (struct xml_attribute){
			.name = (const char *)given[0],
			.value = to,
		};
		to = put_value(to, (const char *)given[3],
		               (const char *)given[4]);
	}
	xml->events->open(xml->context, xml, &element);
}

static void
on_close(void *context, const xmlChar *name, const xmlChar *prefix,
         const xmlChar *space)
{
	struct xml *xml = context;

	(void)name;
	(void)prefix;
	(void)space;
	if (!xml->ended && xml->events->close != NULL)
		xml->events->close(xml->context, xml);
}

static void
on_text(void *context, const xmlChar *text, int len)
{
	struct xml *xml = context;

	if (xml->ended || xml->events->text == NULL)
		return;
	xml->in_text = true;
	xml->events->text(xml->context, xml, (const char *)text, (size_t)len);
	xml->in_text = false;
}

/* The scan let none through: this is for the day that it does. */
static void
on_doctype(void *context, const xmlChar *name, const xmlChar *external,
           const xmlChar *system)
{
	(void)name;
	(void)external;
	(void)system;
	xml_refuse(context, xml_breach_code(XML_BREACH_DOCTYPE), "%s",
	           xml_breach_text(XML_BREACH_DOCTYPE));
}

static xmlParserInputPtr
load_nothing(const char *url, const char *id, xmlParserCtxtPtr parser)
{
	(void)url;
	(void)id;
	(void)parser;
	return NULL;
}

/* --- reading -------------------------------------------------------------- */

const char *
xml_value(const struct xml_element *element, const char *name)
{
	for (size_t i = 0; i < element->count; i++) {
		if (strcmp(element->attributes[i].name, name) == 0)
			return element->attributes[i].value;
	}
	return NULL;
}

static void
parse(struct xml *xml)
{
	xmlSAXHandler handler = {
		.initialized = XML_SAX2_MAGIC,
		.internalSubset = on_doctype,
		.startElementNs = on_open,
		.endElementNs = on_close,
		.characters = on_text,
		.ignorableWhitespace = on_text,
		.cdataBlock = on_text,
		.serror = complain,
	};

	xmlSetExternalEntityLoader(load_nothing);
	xml->parser = arena_must(
		xmlCreatePushParserCtxt(&handler, xml, NULL, 0, NULL));
	(void)xmlCtxtUseOptions(xml->parser,
	                        XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
	for (size_t at = 0; at < xml->len && !xml->ended; at += PIECE_BYTES) {
		size_t left = xml->len - at;

		(void)xmlParseChunk(
			xml->parser, xml->bytes + at,
			(int)(left < PIECE_BYTES ? left : PIECE_BYTES), 0);
	}
	if (!xml->ended)
		(void)xmlParseChunk(xml->parser, NULL, 0, 1);
	/* One that was not told of: never take a broken text for a whole. */
	if (!xml->ended && !xml->parser->wellFormed)
		add_fault(xml, xml->len, "syntax", reason(xml, 0));
	xmlFreeParserCtxt(xml->parser);
}

/* UTF-8 within the limits; a byte order mark is left out. */
static bool
look(struct xml *xml)
{
	size_t at = str_utf8_len(xml->bytes, xml->len);

	if (at < xml->len) {
		add_fault(xml, at, "encoding",
		          xml->bytes[at] == '\0'
		                  ? "has a character NUL: send UTF-8"
		                  : "is not UTF-8");
		return false;
	}
	if (xml->len >= 3 && memcmp(xml->bytes, "\xef\xbb\xbf", 3) == 0) {
		xml->bytes += 3;
		xml->len -= 3;
	}

	enum xml_breach breach = xml_scan(xml->bytes, xml->len, &at);
	if (breach != XML_BREACH_NONE)
		add_fault(xml, at, xml_breach_code(breach),
		          xml_breach_text(breach));
	return breach == XML_BREACH_NONE;
}

bool
xml_read(const char *bytes, size_t len, const struct xml_events *events,
         void *context, struct arena *arena, struct faults *faults)
{
	struct xml *xml = arena_alloc(arena, sizeof(*xml));

	*xml = (struct xml){
		.bytes = bytes,
		.len = len,
		.events = events,
		.context = context,
		.arena = arena,
		.faults = faults,
	};
	if (!look(xml))
		return false;
	/* No value is longer than the tag that it stood in. */
	size_t room = xml->len < LIMIT_XML_TAG ? xml->len : LIMIT_XML_TAG;
	xml->values = arena_alloc(arena, room + LIMIT_XML_ATTRIBUTES + 1);
	parse(xml);
	return !xml->ended;
}
