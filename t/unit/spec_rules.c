/* SPDX-License-Identifier: Apache-2.0 */
/* The rules themselves, and whether the published schema says the same. */
#include "store/spec_rules.h"

#include "text.h"
#include "unit.h"

#include <jansson.h>
#include <stdlib.h>

/* --- the schema ----------------------------------------------------------- */

static json_t *schema_of(const struct rule *rule, bool nullable);

/* {"type": "object", "required": […], "properties": {…}} */
static void
add_members(json_t *schema, const struct rule *members)
{
	json_t *properties = json_object();
	json_t *required = json_array();

	for (const struct rule *r = members; r->type != RULE_END; r++) {
		json_object_set_new(properties, r->name,
		                    schema_of(r, !r->required));
		if (r->required)
			json_array_append_new(required, json_string(r->name));
	}
	json_object_set_new(schema, "properties", properties);
	if (json_array_size(required) > 0)
		json_object_set(schema, "required", required);
	json_decref(required);
}

static void
add_words(json_t *schema, const char *words, bool nullable)
{
	json_t *list = json_array();

	for (const char *at = words; *at != '\0';) {
		size_t len = strcspn(at, " ");

		json_array_append_new(list, json_stringn(at, len));
		at += len + (at[len] == ' ');
	}
	if (nullable)
		json_array_append_new(list, json_null());
	json_object_set_new(schema, "enum", list);
}

static void
add_text(json_t *schema, const struct rule *rule, bool nullable)
{
	if (rule->words != NULL) {
		add_words(schema, rule->words, nullable);
		return;
	}
	if (rule->min > 0)
		json_object_set_new(schema, "minLength",
		                    json_integer(rule->min));
	json_object_set_new(schema, "maxLength", json_integer(rule->max));
	if (rule_pattern(rule->form) != NULL)
		json_object_set_new(schema, "pattern",
		                    json_string(rule_pattern(rule->form)));
}

static json_t *
schema_of(const struct rule *rule, bool nullable)
{
	static const char *const types[] = {
		[RULE_TEXT] = "string",
		[RULE_INT] = "integer",
		[RULE_LIST] = "array",
		[RULE_OBJECT] = "object",
	};
	json_t *schema = json_object();

	json_object_set_new(
		schema, "type",
		nullable ? json_pack("[s, s]", types[rule->type], "null")
			 : json_string(types[rule->type]));
	if (rule->type == RULE_TEXT) {
		add_text(schema, rule, nullable);
	} else if (rule->type == RULE_INT) {
		json_object_set_new(schema, "minimum", json_integer(rule->min));
		json_object_set_new(schema, "maximum", json_integer(rule->max));
	} else if (rule->type == RULE_LIST) {
		json_object_set_new(schema, "maxItems",
		                    json_integer(rule->max));
		if (rule->unique)
			json_object_set_new(schema, "uniqueItems", json_true());
		json_object_set_new(schema, "items",
		                    schema_of(rule->inner, false));
	} else {
		add_members(schema, rule->inner);
	}
	return schema;
}

/* Puts definitions in place of references, and takes descriptions away. */
static void
resolve(json_t *schema, const json_t *definitions)
{
	static const char start[] = "#/$defs/";
	const char *reference =
		json_string_value(json_object_get(schema, "$ref"));
	const char *key;
	size_t i;
	json_t *value;

	if (reference != NULL) {
		json_t *target = json_object_get(definitions,
		                                 reference + sizeof(start) - 1);
		assert_non_null(target);
		assert_int_equal(json_object_update(schema, target), 0);
		json_object_del(schema, "$ref");
	}
	if (json_is_string(json_object_get(schema, "description")))
		json_object_del(schema, "description");
	json_object_foreach(schema, key, value) resolve(value, definitions);
	json_array_foreach(schema, i, value) resolve(value, definitions);
}

