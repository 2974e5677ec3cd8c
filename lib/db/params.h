/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "db/db.h"

/*
 * The values of a statement as libpq takes them. `values` are borrowed from the
 * arguments or point into `numbers`: a filled one cannot be copied.
 */
struct params {
	int count;
	const char *values[DB_ARGS_MAX];
	int lengths[DB_ARGS_MAX];
	int formats[DB_ARGS_MAX];
	char numbers[DB_ARGS_MAX][24];
};

/* Aborts over DB_ARGS_MAX of them. */
void params_fill(struct params *params, const struct arg *args);
