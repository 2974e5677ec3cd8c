/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stddef.h>

struct arena;
struct reader_batch;

enum {
	HINT_CHANGES_MAX = 100, /* more: "read everything again" */
};

/*
 * A ChangeHint (doc/openapi.yaml) for open pages: which things changed, each
 * named once however often it did. `batch` NULL stands for everything.
 */
const char *hint_json(struct arena *arena, const struct reader_batch *batch,
                      size_t *ret_len);
