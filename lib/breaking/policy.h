/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct breaking_finding;

/*
 * What of the findings breaks something for the owners of the files: by the
 * package, in the words of buf's configuration, and except for what somebody
 * lets pass. Everything is borrowed.
 */

enum breaking_verdict {
	BREAKING_BREAKS,
	BREAKING_WAIVED,  /* it would break, but a waiver lets it pass */
	BREAKING_ALLOWED, /* nobody asks for the rule here */
	BREAKING_VERDICT_END,
};

/* Lists are words separated by spaces: categories and names of rules. */
struct breaking_policy_item {
	const char *prefix; /* of packages, in whole parts; "" = all */
	const char *use;
	const char *except;
	bool ignore_unstable;
};

struct breaking_waiver {
	const char *rule;    /* NULL = every rule */
	const char *subject; /* full name of a symbol or a package, with all
	                        that is in it; or the path of a file */
};

struct breaking_policy {
	/* The longest prefix of a package holds; where none fits, nothing
	 * breaks. */
	const struct breaking_policy_item *items;
	size_t item_count;
	const struct breaking_waiver *waivers; /* the first that fits is told */
	size_t waiver_count;
};

/* `*ret_waiver` is the number of the waiver of what is waived. */
enum breaking_verdict breaking_judge(const struct breaking_policy *policy,
                                     const struct breaking_finding *finding,
                                     size_t *ret_waiver);

/* "breaking", "waived", "allowed". */
const char *breaking_verdict_name(enum breaking_verdict verdict);

/*
 * Does the last part of the package say that it may still change? As buf takes
 * it: v1alpha, v1alpha1, v1beta1, v1p1alpha1, v1test, v1testing.
 */
bool breaking_is_unstable(const char *package);

/* What `use` and `except` may hold. */
bool breaking_is_category(const char *name);
bool breaking_is_rule(const char *name);
