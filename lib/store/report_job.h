/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "base/identity.h"
#include "db/db.h"
#include "store/publish.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/*
 * Reports of CI on their way: taken as bytes by a handler, read by the worker,
 * kept as facts (sql/functions/report.sql).
 */

/* What a job of the kind `report` has to know. */
struct report_job {
	const char *service;
	const char *format;
	const char *sha256;
	struct publish_options options; /* commit, branch, run_url */
	struct identity who;            /* subject, kind */
};

/* From the payload of a job. False: it is none that report_take() made. */
bool report_job_read(struct arena *arena, const char *payload,
                     struct report_job *ret);

/* The bytes; DB_NONE when they were read before. */
MUST_USE enum db_result report_job_bytes(struct db *db, struct arena *arena,
                                         const struct report_job *report,
                                         const char **ret, size_t *ret_len);

enum report_outcome {
	REPORT_WRITTEN,
	REPORT_LOST,       /* the job is somebody else's */
	REPORT_GONE,       /* the service */
	REPORT_SUPERSEDED, /* a newer one was read before */
	REPORT_OUTCOME_END,
};

/* Writes facts in the caller's transaction; *ret_follow: rules have to look. */
MUST_USE enum db_result report_job_write(struct db *db, struct arena *arena,
                                         int64_t job, int64_t fence,
                                         const char *family, const char *facts,
                                         enum report_outcome *ret,
                                         bool *ret_follow);

/* The bytes are needed no more; in a transaction of its own. */
MUST_USE enum db_result report_job_forget(struct db *db, struct arena *arena,
                                          int64_t job);
