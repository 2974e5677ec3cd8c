/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/place.h"

#include "base/arena.h"
#include "base/buf.h"
#include "wire/limits.h"

#include <stdio.h>
#include <string.h>

void
place_move(struct place *place, const char *bytes, size_t len)
{
	const char *end = bytes + len;
	const char *line_end;

	while ((line_end = memchr(bytes, '\n', (size_t)(end - bytes))) !=
	       NULL) {
		place->line++;
		place->column = 1;
		bytes = line_end + 1;
	}
	for (; bytes < end; bytes++)
		place->column += ((unsigned char)*bytes & 0xc0) != 0x80;
}

struct place
place_of(const char *bytes, size_t at)
{
	struct place place = {.line = 1, .column = 1};

	place_move(&place, bytes, at);
	return place;
}

const char *
pointer_member(struct arena *arena, const char *base, const char *key)
{
	static const char cut[] = "…";
	struct buf out = {.arena = arena};
	size_t len;

	buf_adds(&out, base);
	if (out.len + sizeof(cut) >= LIMIT_POINTER)
		return buf_text(&out);
	buf_addc(&out, '/');
	for (; *key != '\0'; key += len) {
		len = 1;
		while (((unsigned char)key[len] & 0xc0) == 0x80)
			len++;
		if (out.len + len + 1 + sizeof(cut) > LIMIT_POINTER) {
			buf_adds(&out, cut);
			break;
		}
		if (*key == '~')
			buf_adds(&out, "~0");
		else if (*key == '/')
			buf_adds(&out, "~1");
		else
			buf_add(&out, key, len);
	}
	return buf_text(&out);
}

const char *
pointer_item(struct arena *arena, const char *base, size_t index)
{
	char number[24];

	(void)snprintf(number, sizeof(number), "%zu", index);
	return pointer_member(arena, base, number);
}
