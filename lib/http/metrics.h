/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct buf;
struct route;

/*
 * Counters of all processes of a program, in one file per program that they
 * share by mmap; so they survive a process and need no one who asks it. Any
 * program can print the counters of all.
 */

struct metrics;

/* NULL when the folder cannot be written: then nothing is counted. */
struct metrics *metrics_open(const char *folder, const char *program,
                             const struct route *routes);

/* `route` NULL counts under "none". Any thread of control may call it. */
void metrics_count(struct metrics *metrics, const struct route *route,
                   int status, int64_t took_us);

/* Counts one more opened database connection. */
void metrics_connection(struct metrics *metrics);

/*
 * Prometheus text format 0.0.4 of every program in the folder, and the files
 * *.prom there as they are: the worker's.
 */
void metrics_print(const char *folder, struct buf *out);
