/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "db/db.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/*
 * Many rows at once, by COPY in its text format. Values are added one after the
 * other in the order of the statement's columns, copy_end() ends a row:
 *
 * https://www.postgresql.org/docs/15/sql-copy.html
 */

void copy_text(struct buf *rows, const char *text); /* NULL is SQL's NULL */
void copy_int(struct buf *rows, int64_t value);
void copy_bool(struct buf *rows, bool value);
void copy_bytes(struct buf *rows, const void *bytes, size_t len);
void copy_end(struct buf *rows);

/*
 * Begins to send rows by a statement `COPY … FROM STDIN`; without rows nothing
 * is sent. The rows stay as they are until db_copy_finish(), which sends the
 * rest and takes the answer; the next statement calls it, and fails if it
 * fails. So rows can be made while others are taken: db_copy_go_on(), called
 * now and then, sends what can be sent without waiting. Inside a transaction
 * only: it is never repeated.
 */
MUST_USE enum db_result db_copy(struct db *db,
                                const struct statement *statement,
                                const struct buf *rows);
MUST_USE enum db_result db_copy_go_on(struct db *db);
enum db_result db_copy_finish(struct db *db);
