/* SPDX-License-Identifier: Apache-2.0 */
#include "base/log.h"
#include "db/db.h"
#include "store/job.h"
#include "worker.h"

void
schedules_step(struct worker *worker)
{
	int64_t happened = 0;

	if (db_connect(worker->db) != DB_ROW)
		return;
	if (job_tick(worker->db, worker->arena, &happened) != DB_ROW)
		log_warn("schedules.failed",
		         LOG_STR("reason", db_error(worker->db)));
	else if (happened > 0)
		log_debug("schedules", LOG_INT("due", happened));
}
