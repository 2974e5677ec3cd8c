/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "base/identity.h"
#include "db/db.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct faults;

/*
 * Publishing specs, and what became of publishes that were refused or held. The
 * decisions (order, conflicts, rights, deletions) are made by the functions in
 * sql/functions/, in the caller's transaction: to try a publish out, roll back.
 */

/* What goes with a publish besides the specs; NULL = not given. */
struct publish_options {
	bool set; /* the full set of a publisher: what is missing goes */
	const char *publisher;
	bool has_sequence;
	int64_t sequence;
	const char *commit;
	const char *commit_time; /* RFC 3339 */
	const char *branch;
	const char *run_url;
	bool force;
	bool takeover;
};

/* Both as the functions in sql/ take them: JSON, in the arena. */
const char *publish_options_text(struct arena *arena,
                                 const struct publish_options *options);
const char *publish_who_text(struct arena *arena, const struct identity *who);

/* A spec that has been read. */
struct publish_spec {
	const char *service_id;
	const char *json;   /* canonical */
	const char *source; /* as received */
};

/* A document that was refused. */
struct publish_refused {
	const char *service_id; /* NULL when it could not be told */
	const char *team;
	const char *source; /* valid UTF-8 */
	const struct faults *faults;
};

enum publish_verdict {
	PUBLISH_DONE,
	PUBLISH_HELD,      /* done, but its deletions wait for approval */
	PUBLISH_FORBIDDEN, /* `extra` names who could */
	PUBLISH_CONFLICT,  /* `extra` names the differences */
	PUBLISH_NOT_FOUND,
	PUBLISH_INVALID, /* of facts: `extra` is [{name, code, detail}] */
	PUBLISH_VERDICT_END,
};

struct publish_answer {
	enum publish_verdict verdict;
	const char *detail; /* a sentence, when it was refused */
	const char *extra;  /* JSON members for the answer, or NULL */
	const char *body;   /* PublishResult, when it was done, but for */
	int64_t follow;     /* what rules have to say, of so many services */
	const char *commit; /* of what was held, with its run */
	const char *run_url;
};

/*
 * Publishes specs in the caller's transaction; they are borrowed. DB_ROW with
 * the verdict; the caller rolls back when it is neither done nor held.
 */
MUST_USE enum db_result
publish_specs(struct db *db, struct arena *arena,
              const struct publish_spec *specs, size_t count,
              const struct publish_options *options, const struct identity *who,
              const struct faults *warnings, struct publish_answer *ret);

/*
 * The quick way for one spec that is what it was: DB_ROW when that was all
 * there was to do, DB_NONE when it takes publish_specs().
 */
MUST_USE enum db_result publish_unchanged(struct db *db, struct arena *arena,
                                          const struct publish_spec *spec,
                                          const struct publish_options *options,
                                          const struct identity *who,
                                          const struct faults *warnings,
                                          struct publish_answer *ret);

/* What CI says of a service. */
struct publish_facts {
	const char *service_id;
	const char *family;
	const char *json; /* object of values by name */
	int64_t ttl_s;    /* how long they hold; 0 = until others are said */
	bool wholly;      /* of this family nothing else is known any more */
	const char *commit;
};

/* The same as publish_specs() for facts; the body is a FactsResult. */
MUST_USE enum db_result publish_facts(struct db *db, struct arena *arena,
                                      const struct publish_facts *facts,
                                      const struct identity *who,
                                      struct publish_answer *ret);

/* A report of CI, as bytes. */
struct publish_report {
	const char *service_id;
	const char *format;
	const char *bytes;
	size_t len;
	int64_t ttl_s; /* how long its facts hold */
};

/* Keeps it for the worker; the body is a ReportAccepted. */
MUST_USE enum db_result publish_report(struct db *db, struct arena *arena,
                                       const struct publish_report *report,
                                       const struct publish_options *options,
                                       const struct identity *who,
                                       struct publish_answer *ret);

/* Keeps what was refused for its owner to see. */
MUST_USE enum db_result publish_fail(struct db *db, struct arena *arena,
                                     const struct publish_refused *refused,
                                     size_t count,
                                     const struct publish_options *options,
                                     const struct identity *who);

/* The same of a descriptor set of a proto repository, but for its bytes. */
MUST_USE enum db_result publish_fail_set(struct db *db, struct arena *arena,
                                         const char *repository,
                                         const struct faults *faults,
                                         const struct publish_options *options,
                                         const struct identity *who);

/* --- failed publishes ----------------------------------------------------- */

struct failure_filter {
	const char *service;    /* NULL = all */
	const char *repository; /* NULL = all */
	bool resolved;          /* also those that were mended */
	const char *after;      /* cursor; NULL = the newest */
	int64_t limit;
};

/* Column 0 is the rendered FailedPublish, column 1 its cursor. */
MUST_USE enum db_result failure_list(struct db *db, struct arena *arena,
                                     const struct failure_filter *filter,
                                     struct rows *ret);

/* Is it of the form that failure_list() gives out? */
bool failure_cursor_is_valid(const char *cursor);

/* The rendered FailedPublishDetail. */
MUST_USE enum db_result failure_detail(struct db *db, struct arena *arena,
                                       int64_t id, const char **ret);

/* --- held publishes ------------------------------------------------------- */

/* Column 0 is the rendered HeldPublish. */
MUST_USE enum db_result hold_list(struct db *db, struct arena *arena,
                                  struct rows *ret);

/* Each is a transaction of its own, unless the caller began one. */
MUST_USE enum db_result hold_approve(struct db *db, struct arena *arena,
                                     const char *publisher,
                                     const struct identity *who,
                                     struct publish_answer *ret);
MUST_USE enum db_result hold_reject(struct db *db, struct arena *arena,
                                    const char *publisher,
                                    const struct identity *who,
                                    struct publish_answer *ret);
