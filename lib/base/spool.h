/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

/*
 * Bytes that are too many to be held: kept in a file without a name, then
 * mapped to be read. The file and the mapping go with the arena. The kernel may
 * take their pages back at any time, and does when it is told that they are not
 * needed for now.
 */

struct spool;

/* NULL, with errno, when the folder takes no file. */
struct spool *spool_new(struct arena *arena, const char *folder);

/* False, with errno, when there is no room. */
MUST_USE bool spool_add(struct spool *spool, const void *bytes, size_t len);

size_t spool_len(const struct spool *spool);

/* All bytes, after the last spool_add(); NULL with errno. */
const unsigned char *spool_map(struct spool *spool);

/* Lets go of the pages of a mapped spool; they come back when they are read. */
void spool_forget(struct spool *spool);
