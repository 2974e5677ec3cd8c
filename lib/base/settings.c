/* SPDX-License-Identifier: Apache-2.0 */
#include "base/settings.h"

#include "base/arena.h"
#include "base/fault.h"
#include "base/str.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum type {
	TEXT,
	COUNT,
	MILLISECONDS,
	SECONDS,
	BYTES,
};

struct setting {
	const char *key;
	enum type type;
	size_t offset;
	const char *initial;
	const char *help;
};

#define ROW(type_, name_, initial_, help_)                  \
	{                                                   \
		.key = #name_, .type = type_,               \
		.offset = offsetof(struct settings, name_), \
		.initial = initial_, .help = help_          \
	}

static const struct setting table[] = {
	ROW(TEXT, database, "", "connection string of PostgreSQL (libpq)"),
	ROW(TEXT, run_dir, "/run/mdash", "folder of the handlers' sockets"),
	ROW(TEXT, metrics_dir, "/run/mdash/metrics", "folder of the counters"),
	ROW(TEXT, public_origin, "http://127.0.0.1:8080",
            "scheme, host and port under which browsers reach the page"),
	ROW(TEXT, nginx_internal, "/run/mdash/internal.sock",
            "socket of nginx's internal server"),
	ROW(TEXT, log_level, "info", "debug, info, warn or error"),
	ROW(COUNT, recycle_requests, "50000",
            "requests after which a handler process is replaced; 0 = never"),
	ROW(BYTES, recycle_bytes, "200MB",
            "memory after which a handler process is replaced; 0 = never"),
	ROW(MILLISECONDS, statement_timeout_ms, "2500ms",
            "longest SQL statement of a read"),
	ROW(MILLISECONDS, publish_timeout_ms, "60s",
            "longest SQL statement of a publish, a launch of a campaign or a "
            "change of TODOs"),
	ROW(MILLISECONDS, connect_timeout_ms, "2s",
            "longest wait for a database connection"),
	ROW(SECONDS, session_idle_s, "12h", "a session ends when unused for"),
	ROW(SECONDS, session_max_s, "7d", "a session ends at the latest after"),
	ROW(MILLISECONDS, gate_cache_ms, "5s",
            "how long the gate trusts an answer; revocation takes that long"),
	ROW(MILLISECONDS, event_poll_ms, "200ms",
            "how often the worker looks for new events"),
	ROW(SECONDS, event_keep_s, "400d", "how long events are kept"),
	ROW(MILLISECONDS, job_poll_ms, "500ms",
            "how often the worker looks for jobs"),
	ROW(MILLISECONDS, job_lease_ms, "60s",
            "how long a job stays with a worker that gives no sign of life"),
	ROW(COUNT, login_tries, "5",
            "failed sign-ins a minute per account and per address"),
	ROW(COUNT, todos_team_limit, "0",
            "open TODOs that a team may have before the launch of a campaign "
            "waits for an admin, whatever it says itself; 0 = any number"),
	ROW(BYTES, spec_bytes, "1MB", "largest spec on the wire"),
	ROW(BYTES, set_bytes, "16MB", "largest full set on the wire"),
	ROW(BYTES, descriptor_bytes, "256MB",
            "largest descriptor set, inflated"),
	ROW(TEXT, spool_dir, "/tmp",
            "folder for descriptor sets while they are read"),
	ROW(TEXT, webhook_allow, "",
            "networks that webhooks may lead to though they are not public, "
            "e.g. 10.0.0.0/8"),
	ROW(TEXT, webhook_schemes, "https",
            "what URLs of webhooks may begin with: https, or https http"),
	ROW(TEXT, webhook_ports, "443 8443", "ports that webhooks may lead to"),
};

struct unit {
	const char *name;
	int64_t factor;
};

static const struct unit milliseconds[] = {
	{"ms", 1},      {"s", 1000},     {"m", 60000},
	{"h", 3600000}, {"d", 86400000}, {"", 0},
};
static const struct unit seconds[] = {
	{"s", 1}, {"m", 60}, {"h", 3600}, {"d", 86400}, {"", 0},
};
static const struct unit bytes[] = {
	{"B", 1}, {"KB", 1024}, {"MB", 1048576}, {"GB", 1 << 30}, {"", 0},
};
static const struct unit count[] = {
	{"", 1},
};

