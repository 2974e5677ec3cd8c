/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"

#include "base/arena.h"
#include "base/fault.h"
#include "base/str.h"
#include "wire/limits.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void
fuzz_broken(const char *condition, const char *file, int line)
{
	(void)fprintf(stderr, "%s:%d: does not hold: %s\n", file, line,
	              condition);
	abort();
}

/* Of the processor: that of the wall says more about a shared machine. */
static int64_t
cpu_ms(void)
{
	struct timespec now;

	HOLDS(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now) == 0);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool
in_time(const uint8_t *bytes, size_t len)
{
	int64_t begun = cpu_ms();

	fuzz_input(bytes, len);
	return cpu_ms() - begun <= FUZZ_CPU_MS;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	/* Once may be the sanitizer, which tidies its memory up. */
	HOLDS(in_time(bytes, len) || in_time(bytes, len));
	return 0;
}

struct arena *
fuzz_arena(void)
{
	static struct arena *arena;

	if (arena == NULL)
		arena = arena_new();
	arena_reset(arena);
	return arena;
}

char *
fuzz_text(struct arena *arena, const uint8_t *bytes, size_t len)
{
	return arena_strndup(arena, (const char *)bytes,
	                     strnlen((const char *)bytes, len));
}

void
fuzz_check_text(const char *text)
{
	HOLDS(text != NULL);
	HOLDS(str_is_utf8(text, strlen(text)));
}

void
fuzz_check_line(const char *text)
{
	fuzz_check_text(text);
	HOLDS(str_is_printable(text));
}

static unsigned
lines_of(const char *bytes, size_t len)
{
	unsigned lines = 1;

	for (size_t i = 0; i < len; i++)
		lines += bytes[i] == '\n';
	return lines;
}

void
fuzz_check_faults(const struct faults *faults, const void *bytes, size_t len)
{
	unsigned lines = bytes == NULL ? 0 : lines_of(bytes, len);

	HOLDS(faults->count <= faults->total);
	HOLDS(faults->count == faults->total || faults->count == FAULTS_MAX);
	for (size_t i = 0; i < faults->count; i++) {
		const struct fault *f = &faults->items[i];

		HOLDS(bytes == NULL ||
		      (f->line <= lines && f->column <= len + 1));
		fuzz_check_text(f->pointer);
		/* Others, of a query, are as long as the query may be. */
		HOLDS(*f->pointer != '#' ||
		      strlen(f->pointer) <= LIMIT_POINTER);
		fuzz_check_line(f->code);
		HOLDS(*f->code != '\0');
		fuzz_check_text(f->detail);
		HOLDS(*f->detail != '\0');
	}
}