static void
published(void **state)
{
	const char *source = getenv("MDASH_SOURCE");
	const struct rule whole = {.type = RULE_OBJECT, .inner = spec_rules};
	const char *path = arena_printf(*state, "%s/schemas/service-spec.json",
	                                source == NULL ? "." : source);
	json_error_t error;
	json_t *schema = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
	json_t *rules = schema_of(&whole, false);

	row_text(path, schema == NULL ? error.text : "", "");
	json_t *definitions = json_incref(json_object_get(schema, "$defs"));
	json_object_del(schema, "$defs");
	json_object_del(schema, "$schema");
	json_object_del(schema, "title");
	resolve(schema, definitions);

	char *told = json_dumps(schema, JSON_SORT_KEYS | JSON_INDENT(1));
	char *kept = json_dumps(rules, JSON_SORT_KEYS | JSON_INDENT(1));
	assert_string_equal(told, kept);
	free(told);
	free(kept);
	json_decref(schema);
	json_decref(definitions);
	json_decref(rules);
}

/* --- forms ---------------------------------------------------------------- */

static const struct {
	enum rule_form form;
	const char *text;
	bool match;
} forms[] = {
	{FORM_ANY, "", true},
	{FORM_ANY, "any thing\n", true},

	{FORM_SERVICE_ID, "ab", true},
	{FORM_SERVICE_ID, "acme-payment-2", true},
	{FORM_SERVICE_ID, "a-", true},
	{FORM_SERVICE_ID, "a", false},
	{FORM_SERVICE_ID, "", false},
	{FORM_SERVICE_ID, "1a", false},
	{FORM_SERVICE_ID, "-ab", false},
	{FORM_SERVICE_ID, "Ab", false},
	{FORM_SERVICE_ID, "a_b", false},
	{FORM_SERVICE_ID, "a.b", false},
	{FORM_SERVICE_ID, "a b", false},
	{FORM_SERVICE_ID, "ab\n", false},
	{FORM_SERVICE_ID, "決済", false},
	{FORM_SERVICE_ID,
         "a23456789012345678901234567890123456789012345678901234567890123",
         true},
	{FORM_SERVICE_ID,
         "a234567890123456789012345678901234567890123456789012345678901234",
         false},

	{FORM_WORD, "acme-payment-jp", true},
	{FORM_WORD, "決済", true},
	{FORM_WORD, "C0123456", true},
	{FORM_WORD, "", false},
	{FORM_WORD, "a b", false},
	{FORM_WORD, "a,b", false},
	{FORM_WORD, "a/b", false},
	{FORM_WORD, "a\"b", false},
	{FORM_WORD, " ", false},

	{FORM_TEAM, "acme-payment-jp", true},
	{FORM_TEAM, "決済", true},
	{FORM_TEAM, "-a", true},
	{FORM_TEAM, "a.", true},
	{FORM_TEAM, "", false},
	{FORM_TEAM, "-", false},
	{FORM_TEAM, ".", false},
	{FORM_TEAM, "..", false},
	{FORM_TEAM, "-.-", false},
	{FORM_TEAM, "a b", false},
	{FORM_TEAM, "a,b", false},
	{FORM_TEAM, "a/b", false},
	{FORM_TEAM, "a\"b", false},

	{FORM_NAME, "a", true},
	{FORM_NAME, "ACME Holdings", true},
	{FORM_NAME, "決済 カード", true},
	{FORM_NAME, " a", false},
	{FORM_NAME, "a ", false},
	{FORM_NAME, " ", false},
	{FORM_NAME, "", false},

	{FORM_EMAIL, "payment@acme.example", true},
	{FORM_EMAIL, "a.b+c@x", true},
	{FORM_EMAIL, "a@b@c", false},
	{FORM_EMAIL, "@acme.example", false},
	{FORM_EMAIL, "a@", false},
	{FORM_EMAIL, "a@.b", false},
	{FORM_EMAIL, "a@b.", false},
	{FORM_EMAIL, "a b@c", false},
	{FORM_EMAIL, "a@b c", false},
	{FORM_EMAIL, "<a@b>", false},
	{FORM_EMAIL, "a", false},

	{FORM_URL, "https://git.example", true},
	{FORM_URL, "http://git.example:8080/acme?x=1#y", true},
	{FORM_URL, "https://x/決済", true},
	{FORM_URL, "https://x?q", true},
	{FORM_URL, "https://", false},
	{FORM_URL, "https:///x", false},
	{FORM_URL, "HTTPS://x", false},
	{FORM_URL, "ftp://x", false},
	{FORM_URL, "javascript:alert(1)", false},
	{FORM_URL, "javascript://x/%0aalert(1)", false},
	{FORM_URL, "//x", false},
	{FORM_URL, "x", false},
	{FORM_URL, "https://user@x", false},
	{FORM_URL, "https://user:pass@x/", false},
	{FORM_URL, "https://x:123456/", false},
	{FORM_URL, "https://x:/", false},
	{FORM_URL, "https://x\\y", false},
	{FORM_URL, "https://x/a b", false},
	{FORM_URL, "https://x/\"", false},
	{FORM_URL, "https://x/<script>", false},
	{FORM_URL, " https://x", false},
	{FORM_URL, "https://x\nhttps://y", false},

	{FORM_GRPC_SERVICE, "acme.wallet.v1.WalletService", true},
	{FORM_GRPC_SERVICE, "_a1", true},
	{FORM_GRPC_SERVICE, "a.b", true},
	{FORM_GRPC_SERVICE, "a.", false},
	{FORM_GRPC_SERVICE, ".a", false},
	{FORM_GRPC_SERVICE, "a..b", false},
	{FORM_GRPC_SERVICE, "1a", false},
	{FORM_GRPC_SERVICE, "a.1b", false},
	{FORM_GRPC_SERVICE, "a-b", false},
	{FORM_GRPC_SERVICE, "a.B/C", false},

	{FORM_GRPC_TARGET, "a.B", true},
	{FORM_GRPC_TARGET, "acme.wallet.v1.WalletService/Debit", true},
	{FORM_GRPC_TARGET, "/a.B/C", false},
	{FORM_GRPC_TARGET, "a.B/", false},
	{FORM_GRPC_TARGET, "a.B/C/D", false},
	{FORM_GRPC_TARGET, "a.B/C.D", false},

	{FORM_CLUSTER, "prod-1", true},
	{FORM_CLUSTER, "gke_a.b_C", true},
	{FORM_CLUSTER, "1", true},
	{FORM_CLUSTER, "-a", false},
	{FORM_CLUSTER, "a-", false},
	{FORM_CLUSTER, "a b", false},
	{FORM_CLUSTER, "a/b", false},
	{FORM_CLUSTER, "", false},

	{FORM_NAMESPACE, "acme-payment-dev", true},
	{FORM_NAMESPACE, "0", true},
	{FORM_NAMESPACE, "A", false},
	{FORM_NAMESPACE, "a.b", false},
	{FORM_NAMESPACE, "a-", false},
	{FORM_NAMESPACE, "-a", false},
	{FORM_NAMESPACE, "..", false},
	{FORM_NAMESPACE, "a/../b", false},
};

