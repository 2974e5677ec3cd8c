/* SPDX-License-Identifier: Apache-2.0 */
#include "db/copy.h"

#include "base/buf.h"
#include "base/hash.h"

#include <inttypes.h>
#include <string.h>

void
copy_text(struct buf *rows, const char *text)
{
	static const char special[] = "\\\t\n\r";
	static const char letters[] = "\\tnr";

	if (text == NULL) {
		buf_adds(rows, "\\N\t");
		return;
	}
	for (;;) {
		size_t len = strcspn(text, special);

		buf_add(rows, text, len);
		text += len;
		if (*text == '\0')
			break;
		buf_addc(rows, '\\');
		buf_addc(rows, letters[strchr(special, *text) - special]);
		text++;
	}
	buf_addc(rows, '\t');
}

void
copy_int(struct buf *rows, int64_t value)
{
	buf_printf(rows, "%" PRId64 "\t", value);
}

void
copy_bool(struct buf *rows, bool value)
{
	buf_adds(rows, value ? "t\t" : "f\t");
}

void
copy_bytes(struct buf *rows, const void *bytes, size_t len)
{
	buf_adds(rows, "\\\\x");
	hash_hex(bytes, len, buf_reserve(rows, 2 * len + 1));
	rows->len += 2 * len;
	buf_addc(rows, '\t');
}

void
copy_end(struct buf *rows)
{
	rows->data[rows->len - 1] = '\n';
}
