/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"

#include <stdarg.h>
#include <stddef.h>

struct arena;

/*
 * Bytes that grow inside an arena. `data` is always followed by a NUL that
 * `len` does not count. Zero-initialise all but `arena`:
 * `struct buf out = {.arena = a};`
 */
struct buf {
	struct arena *arena;
	char *data;
	size_t len;
	size_t cap;
};

void buf_add(struct buf *buf, const void *bytes, size_t len);
void buf_adds(struct buf *buf, const char *text);
void buf_addc(struct buf *buf, char c);
/* Arguments must not be in the buffer itself. */
void buf_printf(struct buf *buf, const char *fmt, ...) PRINTF(2, 3);
void buf_vprintf(struct buf *buf, const char *fmt, va_list args) PRINTF(2, 0);

/* Room for `len` more bytes; write there, then add to `len` yourself. */
char *buf_reserve(struct buf *buf, size_t len);

/* The bytes as text; "" when nothing was added. */
const char *buf_text(const struct buf *buf);
