/* SPDX-License-Identifier: Apache-2.0 */
/* What ends by itself: facts that nobody reported again. */
#include "base/arena.h"
#include "db/db.h"
#include "db/sql.h"
#include "job.h"

#include <inttypes.h>

enum {
	FACTS_MAX = 5000, /* of one transaction: the next minute has the rest */
};

void
expire_run(struct runner *runner, struct job *jobs)
{
	const struct arg args[] = {ARG_INT(jobs->id), ARG_INT(jobs->fence),
	                           ARG_INT(FACTS_MAX), ARGS_END};
	struct rows rows;

	if (db_rows(runner->db, runner->arena, &sql_job_expire, args, &rows) !=
	    DB_ROW) {
		jobs->outcome = JOB_FAILED;
		jobs->error = db_error(runner->db);
		return;
	}
	jobs->outcome = JOB_DONE;
	jobs->result = arena_printf(runner->arena, "{\"services\":%" PRId64 "}",
	                            rows_int(&rows, 0, 0));
}
