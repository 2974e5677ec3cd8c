/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

struct arena;
struct atom;
struct buf;

/*
 * Writes an Atom feed (RFC 4287) by libxml2. Texts must be valid UTF-8;
 * characters that XML cannot hold become U+FFFD. Times are RFC 3339, addresses
 * absolute and already encoded.
 */

struct atom_feed {
	const char *id; /* for ever the same; also where the feed itself is */
	const char *title;
	const char *updated;
	const char *page; /* the same for people */
	const char *generator;
};

struct atom_entry {
	const char *id;
	const char *title;
	const char *updated;
	const char *author;
	const char *page;
	const char *related; /* NULL = none */
	const char *content; /* plain text */
};

/* Begins a feed; the arena ends it when it has not been closed. */
struct atom *atom_open(struct arena *arena, const struct atom_feed *feed);

void atom_add(struct atom *atom, const struct atom_entry *entry);

/* Ends the feed and appends the document. */
void atom_close(struct atom *atom, struct buf *ret);
