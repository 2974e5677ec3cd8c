/* SPDX-License-Identifier: Apache-2.0 */
#include "store/spec_check.h"

#include "text.h"
#include "unit.h"
#include "wire/yaml.h"

struct outcome {
	const char *faults;
	const char *warnings;
	const char *json; /* after the check */
};

/* Checks a YAML document that can be read. */
static struct outcome
check(struct arena *arena, const char *text)
{
	struct faults faults = {.arena = arena};
	struct faults warnings = {.arena = arena};
	struct tree tree = {0};
	struct extent extent;
	struct yaml *yaml = yaml_open(text, strlen(text), arena);

	assert_int_equal(yaml_next(yaml, "#", &faults, &tree, &extent),
	                 TREE_READ);
	row_text(text, text_faults(arena, &faults), "");
	spec_check(&tree, "#", arena, &faults, &warnings);

	char *json = json_dumps(tree.root, JSON_COMPACT | JSON_ENCODE_ANY);
	const struct outcome outcome = {
		.faults = text_faults(arena, &faults),
		.warnings = text_faults(arena, &warnings),
		.json = arena_strdup(arena, json),
	};
	free(json);
	tree_fini(&tree);
	return outcome;
}

/* As in doc/ingest.md. */
static const char example[] =
	"serviceID: acme-payment\n"
	"description: |\n"
	"  Charges a wallet\n"
	"  決済\n"
	"corporation: ACME\n"
	"teamName: acme-payment-jp\n"
	"contact:\n"
	"  slack: { generalChannelId: C0123456, alertChannelId: C12345678 }\n"
	"  email: payment@acme.example\n"
	"lifecycle: production\n"
	"tier: 1\n"
	"tags: [payments]\n"
	"repository: https://git.example/acme/payment\n"
	"links: [ { title: Runbook, url: https://wiki.example/payment } ]\n"
	"grpc: { provides: [acme.payment.v1.PaymentService],\n"
	"        consumes: [acme.wallet.v1.WalletService/Debit] }\n"
	"dependsOn: [acme-wallet]\n"
	"kubernetes:\n"
	"  - { environment: development, cluster: dev-1, namespace: a-dev }\n"
	"  - { environment: production, cluster: prod-1, namespace: a-prod }\n"
	"previousServiceIDs: []\n"
	"x-anything: { nested: [1, 2.5, null] }\n";

static void
taken(void **state)
{
	struct outcome outcome = check(*state, example);

	assert_string_equal(outcome.faults, "");
	assert_string_equal(outcome.warnings, "");
	assert_non_null(strstr(outcome.json,
	                       "\"x-anything\":{\"nested\":[1,2.5,null]}"));
	assert_string_equal(check(*state, "serviceID: ab\n").faults, "");
}

static void
nulls(void **state)
{
	struct outcome outcome =
		check(*state, "serviceID: ab\ntier:\ntags: ~\nother:\n"
	                      "contact: { slack: , email: null }\n");

	assert_string_equal(outcome.faults, "");
	assert_string_equal(outcome.json, "{\"serviceID\":\"ab\","
	                                  "\"other\":null,\"contact\":{}}");
}

