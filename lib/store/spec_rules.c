/* SPDX-License-Identifier: Apache-2.0 */
#include "store/spec_rules.h"

#include "base/arena.h"

#include <assert.h>
#include <regex.h>
#include <stddef.h>

#define GRPC_NAME "[A-Za-z_][A-Za-z0-9_]*"
#define GRPC_SERVICE GRPC_NAME "(\\." GRPC_NAME ")*"

static const struct {
	const char *pattern;
	const char *text;
} forms[FORM_END] = {
	[FORM_SERVICE_ID] = {"^[a-z][a-z0-9-]{1,62}$",
                             "must be 2 to 63 lower-case letters, digits and "
                             "hyphens, beginning with a letter"},
	[FORM_WORD] = {"^[^ ,/\"]+$",
                       "must be one word without spaces, commas, slashes and "
                       "quotes"},
	[FORM_TEAM] = {"^[^ ,/\"]*[^ ,/\".-][^ ,/\"]*$",
                       "must be one word without spaces, commas, slashes and "
                       "quotes, and not of dots and hyphens alone"},
	[FORM_NAME] = {"^[^ ](.*[^ ])?$", "must not begin or end with a space"},
	[FORM_EMAIL] = {"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+"
                        "([.][A-Za-z0-9-]+)*$",
                        "must be an e-mail address"},
	[FORM_URL] = {"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?"
                      "([/?#][^ \"<>]*)?$",
                      "must be an address that begins with https:// or "
                      "http://, without a user and without spaces"},
	[FORM_GRPC_SERVICE] = {"^" GRPC_SERVICE "$",
                               "must be the full name of a gRPC service, as "
                               "acme.wallet.v1.WalletService"},
	[FORM_GRPC_TARGET] = {"^" GRPC_SERVICE "(/" GRPC_NAME ")?$",
                              "must be the full name of a gRPC service or "
                              "method, as acme.wallet.v1.WalletService/Debit"},
	[FORM_CLUSTER] = {"^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$",
                          "must be letters, digits, '.', '_' and '-'"},
	[FORM_NAMESPACE] = {"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$",
                            "must be a Kubernetes name: lower-case letters, "
                            "digits and hyphens"},
};

static const struct rule slack[] = {
	{.type = RULE_TEXT,
         .name = "generalChannelId",
         .min = 1,
         .max = 80,
         .form = FORM_WORD},
	{.type = RULE_TEXT,
         .name = "alertChannelId",
         .min = 1,
         .max = 80,
         .form = FORM_WORD},
	{.type = RULE_END},
};

static const struct rule contact[] = {
	{.type = RULE_OBJECT, .name = "slack", .inner = slack},
	{.type = RULE_TEXT,
         .name = "email",
         .min = 1,
         .max = 254,
         .form = FORM_EMAIL},
	{.type = RULE_END},
};

static const struct rule tag = {
	.type = RULE_TEXT, .min = 1, .max = 64, .form = FORM_NAME};

static const struct rule link[] = {
	{.type = RULE_TEXT,
         .name = "title",
         .required = true,
         .min = 1,
         .max = 200,
         .form = FORM_NAME},
	{.type = RULE_TEXT,
         .name = "url",
         .required = true,
         .min = 1,
         .max = 2048,
         .form = FORM_URL},
	{.type = RULE_END},
};
static const struct rule links = {.type = RULE_OBJECT, .inner = link};

static const struct rule grpc_service = {
	.type = RULE_TEXT, .min = 1, .max = 255, .form = FORM_GRPC_SERVICE};
static const struct rule grpc_target = {
	.type = RULE_TEXT, .min = 1, .max = 512, .form = FORM_GRPC_TARGET};

static const struct rule grpc[] = {
	{.type = RULE_LIST,
         .name = "provides",
         .unique = true,
         .max = 500,
         .inner = &grpc_service},
	{.type = RULE_LIST,
         .name = "consumes",
         .unique = true,
         .max = 1000,
         .inner = &grpc_target},
	{.type = RULE_END},
};

static const struct rule service_id = {
	.type = RULE_TEXT, .min = 2, .max = 63, .form = FORM_SERVICE_ID};

static const struct rule deployment[] = {
	{.type = RULE_TEXT,
         .name = "environment",
         .required = true,
         .words = "development production"},
	{.type = RULE_TEXT,
         .name = "cluster",
         .required = true,
         .min = 1,
         .max = 63,
         .form = FORM_CLUSTER},
	{.type = RULE_TEXT,
         .name = "namespace",
         .required = true,
         .min = 1,
         .max = 63,
         .form = FORM_NAMESPACE},
	{.type = RULE_END},
};
static const struct rule deployments = {.type = RULE_OBJECT,
                                        .inner = deployment};

const struct rule spec_rules[] = {
	{.type = RULE_TEXT,
         .name = "serviceID",
         .required = true,
         .min = 2,
         .max = 63,
         .form = FORM_SERVICE_ID},
	{.type = RULE_TEXT, .name = "description", .lines = true, .max = 10000},
	{.type = RULE_TEXT,
         .name = "corporation",
         .min = 1,
         .max = 100,
         .form = FORM_NAME},
	{.type = RULE_TEXT,
         .name = "teamName",
         .min = 1,
         .max = 63,
         .form = FORM_TEAM},
	{.type = RULE_OBJECT, .name = "contact", .inner = contact},
	{.type = RULE_TEXT,
         .name = "lifecycle",
         .words = "experimental production deprecated retired"},
	{.type = RULE_INT, .name = "tier", .min = 1, .max = 4},
	{.type = RULE_LIST,
         .name = "tags",
         .unique = true,
         .max = 50,
         .inner = &tag},
	{.type = RULE_TEXT,
         .name = "repository",
         .min = 1,
         .max = 2048,
         .form = FORM_URL},
	{.type = RULE_LIST,
         .name = "links",
         .unique = true,
         .max = 50,
         .inner = &links},
	{.type = RULE_OBJECT, .name = "grpc", .inner = grpc},
	{.type = RULE_LIST,
         .name = "dependsOn",
         .unique = true,
         .max = 500,
         .inner = &service_id},
	{.type = RULE_LIST,
         .name = "kubernetes",
         .unique = true,
         .max = 100,
         .inner = &deployments},
	{.type = RULE_LIST,
         .name = "previousServiceIDs",
         .unique = true,
         .max = 20,
         .inner = &service_id},
	{.type = RULE_END},
};

const char *
rule_pattern(enum rule_form form)
{
	return forms[form].pattern;
}

const char *
rule_form_text(enum rule_form form)
{
	return forms[form].text;
}

bool
rule_form_matches(enum rule_form form, const char *text)
{
	static regex_t compiled[FORM_END];
	static bool ready[FORM_END];

	if (forms[form].pattern == NULL)
		return true;
	if (!ready[form]) {
		int failed = regcomp(&compiled[form], forms[form].pattern,
		                     REG_EXTENDED | REG_NOSUB);

		assert(failed != REG_BADPAT);
		if (failed != 0)
			(void)arena_must(NULL);
		ready[form] = true;
	}
	return regexec(&compiled[form], text, 0, NULL, 0) == 0;
}
