/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"

#include <stdbool.h>
#include <stddef.h>

struct cli;

/*
 * What is wrong with an installation, and what to do about it. Each check tells
 * one line; a check that depends on another one that failed is left out.
 */

enum verdict {
	VERDICT_OK,
	VERDICT_WARN,
	VERDICT_FAIL,
	VERDICT_END,
};

struct doctor {
	struct cli *cli;
	size_t told[VERDICT_END];
};

/* One line; `todo`, a sentence for a line of its own, is NULL when all is well.
 */
void doctor_tell(struct doctor *doctor, enum verdict verdict, const char *what,
                 const char *todo, const char *fmt, ...) PRINTF(5, 6);

/* Database, schema, roles, clock, event reader. */
void doctor_database(struct doctor *doctor);

/* Sockets of the handlers, nginx inside and outside. */
void doctor_servers(struct doctor *doctor);

/* Folders, disk, address. */
void doctor_machine(struct doctor *doctor);