static const struct {
	const char *text;
	const char *faults;
} mistakes[] = {
	{"[]", "type # 1:1"},
	{"text", "type # 1:1"},
	{"7", "type # 1:1"},
	{"{}", "required #/serviceID 1:1"},
	{"serviceID:\n", "required #/serviceID 1:11"},
	{"serviceID: A\n", "too-short #/serviceID 1:12"},
	{"serviceID: AB\n", "format #/serviceID 1:12"},
	{"serviceID: 12\n", "type #/serviceID 1:12"},
	{"serviceID: [ab]\n", "type #/serviceID 1:12"},
	{"serviceID: ab\ndescription: 1.20\n", "type #/description 2:14"},
	{"serviceID: ab\ndescription: \"a\\tb\\n\"\n", ""},
	{"serviceID: ab\ndescription: \"\\e[m\"\n",
         "control-character #/description 2:14"},
	{"serviceID: ab\ndescription: ''\n", ""},
	{"serviceID: ab\ncorporation: ''\n", "too-short #/corporation 2:14"},
	{"serviceID: ab\ncorporation: \"A\\nB\"\n",
         "control-character #/corporation 2:14"},
	{"serviceID: ab\ncorporation: \"A\\u202eB\"\n",
         "control-character #/corporation 2:14"},
	{"serviceID: ab\ndescription: \"A\\u202eB\"\n", ""},
	{"serviceID: ab\ntags: [決済, \"\\U0001f469\\u200d\\U0001f4bb\"]\n",
         ""},
	{"serviceID: ab\ncorporation: ' A'\n", "format #/corporation 2:14"},
	{"serviceID: ab\nteamName: a team\n", "format #/teamName 2:11"},
	{"serviceID: ab\ncontact: me\n", "type #/contact 2:10"},
	{"serviceID: ab\ncontact: {email: me}\n",
         "format #/contact/email 2:18"},
	{"serviceID: ab\nlifecycle: Production\n", "enum #/lifecycle 2:12"},
	{"serviceID: ab\nlifecycle: NO\n", "enum #/lifecycle 2:12"},
	{"serviceID: ab\ntier: 0\n", "range #/tier 2:7"},
	{"serviceID: ab\ntier: 1\n", ""},
	{"serviceID: ab\ntier: 4\n", ""},
	{"serviceID: ab\ntier: 5\n", "range #/tier 2:7"},
	{"serviceID: ab\ntier: '1'\n", "type #/tier 2:7"},
	{"serviceID: ab\ntier: 1.0\n", "type #/tier 2:7"},
	{"serviceID: ab\ntier: 01\n", "type #/tier 2:7"},
	{"serviceID: ab\ntags: payments\n", "type #/tags 2:7"},
	{"serviceID: ab\ntags: [a, 1, '', a]\n",
         "type #/tags/1 2:11; too-short #/tags/2 2:14; "
         "duplicate #/tags/3 2:18"},
	{"serviceID: ab\ntags: [1, 1]\n",
         "type #/tags/0 2:8; duplicate #/tags/1 2:11"},
	{"serviceID: ab\ntags: [~]\n", "type #/tags/0 2:8"},
	{"serviceID: ab\nrepository: git@x:y\n", "format #/repository 2:13"},
	{"serviceID: ab\nlinks:\n  - title: R\n", "required #/links/0/url 3:5"},
	{"serviceID: ab\nlinks: [{url: 'https://x', title: a},"
         " {title: a, url: 'https://x'}]\n",
         "duplicate #/links/1 2:39"},
	{"serviceID: ab\nlinks: [{url: 'javascript:x', title: a}]\n",
         "format #/links/0/url 2:15"},
	{"serviceID: ab\ngrpc: {provides: [a/b], consumes: [a/b]}\n",
         "format #/grpc/provides/0 2:19"},
	{"serviceID: ab\nkubernetes: [{environment: test}]\n",
         "enum #/kubernetes/0/environment 2:28; "
         "required #/kubernetes/0/cluster 2:14; "
         "required #/kubernetes/0/namespace 2:14"},
	{"serviceID: ab\npreviousServiceIDs: [cd, ab]\n",
         "self #/previousServiceIDs/1 2:26"},
	{"tier: 9\ntags: {}\n", "required #/serviceID 1:1; range #/tier 1:7; "
                                "type #/tags 2:7"},
};

static void
refused(void **state)
{
	for (size_t i = 0; i < ARRAY_LEN(mistakes); i++)
		row_text(mistakes[i].text,
		         check(*state, mistakes[i].text).faults,
		         mistakes[i].faults);
}

