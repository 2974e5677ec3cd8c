/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/atom.h"

#include "base/arena.h"
#include "base/buf.h"

#include <string.h>

#include <libxml/xmlwriter.h>

struct atom {
	struct arena *arena;
	xmlBufferPtr out;
	xmlTextWriterPtr writer;
};

static void
release(void *handle)
{
	struct atom *atom = handle;

	xmlFreeTextWriter(atom->writer);
	xmlBufferFree(atom->out);
}

/* Only memory can be wanting: the writer's own buffer has no other failure. */
static void
wrote(int result)
{
	if (result < 0)
		(void)arena_must(NULL);
}

/* How long the character at `text` is that XML cannot hold (XML 1.0, 2.2); 0
 * for any other. */
static size_t
unfit(const char *text)
{
	unsigned char c = (unsigned char)text[0];

	if (c < 0x20)
		return c != '\t' && c != '\n' && c != '\r';
	/* U+FFFE and U+FFFF. */
	if (c == 0xef && (unsigned char)text[1] == 0xbf &&
	    (unsigned char)text[2] >= 0xbe)
		return 3;
	return 0;
}

static const xmlChar *
fit(struct arena *arena, const char *text)
{
	struct buf out = {.arena = arena};

	while (*text != '\0') {
		size_t bad = unfit(text);

		if (bad > 0)
			buf_adds(&out, "\xef\xbf\xbd");
		else
			buf_addc(&out, *text);
		text += bad > 0 ? bad : 1;
	}
	return (const xmlChar *)buf_text(&out);
}

static void
element(struct atom *atom, const char *name, const char *text)
{
	wrote(xmlTextWriterWriteElement(atom->writer, (const xmlChar *)name,
	                                fit(atom->arena, text)));
}

static void
start(struct atom *atom, const char *name)
{
	wrote(xmlTextWriterStartElement(atom->writer, (const xmlChar *)name));
}

static void
attribute(struct atom *atom, const char *name, const char *value)
{
	wrote(xmlTextWriterWriteAttribute(atom->writer, (const xmlChar *)name,
	                                  fit(atom->arena, value)));
}

static void
end(struct atom *atom)
{
	wrote(xmlTextWriterEndElement(atom->writer));
}

static void
add_link(struct atom *atom, const char *relation, const char *address)
{
	start(atom, "link");
	attribute(atom, "rel", relation);
	attribute(atom, "href", address);
	end(atom);
}

struct atom *
atom_open(struct arena *arena, const struct atom_feed *feed)
{
	struct atom *atom = arena_alloc(arena, sizeof(*atom));

	atom->arena = arena;
	atom->out = arena_must(xmlBufferCreate());
	atom->writer = arena_must(xmlNewTextWriterMemory(atom->out, 0));
	arena_defer(arena, release, atom);

	wrote(xmlTextWriterStartDocument(atom->writer, NULL, "UTF-8", NULL));
	start(atom, "feed");
	attribute(atom, "xmlns", "http://www.w3.org/2005/Atom");
	element(atom, "id", feed->id);
	element(atom, "title", feed->title);
	element(atom, "updated", feed->updated);
	add_link(atom, "self", feed->id);
	add_link(atom, "alternate", feed->page);
	/* An author of the feed is one of each entry that has none (4.1.1). */
	start(atom, "author");
	element(atom, "name", feed->generator);
	end(atom);
	element(atom, "generator", feed->generator);
	return atom;
}

void
atom_add(struct atom *atom, const struct atom_entry *entry)
{
	start(atom, "entry");
	element(atom, "id", entry->id);
	element(atom, "title", entry->title);
	element(atom, "updated", entry->updated);
	if (entry->author != NULL) {
		start(atom, "author");
		element(atom, "name", entry->author);
		end(atom);
	}
	add_link(atom, "alternate", entry->page);
	if (entry->related != NULL)
		add_link(atom, "related", entry->related);
	start(atom, "content");
	attribute(atom, "type", "text");
	wrote(xmlTextWriterWriteString(atom->writer,
	                               fit(atom->arena, entry->content)));
	end(atom);
	end(atom);
}

void
atom_close(struct atom *atom, struct buf *ret)
{
	wrote(xmlTextWriterEndDocument(atom->writer));
	wrote(xmlTextWriterFlush(atom->writer));
	buf_add(ret, xmlBufferContent(atom->out),
	        (size_t)xmlBufferLength(atom->out));
}
