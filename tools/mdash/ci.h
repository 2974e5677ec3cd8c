/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdint.h>

struct arena;

/*
 * What the CI system that runs this job says about it: GitHub Actions (also
 * Gitea and Forgejo, which set the same variables), GitLab CI or Jenkins. NULL
 * and -1 stand for what it does not say.
 */
struct ci_job {
	const char *commit;
	const char *commit_time; /* RFC 3339 */
	const char *branch;
	const char *run_url;
	int64_t sequence;
};

void ci_read(struct arena *arena, struct ci_job *ret);
