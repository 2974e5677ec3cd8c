/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"

#include <stdarg.h>
#include <stddef.h>

/*
 * Memory that dies together: everything of one request (or one document) lives
 * in one arena and is freed by one arena_reset(). Allocation never fails: when
 * the system has no memory left the process says so and exits, and its
 * supervisor starts a fresh one. All memory is zeroed and aligned for any type.
 */

struct arena;

/* A new arena; the caller frees it with arena_free(). */
struct arena *arena_new(void);

/* Frees the arena and clears the pointer; NULL is fine. */
void arena_free(struct arena **arena);

/*
 * Runs what arena_defer() registered, newest first, and forgets every
 * allocation. One block is kept, so a steady load does not call malloc.
 */
void arena_reset(struct arena *arena);

/* Bytes handed out since the last reset. */
size_t arena_used(const struct arena *arena);

void *arena_alloc(struct arena *arena, size_t size);
void *arena_array(struct arena *arena, size_t count, size_t size);

/* A larger copy of an array; the old one stays until the reset. */
void *arena_grow(struct arena *arena, const void *old, size_t old_size,
                 size_t new_size);

char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t len);
char *arena_printf(struct arena *arena, const char *fmt, ...) PRINTF(2, 3);
char *arena_vprintf(struct arena *arena, const char *fmt, va_list args)
	PRINTF(2, 0);

/*
 * For memory that comes from elsewhere (a foreign library, realloc): answers
 * what it was given, and when that is NULL ends the process as described above.
 */
void *arena_must(void *memory);

/* Calls `release(handle)` at the next reset: for foreign handles. */
void arena_defer(struct arena *arena, void (*release)(void *), void *handle);
