/* SPDX-License-Identifier: Apache-2.0 */
#include "base/identity.h"

#include "http/req.h"

#include "fcgi_fake.h"
#include "unit.h"

static void
given(void **state)
{
	struct req *req = fake_req(*state);
	struct identity who;

	fake_param(req, "MD_SUB", "user:aya");
	fake_param(req, "MD_KIND", "session");
	fake_param(req, "MD_SCOPES", "catalog:read events:read");
	fake_param(req, "MD_TEAMS", "acme-payment-jp");
	fake_param(req, "MD_SERVICES", "acme-*");
	fake_param(req, "MD_PEER", "127.0.0.1");
	fake_param(req, "MD_RID", "5f0c");
	req_identify(&who, req->fcgi);
	assert_string_equal(who.subject, "user:aya");
	assert_string_equal(who.kind, "session");
	assert_string_equal(who.scopes, "catalog:read events:read");
	assert_string_equal(who.teams, "acme-payment-jp");
	assert_string_equal(who.services, "acme-*");
	assert_string_equal(who.address, "127.0.0.1");
	assert_string_equal(who.request_id, "5f0c");
}

/* What a client may send becomes HTTP_*: none of it is an identity. */
static void
nobody(void **state)
{
	struct req *req = fake_req(*state);
	struct identity who;

	fake_param(req, "MD_SUB", "");
	fake_param(req, "HTTP_MD_SUB", "user:admin");
	fake_param(req, "HTTP_MD_SCOPES", "admin");
	fake_param(req, "HTTP_X_MD_SUB", "user:admin");
	req_identify(&who, req->fcgi);
	assert_null(who.subject);
	assert_string_equal(who.scopes, "");
	assert_string_equal(who.teams, "");
	assert_string_equal(who.request_id, "");
}

static void
scopes(void **state)
{
	static const struct {
		const char *subject;
		const char *scopes;
		const char *scope;
		bool may;
	} cases[] = {
		{"user:a", "catalog:read", "catalog:read", true},
		{"user:a", "catalog:read", "events:read", false},
		{"user:a", "catalog:read", "catalog", false},
		{"user:a", "catalog:read", "catalog:read events:read", false},
		{"user:a", "", "catalog:read", false},
		{"user:a", "admin", "catalog:read", true},
		{"user:a", "admin", "anything", true},
		{"user:a", "administrator", "catalog:read", false},
		{"token:a#1", "ingest:write", "ingest:validate", true},
		{"token:a#1", "ingest:validate", "ingest:write", false},
		{"token:a#1", "todos:write", "todos:read", true},
		{"token:a#1", "todos:read", "todos:write", false},
		{"token:a#1", "todos:write", "catalog:read", false},
		{"token:a#1", "ingest:write", "admin", false},
		{NULL, "admin", "catalog:read", false},
		{NULL, "catalog:read", "catalog:read", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct identity who = {.subject = cases[i].subject,
		                             .scopes = cases[i].scopes};

		row_int(cases[i].scopes, identity_may(&who, cases[i].scope),
		        cases[i].may);
		row_int(cases[i].scopes, identity_is_admin(&who),
		        cases[i].subject != NULL &&
		                strcmp(cases[i].scopes, "admin") == 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("an identity is what the gate says", given),
		CHECK("an empty subject and client headers are nobody", nobody),
		CHECK("scopes allow themselves, admin allows all", scopes),
	};

	return unit_run(tests);
}
