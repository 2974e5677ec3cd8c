/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"

#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

char *
buf_reserve(struct buf *buf, size_t len)
{
	if (buf->cap - buf->len <= len) {
		size_t cap = buf->cap * 2;

		if (cap < buf->len + len + 1)
			cap = buf->len + len + 1;
		if (cap < 256)
			cap = 256;
		buf->data = arena_grow(buf->arena, buf->data, buf->len, cap);
		buf->cap = cap;
	}
	return buf->data + buf->len;
}

void
buf_add(struct buf *buf, const void *bytes, size_t len)
{
	char *room = buf_reserve(buf, len);

	if (len > 0)
		memcpy(room, bytes, len);
	buf->len += len;
	buf->data[buf->len] = '\0';
}

void
buf_adds(struct buf *buf, const char *text)
{
	buf_add(buf, text, strlen(text));
}

void
buf_addc(struct buf *buf, char c)
{
	buf_add(buf, &c, 1);
}

void
buf_vprintf(struct buf *buf, const char *fmt, va_list args)
{
	va_list again;
	char *room = buf_reserve(buf, 0);

	va_copy(again, args);
	int len = vsnprintf(room, buf->cap - buf->len, fmt, args);
	if (len < 0)
		arena_must(NULL);
	if ((size_t)len >= buf->cap - buf->len) {
		room = buf_reserve(buf, (size_t)len);
		(void)vsnprintf(room, (size_t)len + 1, fmt, again);
	}
	va_end(again);
	buf->len += (size_t)len;
}

void
buf_printf(struct buf *buf, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	buf_vprintf(buf, fmt, args);
	va_end(args);
}

const char *
buf_text(const struct buf *buf)
{
	return buf->data == NULL ? "" : buf->data;
}
