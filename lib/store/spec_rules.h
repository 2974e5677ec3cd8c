/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/*
 * What a service spec may say, as one table. schemas/service-spec.json tells
 * others the same; t/unit/spec_rules.c compares the two.
 */

enum rule_type {
	RULE_END,
	RULE_TEXT,
	RULE_INT,
	RULE_LIST,
	RULE_OBJECT,
};

/* How a text must look. */
enum rule_form {
	FORM_ANY,
	FORM_SERVICE_ID,
	FORM_WORD,
	FORM_TEAM, /* "-" stands for no team; addresses cannot end in ".." */
	FORM_NAME,
	FORM_EMAIL,
	FORM_URL,
	FORM_GRPC_SERVICE,
	FORM_GRPC_TARGET,
	FORM_CLUSTER,
	FORM_NAMESPACE,
	FORM_END,
};

struct rule {
	enum rule_type type;
	const char *name; /* NULL for the items of a list */
	bool required;
	bool lines;  /* TEXT: may have line breaks and tabs */
	bool unique; /* LIST: no two items are equal */
	int64_t min; /* characters, value, or count of items */
	int64_t max;
	enum rule_form form;
	const char *words; /* TEXT: allowed values, separated by spaces */
	const struct rule *inner; /* LIST: of its items; OBJECT: members */
};

/* The members of a spec. */
extern const struct rule spec_rules[];

/*
 * The pattern of a form, or NULL: an extended regular expression that means the
 * same in POSIX and in JSON Schema. Texts have no control characters besides.
 */
const char *rule_pattern(enum rule_form form);

/* What such a text is: "must be …". */
const char *rule_form_text(enum rule_form form);

bool rule_form_matches(enum rule_form form, const char *text);
