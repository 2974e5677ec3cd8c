/* SPDX-License-Identifier: Apache-2.0 */

/*
 * mdash-migrate: brings a database to the schema of this build. Migrations that
 * were not yet applied run in order, each in a transaction of its own; then all
 * functions and the grants are laid down anew in one transaction. Two at a time
 * wait for each other, and running it again changes nothing.
 */

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/settings.h"
#include "base/str.h"
#include "db/schema.h"
#include "db/sql.h"

#include <glob.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	STATEMENT_MS = 60 * 60 * 1000, /* building an index may take long */
};

struct migration {
	int64_t number;
	const char *path;
};

struct plan {
	struct arena *arena;
	struct db *db;
	const char *folder;
	bool check;
};

static const char usage[] =
	"usage: mdash-migrate [--config FILE] [--database CONNINFO] --sql DIR\n"
	"                     [--check]\n"
	"\n"
	"Brings the database to the schema of this build; run it as the role\n"
	"mdash_owner. DIR holds migrations/, functions/ and grants.sql.\n"
	"--check changes nothing and fails unless all migrations are "
	"applied.\n";

static int
read_file(struct buf *ret, const char *path, struct fault *fault)
{
	char bytes[8192];
	size_t len;
	FILE *in = fopen(path, "re");

	if (in == NULL)
		return fault_set(fault, "file", "%s: %m", path);
	while ((len = fread(bytes, 1, sizeof(bytes), in)) > 0)
		buf_add(ret, bytes, len);
	bool failed = ferror(in) != 0;
	(void)fclose(in);
	if (failed)
		return fault_set(fault, "file", "%s cannot be read", path);
	return 0;
}

/* Files of a folder in the order of their names. */
static int
files_of(const struct plan *plan, const char *pattern, glob_t *ret,
         struct fault *fault)
{
	const char *path =
		arena_printf(plan->arena, "%s/%s", plan->folder, pattern);
	int result = glob(path, 0, NULL, ret);

	if (result != 0)
		return fault_set(fault, "file", "there is no %s", path);
	return 0;
}

static const char *
file_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

/* The number in NNNN_topic.sql. */
static bool
migration_number(struct arena *arena, const char *path, int64_t *ret)
{
	const char *name = file_name(path);
	size_t digits = strspn(name, "0123456789");

	return digits == 4 && name[digits] == '_' &&
	       str_to_int64(arena_strndup(arena, name, digits), ret);
}

static int
run_script(const struct plan *plan, const char *path, const char *text,
           struct fault *fault)
{
	if (db_script(plan->db, text) != DB_ROW)
		return fault_set(fault, "database", "%s: %s", file_name(path),
		                 db_error(plan->db));
	return 0;
}

static int
migrate(const struct plan *plan, int64_t applied, struct fault *fault)
{
	glob_t files;

	if (files_of(plan, "migrations/*.sql", &files, fault) != 0)
		return -1;
	int result = 0;
	for (size_t i = 0; i < files.gl_pathc && result == 0; i++) {
		const char *path = files.gl_pathv[i];
		struct buf text = {.arena = plan->arena};
		int64_t number;

		if (!migration_number(plan->arena, path, &number))
			result = fault_set(fault, "file",
			                   "%s is not named NNNN_topic.sql",
			                   path);
		else if (number <= applied)
			continue;
		else if (read_file(&text, path, fault) != 0 ||
		         run_script(plan, path, buf_text(&text), fault) != 0)
			result = -1;
		else
			(void)printf("applied %s\n", file_name(path));
	}
	globfree(&files);
	return result;
}

/* Functions may use each other, so bodies are not looked at before the end. */
static int
replace_functions(const struct plan *plan, struct fault *fault)
{
	struct buf text = {.arena = plan->arena};
	glob_t files;

	if (files_of(plan, "functions/*.sql", &files, fault) != 0)
		return -1;
	buf_adds(&text, "BEGIN;\nSET LOCAL check_function_bodies = off;\n");
	int result = 0;
	for (size_t i = 0; i < files.gl_pathc && result == 0; i++)
		result = read_file(&text, files.gl_pathv[i], fault);
	globfree(&files);
	if (result != 0 ||
	    read_file(&text,
	              arena_printf(plan->arena, "%s/grants.sql", plan->folder),
	              fault) != 0)
		return -1;
	buf_adds(&text, "\nCOMMIT;\n");
	return run_script(plan, "functions and grants", buf_text(&text), fault);
}

