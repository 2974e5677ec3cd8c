/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/settings.h"
#include "lane.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct db;
struct net;

/*
 * The worker: tells nginx about new events, for open pages, keeps house, and
 * has jobs done in its lanes (lane.h). Each process does one thing at a time
 * and keeps nothing that matters in memory: killed at any point, the next one
 * goes on from the database.
 */

/* Since the process started, for the metrics. */
struct worker_counts {
	uint64_t events; /* read and told */
	uint64_t posts;
	uint64_t post_failures;
	uint64_t swept;
	uint64_t sweep_failures;
};

struct worker {
	struct settings settings;
	struct db *db;
	struct net *net;
	struct arena *arena; /* of one round */
	struct worker_counts counts;

	uint64_t
		claimed; /* generation of the connection that holds the claim */
	int64_t pause_ms; /* before nginx is tried again; 0 = it answers */
	int64_t try_at_us;
	bool database_down;

	const char *program; /* as it was called */
	const char *config;  /* path or NULL */
	struct lane lanes[JOB_LANE_END];
	bool ending;
};

/* Reads what is new and tells nginx; true when there may be more at once. */
bool stream_step(struct worker *worker);

/* Deletes what has expired, some thousand rows of each kind at most. */
void sweep_step(struct worker *worker);

/* Has those jobs made that schedules are due for, and runs closed. */
void schedules_step(struct worker *worker);

/* Writes the counters and the lag where metrics are collected from. */
void state_write(struct worker *worker);

/* Logs the first of several failures alike, and the end of them. */
void worker_database(struct worker *worker, bool down);
