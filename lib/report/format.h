/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct faults;
struct json_out;

/*
 * What report.c needs of each format: to write the facts as members of an
 * object that is open. False with a fault.
 */
MUST_USE bool junit_read(const char *bytes, size_t len, struct json_out *out,
                         struct arena *arena, struct faults *faults);
MUST_USE bool cobertura_read(const char *bytes, size_t len,
                             struct json_out *out, struct arena *arena,
                             struct faults *faults);
MUST_USE bool cyclonedx_read(const char *bytes, size_t len,
                             struct json_out *out, struct arena *arena,
                             struct faults *faults);

/* --- numbers (number.c) --------------------------------------------------- */

/* A count as reports write it; false when it is none, `text` NULL included. */
bool number_count(const char *text, int64_t *ret);

/*
 * A number with a fraction, not negative. A comma is a decimal point, or with a
 * point after it what sets thousands apart.
 */
bool number_decimal(const char *text, double *ret);

/* Writes a member with up to `digits` digits after the point. */
void number_pair(struct json_out *out, const char *key, double value,
                 int digits);
