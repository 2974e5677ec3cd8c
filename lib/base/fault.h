/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

/*
 * What is wrong with something, in one sentence, and where. `struct fault` is
 * the last parameter of start-up code and parsers that answer 0 or -1;
 * `struct faults` gathers all faults of one input, so that its author can mend
 * them in one go. Texts are borrowed from the arena of the list; the text of a
 * single fault is a static string or lives in its `text`.
 */
struct fault {
	const char *pointer; /* "#" and a JSON Pointer (RFC 6901), or NULL */
	unsigned line;       /* 1-based; 0 = not known */
	unsigned column;     /* 1-based, in characters; 0 = not known */
	const char *code;   /* short stable word, e.g. "required", "too-long" */
	const char *detail; /* one sentence, no final dot */
	char text[256];     /* storage for fault_set() */
};

enum {
	FAULTS_MAX = 100, /* kept; more are only counted */
};

struct faults {
	struct arena *arena;
	struct fault *items;
	size_t count; /* kept */
	size_t total; /* seen */
};

/* Fills the fault's own storage; answers -1, so `return fault_set(…)` works. */
int fault_set(struct fault *fault, const char *code, const char *fmt, ...)
	PRINTF(3, 4);

/* Appends; `pointer` is copied, NULL stands for the whole document. */
void faults_add(struct faults *faults, const char *pointer, unsigned line,
                unsigned column, const char *code, const char *fmt, ...)
	PRINTF(6, 7);

/* A fault with this code unless `text`, which others will read, is a line
 * (str.h); NULL was not given and is none. */
void faults_unless_line(struct faults *faults, const char *pointer,
                        const char *code, const char *text);

static inline bool
faults_any(const struct faults *faults)
{
	return faults->total > 0;
}
