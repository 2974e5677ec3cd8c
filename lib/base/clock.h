/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	CLOCK_TEXT = 32, /* bytes that clock_format() needs */
};

/* Time that never jumps; only differences mean something. */
int64_t clock_monotonic_us(void);

/* Time of day, microseconds since 1970 in UTC. */
int64_t clock_wall_us(void);

/* RFC 3339 in UTC with milliseconds: 2026-11-24T04:40:32.123Z. */
void clock_format(int64_t wall_us, char text[CLOCK_TEXT]);

/*
 * Reads an RFC 3339 date-time (section 5.6) with a zone; leap seconds are taken
 * as the following second. Years 1970 to 9999, also when taken to UTC.
 */
bool clock_parse(const char *text, int64_t *ret_wall_us);
