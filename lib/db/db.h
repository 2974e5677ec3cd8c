/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "db/statement.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

/*
 * One connection to PostgreSQL. It is opened when first needed and opened again
 * after it was lost; prepared statements belong to one connection, so each is
 * prepared anew after that. A statement outside a transaction that found the
 * connection dead is run once more when `retry` says that this is safe.
 *
 * Nothing here writes to the log; db_error() tells what went wrong.
 */

enum db_result {
	DB_ROW,      /* at least one row, or done */
	DB_NONE,     /* no row */
	DB_CONFLICT, /* a unique or foreign key refused it */
	DB_AGAIN,    /* serialization failure or deadlock: run it all again */
	DB_DOWN,     /* no connection, server shutting down or out of room */
	DB_TIMEOUT,  /* longer than the statement timeout */
	DB_ERROR,    /* anything else: our mistake */
	DB_RESULT_END,
};

struct db_settings {
	const char *conninfo; /* borrowed; libpq's connection string */
	const char *program;  /* shown as application_name */
	int64_t statement_timeout_ms;
	int64_t connect_timeout_ms; /* rounded up to seconds by libpq */
	int64_t team_limit; /* of the session: mdash.team_limit; 0 = none */
};

struct db *db_new(const struct db_settings *settings);
void db_free(struct db **db);

/*
 * Ends the connection; the next statement makes a new one. libpq keeps the
 * memory of the longest statement and the largest answer as long as it lasts.
 */
void db_disconnect(struct db *db);

/* The reason of the last result that was not DB_ROW or DB_NONE. */
const char *db_error(const struct db *db);

/* How often it was tried to open a connection. */
uint64_t db_generation(const struct db *db);

/* Opens the connection if there is none; DB_ROW or DB_DOWN. */
MUST_USE enum db_result db_connect(struct db *db);

/* --- values in ------------------------------------------------------------ */

enum arg_type {
	ARG_TYPE_END,
	ARG_TYPE_TEXT,
	ARG_TYPE_INT,
	ARG_TYPE_BOOL,
	ARG_TYPE_BYTES,
};

struct arg {
	enum arg_type type;
	const char *text; /* TEXT: NULL is SQL's NULL */
	int64_t integer;  /* INT, BOOL */
	const void *bytes;
	size_t len;
};

#define ARG_TEXT(value)                                \
	{                                              \
		.type = ARG_TYPE_TEXT, .text = (value) \
	}
#define ARG_INT(value)                                   \
	{                                                \
		.type = ARG_TYPE_INT, .integer = (value) \
	}
#define ARG_BOOL(value)                                   \
	{                                                 \
		.type = ARG_TYPE_BOOL, .integer = (value) \
	}
#define ARG_NULL                      \
	{                             \
		.type = ARG_TYPE_TEXT \
	}
#define ARG_BYTES(value, length)                                          \
	{                                                                 \
		.type = ARG_TYPE_BYTES, .bytes = (value), .len = (length) \
	}
#define ARGS_END                     \
	{                            \
		.type = ARG_TYPE_END \
	}

enum {
	DB_ARGS_MAX = 24,
};

/* A text[] literal of `count` texts. */
const char *db_text_array(struct arena *arena, const char *const *texts,
                          size_t count);

/* --- rows out ------------------------------------------------------------- */

/* Rows of an answer: they and their texts live as long as the arena. */
struct rows {
	void *result;
	int count;
};

/* NULL for SQL's NULL; `column` counts from 0. */
const char *rows_text(const struct rows *rows, int row, int column);
size_t rows_len(const struct rows *rows, int row, int column);
/* Of db_rows_bytes(). */
const void *rows_bytes(const struct rows *rows, int row, int column,
                       size_t *ret_len);
int64_t rows_int(const struct rows *rows, int row, int column);
bool rows_bool(const struct rows *rows, int row, int column);

enum column_type {
	COLUMN_TYPE_END,
	COLUMN_TYPE_TEXT,
	COLUMN_TYPE_INT,
	COLUMN_TYPE_BOOL,
};

/* One column of a row that is read into a struct, found by its name. */
struct column {
	enum column_type type;
	const char *name;
	size_t offset;
};

#define COL_TEXT(type_, member)                                    \
	{                                                          \
		COLUMN_TYPE_TEXT, #member, offsetof(type_, member) \
	}
#define COL_INT(type_, member)                                    \
	{                                                         \
		COLUMN_TYPE_INT, #member, offsetof(type_, member) \
	}
#define COL_BOOL(type_, member)                                    \
	{                                                          \
		COLUMN_TYPE_BOOL, #member, offsetof(type_, member) \
	}
#define COLS_END                         \
	{                                \
		COLUMN_TYPE_END, NULL, 0 \
	}

/* Reads one row: text members are const char *, INT int64_t, BOOL bool. */
void rows_read(const struct rows *rows, int row, const struct column *columns,
               void *ret);

/* --- running -------------------------------------------------------------- */

/* Any number of rows: DB_ROW, or DB_NONE without any. */
MUST_USE enum db_result db_rows(struct db *db, struct arena *arena,
                                const struct statement *statement,
                                const struct arg *args, struct rows *ret);

/* The same where every column is a bytea, which comes as it is, not in hex. */
MUST_USE enum db_result db_rows_bytes(struct db *db, struct arena *arena,
                                      const struct statement *statement,
                                      const struct arg *args, struct rows *ret);

/* The first row into `ret`. */
MUST_USE enum db_result db_one(struct db *db, struct arena *arena,
                               const struct statement *statement,
                               const struct arg *args,
                               const struct column *columns, void *ret);

/* No row is expected; DB_NONE when nothing was affected. */
MUST_USE enum db_result db_run(struct db *db, const struct statement *statement,
                               const struct arg *args);

/*
 * A transaction. After db_begin() no lost connection is repaired before its
 * end. db_rollback() may always be called, also without a transaction.
 */
MUST_USE enum db_result db_begin(struct db *db);
MUST_USE enum db_result db_commit(struct db *db);
void db_rollback(struct db *db);

/*
 * A part of a transaction that may fail, or take longer than `ms`, while the
 * rest stays: db_part_end() takes it back unless it is kept. Parts are not
 * nested.
 */
MUST_USE enum db_result db_part_begin(struct db *db, int64_t ms);
MUST_USE enum db_result db_part_end(struct db *db, bool keep);

/*
 * Runs a script of several commands, for mdash-migrate: `text` comes from the
 * files of sql/, never from outside.
 */
MUST_USE enum db_result db_script(struct db *db, const char *text);
