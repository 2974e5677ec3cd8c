/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <jansson.h>
#include <stdbool.h>

struct arena;
struct fault;
struct sources;

/*
 * What publish and validate tell, as lines that editors and CI systems take for
 * places in files: file:line:column: pointer: detail.
 */

/*
 * Which files a document came from, so that faults can name them. With `single`
 * the document is one of the only file and began at its line `offset` + 1.
 */
struct origin {
	const struct sources *sources;
	const char *name; /* NULL: find the file by the line of the stream */
	unsigned offset;
	bool set; /* pointers begin with the number of the document */
};

/* A fault or, with `warning`, a warning on stdout. */
void report_fault(const struct origin *origin, const struct fault *fault,
                  bool warning);

/* Prints what rules of campaigns opened and closed, of any publish. */
void report_todos(const json_t *result);

/* Prints a PublishResult: a line per service, its changes below. */
void report_result(const json_t *result, const struct origin *origin);

/* The counts of several results added up, as one line; "" when all are 0. */
struct totals {
	json_int_t created, updated, unchanged, superseded, restored,
		tombstoned, held, refused;
};
void totals_add(struct totals *totals, const json_t *result);
const char *totals_text(struct arena *arena, const struct totals *totals);

/* Prints a problem document: detail, faults, differences, who could. */
void report_problem(const json_t *problem, int status,
                    const struct origin *origin);
