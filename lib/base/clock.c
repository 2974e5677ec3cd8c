/* SPDX-License-Identifier: Apache-2.0 */
#include "base/clock.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum {
	US_PER_S = 1000 * 1000,
};

/* 10000-01-01T00:00:00Z, which clock_format() would write in other columns. */
#define END_S INT64_C(253402300800)

static int64_t
read_clock(clockid_t id)
{
	struct timespec now;

	(void)clock_gettime(id, &now);
	return (int64_t)now.tv_sec * US_PER_S + now.tv_nsec / 1000;
}

int64_t
clock_monotonic_us(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

int64_t
clock_wall_us(void)
{
	return read_clock(CLOCK_REALTIME);
}

void
clock_format(int64_t wall_us, char text[CLOCK_TEXT])
{
	time_t seconds = (time_t)(wall_us / US_PER_S);
	struct tm tm;

	(void)gmtime_r(&seconds, &tm);
	size_t len = strftime(text, CLOCK_TEXT, "%Y-%m-%dT%H:%M:%S", &tm);
	(void)snprintf(text + len, CLOCK_TEXT - len, ".%03dZ",
	               (int)(wall_us % US_PER_S / 1000));
}

/* Exactly `digits` digits at *at, which moves past them. */
static bool
number(const char **at, int digits, int low, int high, int *ret)
{
	int value = 0;

	for (int i = 0; i < digits; i++, (*at)++) {
		if (**at < '0' || **at > '9')
			return false;
		value = value * 10 + (**at - '0');
	}
	if (value < low || value > high)
		return false;
	*ret = value;
	return true;
}

static bool
literal(const char **at, const char *allowed)
{
	if (**at == '\0' || strchr(allowed, **at) == NULL)
		return false;
	(*at)++;
	return true;
}

static bool
fraction(const char **at, int64_t *ret_us)
{
	int64_t scale = US_PER_S / 10;

	if (**at != '.')
		return true;
	(*at)++;
	if (**at < '0' || **at > '9')
		return false;
	for (; **at >= '0' && **at <= '9'; (*at)++, scale /= 10)
		*ret_us += (**at - '0') * scale;
	return true;
}

static bool
zone(const char **at, int *ret_minutes)
{
	int hours;
	int minutes;

	if (**at == 'Z' || **at == 'z') {
		(*at)++;
		*ret_minutes = 0;
		return true;
	}

	int sign = **at == '-' ? -1 : 1;
	if (!literal(at, "+-") || !number(at, 2, 0, 23, &hours) ||
	    !literal(at, ":") || !number(at, 2, 0, 59, &minutes))
		return false;
	*ret_minutes = sign * (hours * 60 + minutes);
	return true;
}

bool
clock_parse(const char *text, int64_t *ret_wall_us)
{
	static const int days[] = {31, 29, 31, 30, 31, 30,
	                           31, 31, 30, 31, 30, 31};
	struct tm tm = {0};
	int64_t us = 0;
	int offset;
	const char *at = text;

	if (!number(&at, 4, 1970, 9999, &tm.tm_year) || !literal(&at, "-") ||
	    !number(&at, 2, 1, 12, &tm.tm_mon) || !literal(&at, "-") ||
	    !number(&at, 2, 1, days[tm.tm_mon - 1], &tm.tm_mday) ||
	    !literal(&at, "Tt ") || !number(&at, 2, 0, 23, &tm.tm_hour) ||
	    !literal(&at, ":") || !number(&at, 2, 0, 59, &tm.tm_min) ||
	    !literal(&at, ":") || !number(&at, 2, 0, 60, &tm.tm_sec) ||
	    !fraction(&at, &us) || !zone(&at, &offset) || *at != '\0')
		return false;

	tm.tm_year -= 1900;
	tm.tm_mon -= 1;
	bool leap_day = tm.tm_mon == 1 && tm.tm_mday == 29;
	time_t seconds = timegm(&tm);
	/* timegm() turns 29 February of a common year into 1 March. */
	if (leap_day && tm.tm_mon != 1)
		return false;

	int64_t utc = (int64_t)seconds - offset * 60;
	if (utc < 0 || utc >= END_S)
		return false;
	*ret_wall_us = utc * US_PER_S + us;
	return true;
}
