/* SPDX-License-Identifier: Apache-2.0 */
#include "breaking/policy.h"

#include "base/str.h"
#include "breaking/breaking.h"
#include "breaking/rules.h"

#include <limits.h>
#include <string.h>

const char *
breaking_verdict_name(enum breaking_verdict verdict)
{
	static const char *const names[BREAKING_VERDICT_END] = {
		[BREAKING_BREAKS] = "breaking",
		[BREAKING_WAIVED] = "waived",
		[BREAKING_ALLOWED] = "allowed",
	};

	return names[verdict];
}

/* --- words ---------------------------------------------------------------- */

bool
breaking_is_category(const char *name)
{
	for (unsigned bit = 1; bit <= BREAKING_ALL; bit <<= 1) {
		if (strcmp(breaking_category_name(bit), name) == 0)
			return true;
	}
	return false;
}

bool
breaking_is_rule(const char *name)
{
	for (enum breaking_rule rule = 0; rule < RULE_END; rule++) {
		if (strcmp(rule_of(rule)->name, name) == 0)
			return true;
	}
	return false;
}

static bool
names_rule(const char *words, const struct breaking_finding *finding)
{
	if (str_has_word(words, finding->rule))
		return true;
	for (unsigned bit = 1; bit <= BREAKING_ALL; bit <<= 1) {
		if ((finding->categories & bit) != 0 &&
		    str_has_word(words, breaking_category_name(bit)))
			return true;
	}
	return false;
}

/* --- packages ------------------------------------------------------------- */

/* The digits of a number from 1 on that fits 32 bits; 0 = there is none. */
static size_t
number_len(const char *text)
{
	size_t len = strspn(text, "0123456789");
	long long number = 0;

	for (size_t i = 0; i < len && number <= INT_MAX; i++)
		number = 10 * number + (text[i] - '0');
	return number >= 1 && number <= INT_MAX ? len : 0;
}

bool
breaking_is_unstable(const char *package)
{
	const char *dot = strrchr(package, '.');

	/* A package of one part has no version, says buf. */
	if (dot == NULL || dot[1] != 'v')
		return false;
	const char *at = dot + 2;
	size_t len = number_len(at);
	if (len == 0)
		return false;
	at += len;
	if (str_starts(at, "test"))
		return true;
	if (*at == 'p') {
		len = number_len(at + 1);
		if (len == 0)
			return false;
		at += 1 + len;
	}
	if (str_starts(at, "alpha"))
		at += strlen("alpha");
	else if (str_starts(at, "beta"))
		at += strlen("beta");
	else
		return false;
	return *at == '\0' || at[number_len(at)] == '\0';
}

/* Is `name` the same as `whole`, or in it? */
static bool
is_within(const char *name, const char *whole)
{
	size_t len = strlen(whole);

	return strncmp(name, whole, len) == 0 &&
	       (name[len] == '\0' || name[len] == '.');
}

static const struct breaking_policy_item *
item_of(const struct breaking_policy *policy, const char *package)
{
	const struct breaking_policy_item *found = NULL;

	for (size_t i = 0; i < policy->item_count; i++) {
		const struct breaking_policy_item *item = &policy->items[i];

		if (*item->prefix != '\0' && !is_within(package, item->prefix))
			continue;
		if (found == NULL ||
		    strlen(item->prefix) > strlen(found->prefix))
			found = item;
	}
	return found;
}

/* --- verdicts ------------------------------------------------------------- */

static const char *
text_of(const char *text)
{
	return text == NULL ? "" : text;
}

/* A file has no name of its own, so its package stands for it. */
static bool
lets_pass(const struct breaking_waiver *waiver,
          const struct breaking_finding *finding)
{
	if (waiver->rule != NULL && strcmp(waiver->rule, finding->rule) != 0)
		return false;
	return is_within(text_of(finding->full_name), waiver->subject) ||
	       is_within(text_of(finding->package), waiver->subject) ||
	       strcmp(finding->path, waiver->subject) == 0;
}

enum breaking_verdict
breaking_judge(const struct breaking_policy *policy,
               const struct breaking_finding *finding, size_t *ret_waiver)
{
	const char *package = text_of(finding->package);
	const struct breaking_policy_item *item = item_of(policy, package);

	if (item == NULL || !names_rule(item->use, finding) ||
	    names_rule(item->except, finding) ||
	    (item->ignore_unstable && breaking_is_unstable(package)))
		return BREAKING_ALLOWED;
	for (size_t i = 0; i < policy->waiver_count; i++) {
		if (!lets_pass(&policy->waivers[i], finding))
			continue;
		*ret_waiver = i;
		return BREAKING_WAIVED;
	}
	return BREAKING_BREAKS;
}
