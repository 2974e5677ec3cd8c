/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct faults;

/*
 * Reports of CI, read for what they say of a service: tests (JUnit), coverage
 * (Cobertura) and components (CycloneDX). The same bytes always say the same.
 * The limits are those of wire/limits.h; the memory that a hostile report can
 * ask for within them is some hundred MB, its time some seconds, so reports are
 * read in a process that is bounded (base/sandbox.h).
 */

enum report_format {
	REPORT_JUNIT,
	REPORT_COBERTURA,
	REPORT_CYCLONEDX,
	REPORT_FORMAT_END,
};

/* By its name in addresses; REPORT_FORMAT_END for no format. */
enum report_format report_format_named(const char *name);

const char *report_format_name(enum report_format format);

/* The family of the facts: the part of their keys before the dot. */
const char *report_family(enum report_format format);

/*
 * The facts as a JSON object of their names and values, in the arena. NULL with
 * at least one fault, which has line and column, or a JSON Pointer.
 */
MUST_USE const char *report_read(const char *bytes, size_t len,
                                 enum report_format format, struct arena *arena,
                                 struct faults *faults);

/*
 * The same in a process that is bounded. False with a sentence that says why,
 * and where in the report; *ret_again when it is no fault of the report.
 */
MUST_USE bool report_read_apart(const char *bytes, size_t len,
                                enum report_format format, struct arena *arena,
                                const char **ret_facts, const char **ret_fault,
                                bool *ret_again);
