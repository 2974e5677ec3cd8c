/* SPDX-License-Identifier: Apache-2.0 */
#include "auth.h"

#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	SLOTS = 1024,
	TEXTS = 5,
};

/* One slot for each value of some bits of the digest: the newest stays. */
static struct slot {
	unsigned char digest[SHA256_BYTES];
	int64_t until_us; /* 0 = empty */
	char *text[TEXTS];
} slots[SLOTS];

static struct slot *
slot_of(const unsigned char digest[SHA256_BYTES])
{
	return &slots[(digest[0] << 8 | digest[1]) % SLOTS];
}

static void
empty(struct slot *slot)
{
	for (size_t i = 0; i < TEXTS; i++)
		free(slot->text[i]);
	*slot = (struct slot){.until_us = 0};
}

bool
cache_find(const unsigned char digest[SHA256_BYTES], int64_t now_us,
           struct caller *ret)
{
	const struct slot *slot = slot_of(digest);

	if (now_us >= slot->until_us ||
	    !hash_equal(slot->digest, digest, SHA256_BYTES))
		return false;
	*ret = (struct caller){
		.subject = slot->text[0],
		.kind = slot->text[1],
		.scopes = slot->text[2],
		.teams = slot->text[3],
		.services = slot->text[4],
	};
	return true;
}

void
cache_keep(const unsigned char digest[SHA256_BYTES], int64_t until_us,
           const struct caller *caller)
{
	const char *text[TEXTS] = {caller->subject, caller->kind,
	                           caller->scopes, caller->teams,
	                           caller->services};
	struct slot *slot = slot_of(digest);

	empty(slot);
	memcpy(slot->digest, digest, SHA256_BYTES);
	slot->until_us = until_us;
	for (size_t i = 0; i < TEXTS; i++)
		slot->text[i] = arena_must(strdup(text[i]));
}

void
cache_clear(void)
{
	for (size_t i = 0; i < SLOTS; i++)
		empty(&slots[i]);
}
