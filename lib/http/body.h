/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "http/status.h"

#include <stdbool.h>
#include <stddef.h>

struct field;
struct req;

/*
 * Reads a JSON object from the body of a request by a table of fields, of which
 * no others are taken. False: it has been answered (400 no JSON, 413 more than
 * `max` bytes, 415 another media type, 422 all faults of the fields) and the
 * route's function returns `*answered`.
 */
MUST_USE bool body_fields(struct req *req, size_t max,
                          const struct field *fields, void *ret,
                          enum http_status *answered);