/* A number with its unit; a bare 0 needs none. */
static bool
quantity(enum type type, const char *text, int64_t *ret)
{
	const struct unit *units = type == MILLISECONDS ? milliseconds
	                           : type == SECONDS    ? seconds
	                           : type == BYTES      ? bytes
	                                                : count;
	size_t digits = strspn(text, "0123456789");
	char number[20];
	int64_t value;

	if (digits == 0 || digits >= sizeof(number))
		return false;
	memcpy(number, text, digits);
	number[digits] = '\0';
	if (!str_to_int64(number, &value))
		return false;

	for (;; units++) {
		if (strcmp(units->name, text + digits) == 0)
			break;
		if (units->name[0] == '\0')
			return false;
	}
	if (units->factor == 0 && value != 0)
		return false;
	return !__builtin_mul_overflow(value, units->factor, ret);
}

static int
assign(struct settings *ret, const struct setting *setting, const char *text,
       struct arena *arena, struct fault *fault)
{
	char *member = (char *)ret + setting->offset;

	if (setting->type == TEXT) {
		*(const char **)(void *)member = arena_strdup(arena, text);
		return 0;
	}
	if (!quantity(setting->type, text, (int64_t *)(void *)member))
		return fault_set(fault, "setting",
		                 "\"%s\" is no value for %s (for example %s)",
		                 text, setting->key, setting->initial);
	return 0;
}

static const struct setting *
find(const char *key)
{
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		if (strcmp(table[i].key, key) == 0)
			return &table[i];
	}
	return NULL;
}

/* Cuts white space off both ends, in place. */
static char *
trim(char *text)
{
	while (isspace((unsigned char)*text))
		text++;
	size_t len = strlen(text);
	while (len > 0 && isspace((unsigned char)text[len - 1]))
		text[--len] = '\0';
	return text;
}

static int
read_line(struct settings *ret, char *line, struct arena *arena,
          struct fault *fault)
{
	char *text = trim(line);

	if (*text == '\0' || *text == '#')
		return 0;

	char *equals = strchr(text, '=');
	if (equals == NULL)
		return fault_set(fault, "setting", "\"%s\" is no key = value",
		                 text);
	*equals = '\0';

	const char *key = trim(text);
	const struct setting *setting = find(key);
	if (setting == NULL)
		return fault_set(fault, "setting", "unknown key \"%s\"", key);
	return assign(ret, setting, trim(equals + 1), arena, fault);
}

static int
read_file(struct settings *ret, const char *path, struct arena *arena,
          struct fault *fault)
{
	FILE *in = fopen(path, "re");
	char *line = NULL;
	size_t size = 0;
	int result = 0;
	unsigned number = 0;
	ssize_t len;

	if (in == NULL)
		return fault_set(fault, "setting", "cannot read %s: %m", path);
	while (result == 0 && (len = getline(&line, &size, in)) >= 0) {
		number++;
		result = str_is_utf8(line, (size_t)len)
		                 ? read_line(ret, line, arena, fault)
		                 : fault_set(fault, "setting",
		                             "the line is not UTF-8");
	}
	if (result != 0)
		fault->line = number;
	else if (!feof(in)) /* a folder, say */
		result =
			fault_set(fault, "setting", "cannot read %s: %m", path);
	free(line);
	(void)fclose(in);
	return result;
}

static const char *
environment(struct arena *arena, const char *key)
{
	char *name = arena_printf(arena, "MDASH_%s", key);

	for (char *p = name; *p != '\0'; p++)
		*p = (char)toupper((unsigned char)*p);
	return getenv(name);
}

int
settings_load(struct settings *ret, const char *path, struct arena *arena,
              struct fault *fault)
{
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		if (assign(ret, &table[i], table[i].initial, arena, fault) != 0)
			return -1;
	}

	if (path == NULL)
		path = getenv("MDASH_CONFIG");
	if (path != NULL && read_file(ret, path, arena, fault) != 0)
		return -1;

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		const char *text = environment(arena, table[i].key);

		if (text != NULL &&
		    assign(ret, &table[i], text, arena, fault) != 0)
			return -1;
	}
	return 0;
}

const char *
settings_environment(const char *name)
{
	const char *text = getenv(name);

	return str_empty(text) ? NULL : text;
}

void
settings_print(FILE *out)
{
	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		(void)fprintf(out, "# %s\n#%s = %s\n\n", table[i].help,
		              table[i].key, table[i].initial);
}
