/* SPDX-License-Identifier: Apache-2.0 */
#include "http/cursor.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/str.h"
#include "http/req.h"

#include <string.h>

/*
 * Base64url (RFC 4648, 5) of: check bytes, key, separator, id. The check, a
 * part of a hash over the list and the rest, keeps what was cut off, made up or
 * given by another list from being taken for a place in this one. It is no
 * secret: everybody who has a cursor may read the list.
 */
enum {
	CHECK_BYTES = 6,
	SEPARATOR = 0x1f, /* in no key: texts have no control characters */
};

static void
check(struct req *req, const char *list, const char *body, size_t len,
      unsigned char ret[SHA256_BYTES])
{
	struct buf all = {.arena = req->arena};

	buf_adds(&all, list);
	buf_addc(&all, SEPARATOR);
	buf_add(&all, body, len);
	hash_sha256(all.data, all.len, ret);
}

static void
swap(char *text, const char *from, const char *to)
{
	for (; *text != '\0'; text++) {
		for (size_t i = 0; from[i] != '\0'; i++) {
			if (*text == from[i]) {
				*text = to[i];
				break;
			}
		}
	}
}

const char *
cursor_text(struct req *req, const char *list, const char *key, const char *id)
{
	struct buf body = {.arena = req->arena};
	struct buf all = {.arena = req->arena};
	unsigned char digest[SHA256_BYTES];

	buf_printf(&body, "%s%c%s", key, SEPARATOR, id);
	check(req, list, body.data, body.len, digest);
	buf_add(&all, digest, CHECK_BYTES);
	buf_add(&all, body.data, body.len);

	char *text = hash_base64_encode(req->arena, all.data, all.len);
	text[strcspn(text, "=")] = '\0';
	swap(text, "+/", "-_");
	return text;
}

/* NULL when it is not one of ours. */
static char *
unpack(struct req *req, const char *list, const char *text)
{
	unsigned char digest[SHA256_BYTES];
	size_t len = strlen(text);
	size_t padding = (4 - len % 4) % 4;
	size_t got;

	/* The letters of plain base64 are none of base64url. */
	if (strpbrk(text, "+/=") != NULL)
		return NULL;
	char *plain =
		arena_printf(req->arena, "%s%.*s", text, (int)padding, "===");
	swap(plain, "-_", "+/");
	char *all = hash_base64_decode(req->arena, plain, len + padding, &got);
	if (all == NULL || got <= CHECK_BYTES)
		return NULL;

	char *body = all + CHECK_BYTES;
	check(req, list, body, got - CHECK_BYTES, digest);
	if (memcmp(digest, all, CHECK_BYTES) != 0)
		return NULL;
	/* Anybody can make the check, also for what the database refuses. */
	return str_is_utf8(body, got - CHECK_BYTES) ? body : NULL;
}

static bool
refuse(struct req *req)
{
	faults_add(&req->faults, "?after", 0, 0, "cursor",
	           "must be the `next` of the page before, of the same list "
	           "in the same order");
	return false;
}

bool
cursor_read(struct req *req, const char *list, const char *text,
            const char **ret_key, const char **ret_id)
{
	if (text == NULL) {
		*ret_key = "";
		*ret_id = "";
		return true;
	}

	char *body = unpack(req, list, text);
	char *separator = body == NULL ? NULL : strchr(body, SEPARATOR);
	if (separator == NULL)
		return refuse(req);
	*separator = '\0';
	*ret_key = body;
	*ret_id = separator + 1;
	return true;
}

bool
cursor_read_number(struct req *req, const char *list, const char *text,
                   int64_t max, int64_t *ret)
{
	const char *key;
	const char *id;

	if (!cursor_read(req, list, text, &key, &id))
		return false;
	if (*key == '\0') {
		*ret = max;
		return true;
	}
	/* Also of numbers anybody can make a cursor. */
	int64_t number;
	if (!str_to_int64(key, &number) || number < 0 || number > max)
		return refuse(req);
	*ret = number;
	return true;
}
