/* SPDX-License-Identifier: Apache-2.0 */
#include "breaking/policy.h"

#include "breaking/breaking.h"
#include "unit.h"

static void
unstable(void **state)
{
	static const struct {
		const char *package;
		bool unstable;
	} cases[] = {
		{"acme.v1alpha", true},
		{"acme.v1alpha1", true},
		{"acme.v1beta", true},
		{"acme.v12beta34", true},
		{"acme.v1p1alpha", true},
		{"acme.v1p2beta3", true},
		{"acme.v1test", true},
		{"acme.v1testing", true},
		{"acme.v1test.v1beta1", true},
		{"acme.v1", false},
		{"acme.v1p1", false},
		{"acme.v1p1test", false},
		{"acme.v1alphabeta", false},
		{"acme.v1alpha1x", false},
		{"acme.v1alpha0", false},
		{"acme.v0alpha1", false},
		{"acme.v1pbeta1", false},
		{"acme.v1p0beta1", false},
		{"acme.valpha1", false},
		{"acme.v", false},
		{"acme.w1alpha1", false},
		{"acme.V1alpha1", false},
		{"acme.v1alpha1.pay", false},
		{"acme.v2147483647beta1", true},
		{"acme.v2147483648beta1", false},
		{"acme.v99999999999999999999beta1", false},
		{"v1alpha1", false}, /* has but one part */
		{"acme.", false},
		{"", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		row_int(cases[i].package,
		        breaking_is_unstable(cases[i].package),
		        cases[i].unstable);
}

static void
words(void **state)
{
	static const struct {
		const char *name;
		bool category;
		bool rule;
	} cases[] = {
		{"FILE", true, false},
		{"PACKAGE", true, false},
		{"WIRE_JSON", true, false},
		{"WIRE", true, false},
		{"MDASH", true, false},
		{"file", false, false},
		{"", false, false},
		{"FIELD_NO_DELETE", false, true},
		{"FIELD_BECAME_REQUIRED", false, true},
		{"ENUM_NO_DELETE", false, true},
		{"FIELD_NO_DELETE_", false, false},
		{"STANDARD", false, false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *name = cases[i].name;

		row_int(name, breaking_is_category(name), cases[i].category);
		row_int(name, breaking_is_rule(name), cases[i].rule);
	}
}

/* --- verdicts ------------------------------------------------------------- */

static const struct breaking_finding field = {
	.rule = "FIELD_NO_DELETE",
	.categories = BREAKING_FILE | BREAKING_PACKAGE,
	.path = "acme/pay/v1/pay.proto",
	.package = "acme.pay.v1",
	.full_name = "acme.pay.v1.Wallet.id",
};

static struct breaking_policy_item
item(const char *prefix, const char *use, const char *except)
{
	return (struct breaking_policy_item){prefix, use, except, false};
}

static enum breaking_verdict
judged(const struct breaking_policy_item *items, size_t count,
       const struct breaking_waiver *waivers, size_t waiver_count,
       const struct breaking_finding *finding, size_t *ret_waiver)
{
	const struct breaking_policy policy = {
		.items = items,
		.item_count = count,
		.waivers = waivers,
		.waiver_count = waiver_count,
	};

	return breaking_judge(&policy, finding, ret_waiver);
}

static void
by_rule(void **state)
{
	static const struct {
		const char *use;
		const char *except;
		enum breaking_verdict verdict;
	} cases[] = {
		{"FILE", "", BREAKING_BREAKS},
		{"PACKAGE", "", BREAKING_BREAKS},
		{"WIRE MDASH", "", BREAKING_ALLOWED},
		{"", "", BREAKING_ALLOWED},
		{"WIRE FIELD_NO_DELETE", "", BREAKING_BREAKS},
		{"RPC_NO_DELETE", "", BREAKING_ALLOWED},
		{"FILE", "RPC_NO_DELETE FIELD_NO_DELETE", BREAKING_ALLOWED},
		{"FILE", "RPC_NO_DELETE", BREAKING_BREAKS},
		{"FILE", "PACKAGE", BREAKING_ALLOWED},
		{"FIELD_NO_DELETE", "WIRE", BREAKING_BREAKS},
	};
	size_t waiver;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct breaking_policy_item one =
			item("", cases[i].use, cases[i].except);

		row_int(cases[i].use, judged(&one, 1, NULL, 0, &field, &waiver),
		        cases[i].verdict);
	}
}

static void
by_package(void **state)
{
	const struct breaking_policy_item items[] = {
		item("acme.pay", "WIRE", ""),
		item("", "FILE", ""),
		item("acme.pay.v1", "PACKAGE", "FIELD_NO_DELETE"),
		item("acme", "", ""),
	};
	static const struct {
		const char *package;
		enum breaking_verdict verdict;
	} cases[] = {
		{"acme.pay.v1", BREAKING_ALLOWED},
		{"acme.pay.v2", BREAKING_ALLOWED},   /* WIRE */
		{"acme.payments", BREAKING_ALLOWED}, /* acme */
		{"acmes.pay", BREAKING_BREAKS},
		{"", BREAKING_BREAKS},
		{NULL, BREAKING_BREAKS},
	};
	struct breaking_finding finding = field;
	size_t waiver;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		finding.package = cases[i].package;
		row_int(cases[i].package == NULL ? "NULL" : cases[i].package,
		        judged(items, ARRAY_LEN(items), NULL, 0, &finding,
		               &waiver),
		        cases[i].verdict);
	}
	assert_int_equal(judged(items, 1, NULL, 0, &field, &waiver),
	                 BREAKING_ALLOWED);
	finding.package = "acme.pay";
	finding.rule = "RPC_SAME_REQUEST_TYPE";
	finding.categories |= BREAKING_WIRE;
	assert_int_equal(
		judged(items, ARRAY_LEN(items), NULL, 0, &finding, &waiver),
		BREAKING_BREAKS);
	assert_int_equal(judged(items, 0, NULL, 0, &field, &waiver),
	                 BREAKING_ALLOWED);
}

static void
by_stability(void **state)
{
	struct breaking_policy_item one = item("", "FILE", "");
	struct breaking_finding finding = field;
	size_t waiver;

	(void)state;
	finding.package = "acme.pay.v1beta1";
	assert_int_equal(judged(&one, 1, NULL, 0, &finding, &waiver),
	                 BREAKING_BREAKS);
	one.ignore_unstable = true;
	assert_int_equal(judged(&one, 1, NULL, 0, &finding, &waiver),
	                 BREAKING_ALLOWED);
	assert_int_equal(judged(&one, 1, NULL, 0, &field, &waiver),
	                 BREAKING_BREAKS);
}

static void
waived(void **state)
{
	static const struct {
		struct breaking_waiver waiver;
		bool fits;
	} cases[] = {
		{{NULL, "acme.pay.v1.Wallet.id"}, true},
		{{NULL, "acme.pay.v1.Wallet"}, true},
		{{NULL, "acme.pay.v1.Wall"}, false},
		{{NULL, "acme.pay.v1.Wallet.id.x"}, false},
		{{NULL, "acme.pay.v1"}, true},
		{{NULL, "acme.pay"}, true},
		{{NULL, "acme.pa"}, false},
		{{NULL, "acme/pay/v1/pay.proto"}, true},
		{{NULL, "acme/pay/v1"}, false},
		{{"FIELD_NO_DELETE", "acme.pay.v1.Wallet"}, true},
		{{"FIELD_SAME_NAME", "acme.pay.v1.Wallet"}, false},
	};
	const struct breaking_policy_item one = item("", "FILE", "");

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct breaking_waiver two[] = {
			{NULL, "other"},
			cases[i].waiver,
		};
		size_t waiver = 9;
		enum breaking_verdict verdict =
			judged(&one, 1, two, 2, &field, &waiver);

		row_int(two[1].subject, verdict,
		        cases[i].fits ? BREAKING_WAIVED : BREAKING_BREAKS);
		row_int(two[1].subject, waiver, cases[i].fits ? 1 : 9);
	}
}

/* What is said of a file as a whole has no name but that of its package. */
static void
waived_file(void **state)
{
	const struct breaking_policy_item file = item("", "FILE", "");
	const struct breaking_policy_item wire = item("", "WIRE", "");
	const struct breaking_waiver waiver = {NULL, "acme.pay"};
	struct breaking_finding finding = field;
	size_t number;

	(void)state;
	finding.rule = "FILE_NO_DELETE";
	finding.full_name = NULL;
	assert_int_equal(judged(&file, 1, &waiver, 1, &finding, &number),
	                 BREAKING_WAIVED);
	finding.full_name = "";
	assert_int_equal(judged(&file, 1, &waiver, 1, &finding, &number),
	                 BREAKING_WAIVED);
	assert_int_equal(judged(&wire, 1, &waiver, 1, &finding, &number),
	                 BREAKING_ALLOWED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("unstable packages are those of buf", unstable),
		CHECK("categories and rules are known by their names", words),
		CHECK("a policy names what breaks", by_rule),
		CHECK("the longest prefix of a package holds", by_package),
		CHECK("unstable packages may be left alone", by_stability),
		CHECK("a waiver lets pass what it names", waived),
		CHECK("a waiver of a package is for its files", waived_file),
	};

	return unit_run(tests);
}
