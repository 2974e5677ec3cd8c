/* SPDX-License-Identifier: Apache-2.0 */
#include "ci.h"

#include "base/arena.h"
#include "base/settings.h"
#include "base/str.h"

#include <stddef.h>

/* Variables of one system; NULL = it has none of that kind. */
struct system {
	const char *sign; /* set in every job of this system */
	const char *commit;
	const char *commit_time;
	const char *branch;
	const char *run_url;
	const char *sequence;
};

static const struct system systems[] = {
	{
		.sign = "GITHUB_ACTIONS",
		.commit = "GITHUB_SHA",
		.branch = "GITHUB_REF_NAME",
		.sequence = "GITHUB_RUN_NUMBER",
	},
	{
		.sign = "GITLAB_CI",
		.commit = "CI_COMMIT_SHA",
		.commit_time = "CI_COMMIT_TIMESTAMP",
		.branch = "CI_COMMIT_REF_NAME",
		.run_url = "CI_JOB_URL",
		.sequence = "CI_PIPELINE_IID",
	},
	{
		.sign = "JENKINS_URL",
		.commit = "GIT_COMMIT",
		.branch = "GIT_BRANCH",
		.run_url = "BUILD_URL",
		.sequence = "BUILD_NUMBER",
	},
};

static const char *
variable(const char *name)
{
	return name == NULL ? NULL : settings_environment(name);
}

/* GitHub gives the parts of the address alone. */
static const char *
github_run(struct arena *arena)
{
	const char *server = variable("GITHUB_SERVER_URL");
	const char *repository = variable("GITHUB_REPOSITORY");
	const char *run = variable("GITHUB_RUN_ID");

	if (server == NULL || repository == NULL || run == NULL)
		return NULL;
	return arena_printf(arena, "%s/%s/actions/runs/%s", server, repository,
	                    run);
}

void
ci_read(struct arena *arena, struct ci_job *ret)
{
	*ret = (struct ci_job){.sequence = -1};
	for (size_t i = 0; i < ARRAY_LEN(systems); i++) {
		const struct system *s = &systems[i];
		const char *sequence = variable(s->sequence);

		if (variable(s->sign) == NULL)
			continue;
		ret->commit = variable(s->commit);
		ret->commit_time = variable(s->commit_time);
		ret->branch = variable(s->branch);
		ret->run_url = s->run_url == NULL ? github_run(arena)
		                                  : variable(s->run_url);
		if (sequence == NULL || !str_to_int64(sequence, &ret->sequence))
			ret->sequence = -1;
		return;
	}
}
