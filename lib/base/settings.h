/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct arena;
struct fault;

/*
 * The settings of all programs, read from one file (`key = value` lines, `#`
 * starts a comment) and then from the environment, where the key `run_dir` is
 * MDASH_RUN_DIR. An unknown key in the file is an error. The only caller of
 * getenv().
 */
struct settings {
	const char *database;
	const char *run_dir;
	const char *metrics_dir;
	const char *public_origin;
	const char *nginx_internal;
	const char *log_level;
	const char *spool_dir;
	const char *webhook_allow;
	const char *webhook_schemes;
	const char *webhook_ports;
	int64_t recycle_requests;
	int64_t recycle_bytes;
	int64_t statement_timeout_ms;
	int64_t publish_timeout_ms;
	int64_t connect_timeout_ms;
	int64_t session_idle_s;
	int64_t session_max_s;
	int64_t gate_cache_ms;
	int64_t event_poll_ms;
	int64_t event_keep_s;
	int64_t job_poll_ms;
	int64_t job_lease_ms;
	int64_t login_tries;
	int64_t todos_team_limit;
	int64_t spec_bytes;
	int64_t set_bytes;
	int64_t descriptor_bytes;
};

/*
 * `path` NULL means MDASH_CONFIG, and without that no file. Texts are borrowed
 * from the arena. Answers 0, or -1 with the fault.
 */
MUST_USE int settings_load(struct settings *ret, const char *path,
                           struct arena *arena, struct fault *fault);

/*
 * A variable that is no setting of ours, such as the commit that a CI system
 * tells its jobs; NULL when it is not set or empty.
 */
const char *settings_environment(const char *name);

/* Writes a sample file with every key, its default and its meaning. */
void settings_print(FILE *out);
