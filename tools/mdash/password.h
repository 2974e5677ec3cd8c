/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"

#include <stdbool.h>

struct cli;

/* Where a new password comes from: one way, or asking at the terminal. */
struct password_source {
	bool from_stdin; /* --password-stdin: its first line */
	bool random;     /* --random-password: printed on stdout */
};

/* The new password in clear, or NULL: it has said why. */
MUST_USE const char *password_take(struct cli *cli,
                                   const struct password_source *source);