static void
matches(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(forms); i++)
		row_int(forms[i].text,
		        rule_form_matches(forms[i].form, forms[i].text),
		        forms[i].match);
}

static void
described(void **state)
{
	(void)state;
	for (int i = FORM_ANY + 1; i < FORM_END; i++) {
		enum rule_form form = (enum rule_form)i;

		assert_non_null(rule_pattern(form));
		assert_int_equal(strncmp(rule_form_text(form), "must ", 5), 0);
	}
	assert_null(rule_pattern(FORM_ANY));
}

/* The longest texts that may be matched, of the shape that costs most. */
static void
long_texts(void **state)
{
	struct arena *a = *state;

	assert_true(rule_form_matches(
		FORM_GRPC_TARGET,
		arena_printf(a, "%sa/b", text_times(a, "a.", 254))));
	assert_false(rule_form_matches(
		FORM_GRPC_TARGET,
		arena_printf(a, "%s/b/", text_times(a, "a.", 254))));
	assert_false(rule_form_matches(
		FORM_EMAIL,
		arena_printf(a, "a@%s!", text_times(a, "a.", 120))));
	assert_true(rule_form_matches(
		FORM_NAME, arena_printf(a, "a%sa", text_times(a, " ", 198))));
	assert_true(rule_form_matches(
		FORM_URL,
		arena_printf(a, "https://x/%s", text_times(a, "/", 2038))));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("the published schema says what the rules say",
	              published),
		CHECK("texts have the form that is wanted", matches),
		CHECK("each form is described", described),
		CHECK("the longest texts are matched", long_texts),
	};

	return unit_run(tests);
}
