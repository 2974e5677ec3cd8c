/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "db/db.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct identity;

/*
 * Items: what is asked of services. The catalogue decides who may change what
 * (sql/functions/todo_item.sql) and answers by a document or a refusal. Texts
 * are the arena's.
 */

/* --- reading -------------------------------------------------------------- */

/* What a list shows; NULL where a filter is not given. */
struct todo_filter {
	const char *campaign;
	const char *service;
	const char *team; /* "-" = of services without one */
	const char *assignee;
	const char *source;
	const char *external_id;
	const char *state; /* todo, all or one; never NULL */
	const char *due;   /* overdue, week or later */
	bool snoozed;      /* those, too */
	bool since;        /* of a list by change: those, too */
	bool mine;         /* of the teams of `who`, or assigned to `who` */
};

/* Columns of todo_list(). */
enum {
	TODO_LIST_JSON, /* Todo */
	TODO_LIST_KEY,  /* due date and level */
	TODO_LIST_ID,
};
MUST_USE enum db_result todo_list(struct db *db, struct arena *arena,
                                  const struct todo_filter *filter,
                                  const struct identity *who,
                                  const char *after_due, int64_t after_level,
                                  int64_t after_id, int64_t limit,
                                  struct rows *ret);

/* The member `groups` of TodoList. */
MUST_USE enum db_result todo_groups(struct db *db, struct arena *arena,
                                    const struct todo_filter *filter,
                                    const struct identity *who,
                                    const char **ret);

struct todo_changes {
	struct rows rows;     /* column 0 is Todo */
	const char *next;     /* "xid.id", where to go on */
	const char *timeline; /* of the database */
	bool more;            /* there is more already */
	bool ahead;           /* the cursor is no good */
};

/* Items that changed after a place, in the order in which they did. */
MUST_USE enum db_result todo_after(struct db *db, struct arena *arena,
                                   const struct todo_filter *filter,
                                   const struct identity *who, const char *xid,
                                   int64_t id, int64_t limit,
                                   struct todo_changes *ret);

struct todo_page {
	int64_t version;
	const char *document; /* TodoPage */
};
MUST_USE enum db_result todo_find(struct db *db, struct arena *arena,
                                  int64_t id, const struct identity *who,
                                  struct todo_page *ret);

/* Column 0 is TodoComment, 1 its id. DB_NONE without the item; without comments
 * one row of NULLs. */
MUST_USE enum db_result todo_comment_list(struct db *db, struct arena *arena,
                                          int64_t id, int64_t after,
                                          int64_t limit, struct rows *ret);

/* Column 0 is an item of TodoMatrix, 1 the service. */
MUST_USE enum db_result todo_matrix(struct db *db, struct arena *arena,
                                    const char *team, const char *campaign,
                                    const char *after, int64_t limit,
                                    struct rows *ret);
/* Column 0 is a campaign of TodoMatrix. */
MUST_USE enum db_result
todo_matrix_campaigns(struct db *db, struct arena *arena, struct rows *ret);

/* --- writing -------------------------------------------------------------- */

/* A refusal has a detail, a document comes without. */
struct todo_answer {
	int64_t item; /* of todo_bulk() alone */
	int64_t status;
	const char *pointer; /* member that is refused; NULL = none */
	const char *code;
	const char *detail;
	const char *needs; /* Needs, of 403 */
	const char *body;
};

/* `change` is a TodoChangeRequest that has been checked for itself. */
MUST_USE enum db_result todo_patch(struct db *db, struct arena *arena,
                                   int64_t id, int64_t version,
                                   const char *change,
                                   const struct identity *who,
                                   struct todo_answer *ret);

/* `changes` is an array of {id, version, change}; todo_answer_read() reads the
 * rows, which are in its order. */
MUST_USE enum db_result todo_bulk(struct db *db, struct arena *arena,
                                  const char *changes,
                                  const struct identity *who, struct rows *ret);
void todo_answer_read(const struct rows *rows, int row,
                      struct todo_answer *ret);

/* `draft` is a TodoDraft that has been checked for itself. */
MUST_USE enum db_result todo_create(struct db *db, struct arena *arena,
                                    const char *draft,
                                    const struct identity *who,
                                    struct todo_answer *ret);

MUST_USE enum db_result todo_comment_add(struct db *db, struct arena *arena,
                                         int64_t id, const char *text,
                                         const struct identity *who,
                                         struct todo_answer *ret);
