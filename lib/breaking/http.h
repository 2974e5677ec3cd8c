/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "breaking/comparison.h"

/*
 * google.api.http of an RPC and google.api.field_behavior of a field, read by
 * their numbers from the options that no generated code declares.
 *
 * https://github.com/googleapis/googleapis/blob/master/google/api/http.proto
 */

/* "GET /v1/orders/{id}, POST /v1/orders:get body *", sorted; NULL for none. */
const char *http_text(struct arena *arena, const Proto__Method *method);

/* Reports bindings that are there no more. */
void compare_http(struct comparison *comparison,
                  const struct declaration *service, const char *name,
                  const struct spot *spot, const Proto__Method *before,
                  const Proto__Method *after);

/* Is REQUIRED among the behaviours of the field? */
bool field_behavior_required(const Proto__Field *field);
