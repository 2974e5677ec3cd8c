/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stddef.h>

#include <jansson.h>

/*
 * What a plain scalar of YAML means, by the core schema of YAML 1.2 (10.3.2):
 * null, true and false in three spellings, whole numbers in decimal, 0x and 0o,
 * fractions. So `no`, `on`, `12:30` and `2026-11-24` are texts. One difference:
 * a number with a leading zero, such as 0777, is a text too, since nobody
 * writes a quantity like that.
 */
enum yaml_scalar {
	YAML_SCALAR_TEXT,
	YAML_SCALAR_NULL,
	YAML_SCALAR_BOOL,
	YAML_SCALAR_INT,
	YAML_SCALAR_REAL,
	YAML_SCALAR_TOO_LARGE, /* a number that cannot be kept, or none */
};

/* `text` is NUL terminated at `len`. */
enum yaml_scalar yaml_scalar_type(const char *text, size_t len);

/* The value; NULL for YAML_SCALAR_TOO_LARGE. The caller owns it. */
json_t *yaml_scalar_value(const char *text, size_t len);