/* 0 for an empty database. */
static int
applied_number(const struct plan *plan, int64_t *ret, struct fault *fault)
{
	struct rows rows;
	enum db_result result =
		db_rows(plan->db, plan->arena, &sql_schema_there, NULL, &rows);

	*ret = 0;
	if (result == DB_ROW && rows_bool(&rows, 0, 0))
		result = schema_number(plan->db, plan->arena, ret);
	if (result != DB_ROW)
		return fault_set(fault, "database", "%s", db_error(plan->db));
	if (*ret > SCHEMA_NUMBER)
		return fault_set(fault, "schema",
		                 "the database has schema %" PRId64
		                 ", newer than this build's %d",
		                 *ret, SCHEMA_NUMBER);
	return 0;
}

static int
bring_up(const struct plan *plan, struct fault *fault)
{
	static const char lock[] =
		"SET client_min_messages = warning;"
		"SELECT pg_advisory_lock(hashtext('mdash-migrate'))";
	int64_t number;

	if (run_script(plan, "lock", lock, fault) != 0 ||
	    applied_number(plan, &number, fault) != 0)
		return -1;
	if (plan->check && number < SCHEMA_NUMBER)
		return fault_set(fault, "schema",
		                 "the database has schema %" PRId64
		                 ", this build needs %d",
		                 number, SCHEMA_NUMBER);
	if (!plan->check && (migrate(plan, number, fault) != 0 ||
	                     replace_functions(plan, fault) != 0 ||
	                     applied_number(plan, &number, fault) != 0))
		return -1;
	if (number != SCHEMA_NUMBER)
		return fault_set(fault, "schema",
		                 "%s ends at %" PRId64
		                 ", this build needs schema %d",
		                 plan->folder, number, SCHEMA_NUMBER);
	(void)printf("schema %" PRId64 "\n", number);
	return 0;
}

/* False when the command line is wrong. */
static bool
read_options(int argc, char **argv, struct plan *plan, const char **config,
             const char **database)
{
	for (int i = 1; i < argc; i++) {
		const char **value =
			strcmp(argv[i], "--sql") == 0        ? &plan->folder
			: strcmp(argv[i], "--database") == 0 ? database
			: strcmp(argv[i], "--config") == 0   ? config
							     : NULL;

		if (value != NULL && i + 1 < argc)
			*value = argv[++i];
		else if (strcmp(argv[i], "--check") == 0)
			plan->check = true;
		else
			return false;
	}
	return plan->folder != NULL;
}

int
main(int argc, char **argv)
{
	struct arena *arena AUTO(arena_free) = arena_new();
	struct plan plan = {.arena = arena};
	struct settings settings;
	const char *config = NULL;
	const char *database = NULL;
	struct fault fault;

	if (argc == 2 && strcmp(argv[1], "--help") == 0) {
		(void)fputs(usage, stdout);
		return EXIT_SUCCESS;
	}
	if (!read_options(argc, argv, &plan, &config, &database)) {
		(void)fputs(usage, stderr);
		return 2;
	}
	int result = settings_load(&settings, config, arena, &fault);
	if (result == 0) {
		const struct db_settings db_settings = {
			.conninfo =
				database == NULL ? settings.database : database,
			.program = "mdash-migrate",
			.statement_timeout_ms = STATEMENT_MS,
			.connect_timeout_ms = settings.connect_timeout_ms,
		};
		plan.db = db_new(&db_settings);
		result = bring_up(&plan, &fault);
		db_free(&plan.db);
	}
	if (result != 0) {
		(void)fprintf(stderr, "mdash-migrate: %s\n", fault.detail);
		return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}
