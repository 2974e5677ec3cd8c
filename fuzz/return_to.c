/* SPDX-License-Identifier: Apache-2.0 */
/* Where to go after signing in: always on this origin, as browsers read it. */
#include "http/return_to.h"
#include "base/arena.h"
#include "fuzz.h"

#include <string.h>

/*
 * The URL Standard, 4.4: white space and controls around are cut off, tabs and
 * line breaks within are left out, and '\' is '/'.
 */
static char *
as_browsers_read(struct arena *arena, const char *text)
{
	char *out = arena_strdup(arena, text);
	char *to = out;

	while (*text != '\0' && (unsigned char)*text <= ' ')
		text++;
	for (; *text != '\0'; text++) {
		if (strchr("\t\n\r", *text) == NULL)
			*to++ = *text == '\\' ? '/' : *text;
	}
	*to = '\0';
	return out;
}

void
fuzz_input(const uint8_t *bytes, size_t len)
{
	struct arena *arena = fuzz_arena();
	const char *text = fuzz_text(arena, bytes, len);
	const char *result = return_to(text);

	fuzz_check_line(result);
	HOLDS(strcmp(result, text) == 0 || strcmp(result, "/") == 0);
	HOLDS(strlen(result) <= 1024);
	HOLDS(strchr(result, '\\') == NULL);
	HOLDS(strcmp(return_to(result), result) == 0);

	const char *read = as_browsers_read(arena, result);
	HOLDS(read[0] == '/' && read[1] != '/');
}
