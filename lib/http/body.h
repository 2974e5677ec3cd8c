/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "http/status.h"

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

struct field;
struct req;

/*
 * Any JSON value from the body of a request. NULL: it has been answered (400 no
 * JSON, 413 more than `max` bytes, 415 another media type or packed, 422 beyond
 * the limits of JSON) and the route's function returns `*answered`.
 */
MUST_USE json_t *body_json(struct req *req, size_t max,
                           enum http_status *answered);

/*
 * The same of an object that is read by a table of fields, of which no others
 * are taken. False: it has been answered, with all faults of the fields.
 */
MUST_USE bool body_fields(struct req *req, size_t max,
                          const struct field *fields, void *ret,
                          enum http_status *answered);
