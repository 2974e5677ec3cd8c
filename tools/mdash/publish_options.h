/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "options.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;

/* What `mdash publish` is told by its options and its environment. */
struct publish {
	bool full_set;
	bool dry_run;
	bool force;
	bool takeover;
	bool no_ci;
	bool json;
	const char *url;
	const char *publisher;
	const char *branch;
	const char *commit;
	const char *commit_time;
	const char *run_url;
	int64_t sequence;
	int64_t tries;
};

extern const struct opt publish_options[];
extern const char publish_text[];

/* What was not given as an option comes from the CI system. */
void publish_fill_in(struct arena *arena, struct publish *options);

/* The query of a publish, with its "?"; "" when there is none. */
const char *publish_query(struct arena *arena, const struct publish *options);

/* Address of the server without a final slash; NULL when nobody has said it. */
const char *publish_server(struct arena *arena, const struct publish *options);
