/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define WATCHED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WATCHED 1
#endif
#endif

/* AddressSanitizer sees what is used of a block: what was handed out and not
 * given back, without the gaps between. */
#ifdef WATCHED
#include <sanitizer/asan_interface.h>
#define HIDE(bytes, size) ASAN_POISON_MEMORY_REGION(bytes, size)
#define SHOW(bytes, size) ASAN_UNPOISON_MEMORY_REGION(bytes, size)
#define GAP 16
#else
#define HIDE(bytes, size) ((void)(bytes), (void)(size))
#define SHOW(bytes, size) ((void)(bytes), (void)(size))
#define GAP 0
#endif

enum {
	BLOCK_BYTES = 64 * 1024,
};

struct block {
	struct block *next;
	size_t size;
	size_t used;
	alignas(max_align_t) unsigned char bytes[];
};

struct deferred {
	struct deferred *next;
	void (*release)(void *);
	void *handle;
};

struct arena {
	struct block *blocks; /* newest first */
	struct deferred *deferred;
	size_t used;
};

void *
arena_must(void *memory)
{
	if (memory == NULL) {
		fputs("{\"level\":\"error\",\"event\":\"memory.exhausted\"}\n",
		      stderr);
		_exit(70);
	}
	return memory;
}

static struct block *
block_new(size_t size)
{
	/* Large ones come as empty pages, which cost nothing until used. */
	struct block *block =
		arena_must(size > BLOCK_BYTES ? calloc(1, sizeof(*block) + size)
	                                      : malloc(sizeof(*block) + size));

	block->next = NULL;
	block->size = size;
	block->used = 0;
	HIDE(block->bytes, size);
	return block;
}

struct arena *
arena_new(void)
{
	return arena_must(calloc(1, sizeof(struct arena)));
}

void
arena_reset(struct arena *arena)
{
	for (struct deferred *d = arena->deferred; d != NULL; d = d->next)
		d->release(d->handle);
	arena->deferred = NULL;

	/* The oldest block has the standard size unless the very first
	 * allocation was larger: keep it only if it is a standard one. */
	struct block *keep = NULL;
	for (struct block *b = arena->blocks; b != NULL;) {
		struct block *next = b->next;

		if (next == NULL && b->size == BLOCK_BYTES)
			keep = b;
		else
			free(b);
		b = next;
	}
	if (keep != NULL) {
		keep->used = 0;
		HIDE(keep->bytes, keep->size);
	}
	arena->blocks = keep;
	arena->used = 0;
}

void
arena_free(struct arena **arena)
{
	if (*arena == NULL)
		return;
	arena_reset(*arena);
	free((*arena)->blocks);
	free(*arena);
	*arena = NULL;
}

size_t
arena_used(const struct arena *arena)
{
	return arena->used;
}

void *
arena_alloc(struct arena *arena, size_t size)
{
	const size_t align = alignof(max_align_t);

	if (size > SIZE_MAX / 2)
		arena_must(NULL);
	size_t whole = (size + align - 1) / align * align + GAP;

	struct block *block = arena->blocks;
	if (block == NULL || block->size - block->used < whole) {
		block = block_new(whole > BLOCK_BYTES ? whole : BLOCK_BYTES);
		block->next = arena->blocks;
		arena->blocks = block;
	}

	void *memory = block->bytes + block->used;
	block->used += whole;
	arena->used += whole - GAP;
	SHOW(memory, size);
	return block->size > BLOCK_BYTES ? memory : memset(memory, 0, size);
}

void *
arena_array(struct arena *arena, size_t count, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes))
		arena_must(NULL);
	return arena_alloc(arena, bytes);
}

void *
arena_grow(struct arena *arena, const void *old, size_t old_size,
           size_t new_size)
{
	void *memory = arena_alloc(arena, new_size);

	if (old_size > 0)
		memcpy(memory, old, old_size);
	return memory;
}

char *
arena_strndup(struct arena *arena, const char *text, size_t len)
{
	char *copy = arena_alloc(arena, len + 1);

	memcpy(copy, text, len);
	return copy;
}

char *
arena_strdup(struct arena *arena, const char *text)
{
	return arena_strndup(arena, text, strlen(text));
}

char *
arena_vprintf(struct arena *arena, const char *fmt, va_list args)
{
	va_list again;
	char first[256]; /* nearly all fit, and are formatted once */

	va_copy(again, args);
	int len = vsnprintf(first, sizeof(first), fmt, args);
	if (len < 0)
		arena_must(NULL);

	char *text = arena_alloc(arena, (size_t)len + 1);
	if ((size_t)len < sizeof(first))
		memcpy(text, first, (size_t)len);
	else
		(void)vsnprintf(text, (size_t)len + 1, fmt, again);
	va_end(again);
	return text;
}

char *
arena_printf(struct arena *arena, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	char *text = arena_vprintf(arena, fmt, args);
	va_end(args);
	return text;
}

void
arena_defer(struct arena *arena, void (*release)(void *), void *handle)
{
	struct deferred *d = arena_alloc(arena, sizeof(*d));

	d->release = release;
	d->handle = handle;
	d->next = arena->deferred;
	arena->deferred = d;
}