static void
warned(void **state)
{
	static const struct {
		const char *text;
		const char *warnings;
	} cases[] = {
		{"serviceID: ab\nTier: 1\n", "unknown-key #/Tier 2:1"},
		{"serviceID: ab\nteam_name: x\n",
	         "unknown-key #/team_name 2:1"},
		{"serviceID: ab\ncontact: {slack: {generalChannelID: C1}}\n",
	         "unknown-key #/contact/slack/generalChannelID 2:19"},
		{"serviceID: ab\nx-owner: y\nversion: 1\n", ""},
		{"serviceID: ab\ndependsOn: [cd, ab]\n",
	         "self #/dependsOn/1 2:17"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct outcome outcome = check(*state, cases[i].text);

		row_text(cases[i].text, outcome.faults, "");
		row_text(cases[i].text, outcome.warnings, cases[i].warnings);
	}
}

/* Each length, in characters, and each count: at the limit and one past it. */
static void
limits(void **state)
{
	static const struct {
		const char *head;
		const char *part; /* so often as the limit says */
		size_t limit;
		const char *tail;
		const char *fault;
	} cases[] = {
		{"serviceID: a", "b", 62, "\n", "too-long #/serviceID 1:12"},
		{"serviceID: ab\ndescription: ", "済", 10000, "\n",
	         "too-long #/description 2:14"},
		{"serviceID: ab\ncorporation: ", "済", 100, "\n",
	         "too-long #/corporation 2:14"},
		{"serviceID: ab\nteamName: ", "t", 63, "\n",
	         "too-long #/teamName 2:11"},
		{"serviceID: ab\ncontact: {slack: {alertChannelId: ", "C", 80,
	         "}}\n", "too-long #/contact/slack/alertChannelId 2:35"},
		{"serviceID: ab\ncontact: {email: a@", "b", 252, "}\n",
	         "too-long #/contact/email 2:18"},
		{"serviceID: ab\nrepository: https://x/", "y", 2038, "\n",
	         "too-long #/repository 2:13"},
		{"serviceID: ab\ntags: [", "済", 64, "]\n",
	         "too-long #/tags/0 2:8"},
		{"serviceID: ab\nlinks: [{url: 'https://x', title: ", "t", 200,
	         "}]\n", "too-long #/links/0/title 2:35"},
		{"serviceID: ab\ngrpc: {provides: [", "s", 255, "]}\n",
	         "too-long #/grpc/provides/0 2:19"},
		{"serviceID: ab\ngrpc: {consumes: [", "s", 512, "]}\n",
	         "too-long #/grpc/consumes/0 2:19"},
		{"serviceID: ab\nkubernetes: [{environment: production, "
	         "namespace: n, cluster: ",
	         "c", 63, "}]\n", "too-long #/kubernetes/0/cluster 2:63"},
		{"serviceID: ab\nkubernetes: [{environment: production, "
	         "cluster: c, namespace: ",
	         "n", 63, "}]\n", "too-long #/kubernetes/0/namespace 2:63"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *most =
			text_times(*state, cases[i].part, cases[i].limit);

		row_text(cases[i].head,
		         check(*state,
		               arena_printf(*state, "%s%s%s", cases[i].head,
		                            most, cases[i].tail))
		                 .faults,
		         "");
		row_text(cases[i].head,
		         check(*state,
		               arena_printf(*state, "%s%s%s%s", cases[i].head,
		                            most, cases[i].part, cases[i].tail))
		                 .faults,
		         cases[i].fault);
	}
}

static void
counts(void **state)
{
	static const struct {
		const char *head;
		const char *item; /* then a number */
		const char *end;
		const char *tail;
		size_t limit;
		const char *fault;
	} cases[] = {
		{"tags: [", "t", "", "]", 50, "too-many #/tags 2:7"},
		{"dependsOn: [", "s-", "", "]", 500,
	         "too-many #/dependsOn 2:12"},
		{"previousServiceIDs: [", "s-", "", "]", 20,
	         "too-many #/previousServiceIDs 2:21"},
		{"grpc: {provides: [", "a.S", "", "]}", 500,
	         "too-many #/grpc/provides 2:18"},
		{"grpc: {consumes: [", "a.S/M", "", "]}", 1000,
	         "too-many #/grpc/consumes 2:18"},
		{"links: [", "{title: t", ", url: 'https://x'}", "]", 50,
	         "too-many #/links 2:8"},
		{"kubernetes: [", "{environment: production, cluster: c",
	         ", namespace: n}", "]", 100, "too-many #/kubernetes 2:13"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		for (size_t more = 0; more < 2; more++) {
			struct buf text = {.arena = *state};

			buf_printf(&text, "serviceID: ab\n%s", cases[i].head);
			for (size_t n = 0; n < cases[i].limit + more; n++)
				buf_printf(&text, "%s%zu%s, ", cases[i].item, n,
				           cases[i].end);
			buf_printf(&text, "%s\n", cases[i].tail);
			row_text(cases[i].head,
			         check(*state, buf_text(&text)).faults,
			         more == 0 ? "" : cases[i].fault);
		}
	}
}

/* Two hundred unknown keys, each of which looks like a known one. */
static void
many_unknown(void **state)
{
	struct buf text = {.arena = *state};
	size_t count = 1;

	buf_adds(&text, "serviceID: ab\n");
	for (size_t n = 1; n <= 200; n++)
		buf_printf(&text, "tags%s: 1\n", text_times(*state, "-", n));
	struct outcome outcome = check(*state, buf_text(&text));
	assert_string_equal(outcome.faults, "");
	for (const char *p = outcome.warnings; *p != '\0'; p++)
		count += *p == ';';
	assert_int_equal(count, 100);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("a spec with everything is taken as it is", taken),
		CHECK("known members that are null are taken out", nulls),
		CHECK("every mistake is told with its place", refused),
		CHECK("what looks like a mistake is warned of", warned),
		CHECK("each text has its length", limits),
		CHECK("each list has its count", counts),
		CHECK("a hundred unknown keys are looked at", many_unknown),
	};

	return unit_run(tests);
}
