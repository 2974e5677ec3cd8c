/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"

#include <stdbool.h>
#include <stdint.h>

struct req;

/* Places in lists, as clients hand them back to go on from there. */

enum {
	CURSOR_MAX = 500, /* characters */
};

/*
 * Where a page ended, as a text that means nothing to its holder. `list` names
 * the list and its order: a cursor of another one is refused.
 */
const char *cursor_text(struct req *req, const char *list, const char *key,
                        const char *id);

/* `text` NULL is the beginning: both are "". False with a fault at ?after. */
MUST_USE bool cursor_read(struct req *req, const char *list, const char *text,
                          const char **ret_key, const char **ret_id);

/* The same for lists by falling numbers from 0 to `max`, the beginning. */
MUST_USE bool cursor_read_number(struct req *req, const char *list,
                                 const char *text, int64_t max, int64_t *ret);
