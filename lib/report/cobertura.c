/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Cobertura's XML: the root says it all. Coverage is told in per cent, which is
 * how people write down what they want, with two digits after the point.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "report/format.h"
#include "wire/json_out.h"
#include "wire/xml.h"

#include <string.h>

/* A rate, and the counts that it is of; absent ones are negative. */
struct rate {
	double rate;
	int64_t covered;
	int64_t valid;
};

struct cobertura {
	bool rooted;
	struct rate lines;
	struct rate branches;
	int64_t ran_us; /* 0 = not said */
};

/* False when the rate is none. */
static bool
read_rate(const struct xml_element *element, const char *rate,
          const char *covered, const char *valid, struct rate *ret)
{
	const char *text = xml_value(element, rate);

	*ret = (struct rate){-1, -1, -1};
	(void)number_count(xml_value(element, covered), &ret->covered);
	(void)number_count(xml_value(element, valid), &ret->valid);
	if (ret->valid >= 0 && ret->covered > ret->valid)
		return false;
	return text == NULL || *text == '\0' ||
	       (number_decimal(text, &ret->rate) && ret->rate <= 1);
}

/* Seconds since 1970, in some tools milliseconds. */
static int64_t
read_time(const struct xml_element *element)
{
	const double year_5000_s = 95617584000.0;
	double value;

	if (!number_decimal(xml_value(element, "timestamp"), &value) ||
	    value > year_5000_s * 1000)
		return 0;
	return (int64_t)(value > year_5000_s ? value * 1000 : value * 1e6);
}

static void
on_open(void *context, struct xml *xml, const struct xml_element *element)
{
	struct cobertura *c = context;

	if (c->rooted)
		return;
	c->rooted = true;
	if (strcmp(element->name, "coverage") != 0) {
		xml_refuse(xml, "report",
		           "is no Cobertura report: it is no <coverage>");
		return;
	}
	if (!read_rate(element, "line-rate", "lines-covered", "lines-valid",
	               &c->lines) ||
	    !read_rate(element, "branch-rate", "branches-covered",
	               "branches-valid", &c->branches)) {
		xml_refuse(xml, "range",
		           "a rate must be a number from 0 to 1, and no more "
		           "can be covered than there is");
		return;
	}
	if (c->lines.rate < 0 && c->lines.valid < 0)
		xml_refuse(xml, "required",
		           "is no Cobertura report: <coverage> has neither "
		           "line-rate nor lines-valid");
	c->ran_us = read_time(element);
}

/* Of nothing there is no share. */
static void
put_rate(struct json_out *out, const char *key, const struct rate *rate)
{
	if (rate->valid > 0 && rate->covered >= 0)
		number_pair(out, key,
		            100.0 * (double)rate->covered / (double)rate->valid,
		            2);
	else if (rate->valid != 0 && rate->rate >= 0)
		number_pair(out, key, 100.0 * rate->rate, 2);
}

bool
cobertura_read(const char *bytes, size_t len, struct json_out *out,
               struct arena *arena, struct faults *faults)
{
	static const struct xml_events events = {.open = on_open};
	struct cobertura c = {0};
	char time[CLOCK_TEXT];

	if (!xml_read(bytes, len, &events, &c, arena, faults))
		return false;
	put_rate(out, "lines", &c.lines);
	put_rate(out, "branches", &c.branches);
	if (c.lines.valid >= 0 && c.lines.covered >= 0) {
		json_pair_int(out, "linesCovered", c.lines.covered);
		json_pair_int(out, "linesValid", c.lines.valid);
	}
	if (c.ran_us > 0) {
		clock_format(c.ran_us, time);
		json_pair_text(out, "ranAt", time);
	}
	return true;
}
