/* SPDX-License-Identifier: Apache-2.0 */
/* Cursors of lists: what is read is text that the database takes, and what was
 * written is read again, for the same list alone. */
#include "http/cursor.h"
#include "base/arena.h"
#include "base/str.h"
#include "fuzz.h"
#include "request.h"

#include <string.h>

static void
check_given(struct req *req, const char *text)
{
	const char *key;
	const char *id;
	int64_t number;

	if (cursor_read(req, "team", text, &key, &id)) {
		fuzz_check_text(key);
		fuzz_check_text(id);
	}
	if (cursor_read_number(req, "versions", text, 1000, &number))
		HOLDS(number >= 0 && number <= 1000);
	else
		HOLDS(faults_any(&req->faults));
	fuzz_check_faults(&req->faults, text, strlen(text));
}

static void
check_made(struct req *req, const char *key, const char *id)
{
	const char *text = cursor_text(req, "team", key, id);
	const char *key_again;
	const char *id_again;

	HOLDS(cursor_read(req, "team", text, &key_again, &id_again));
	HOLDS(strcmp(key_again, key) == 0 && strcmp(id_again, id) == 0);
	HOLDS(!cursor_read(req, "tier", text, &key_again, &id_again));
}

void
fuzz_input(const uint8_t *bytes, size_t len)
{
	struct arena *arena = fuzz_arena();
	const char *text = fuzz_text(arena, bytes, len);
	struct req req;

	request_init(&req, arena);
	check_given(&req, text);
	if (!str_is_utf8(text, strlen(text)) || !str_is_printable(text))
		return;
	check_made(&req, text, "acme-payment");
	check_made(&req, "=acme", text);
}
