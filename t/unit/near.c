/* SPDX-License-Identifier: Apache-2.0 */
#include "store/near.h"

#include "unit.h"

static void
near(void **state)
{
	static const struct {
		const char *word;
		const char *known;
		bool near;
	} cases[] = {
		{"tier", "tier", true},
		{"Tier", "tier", true},
		{"teir", "tier", false}, /* two letters of a short name */
		{"tir", "tier", true},
		{"tierr", "tier", true},
		{"team", "tier", false},
		{"xy", "tags", false},
		{"tag", "tags", true},
		{"", "tags", false},
		{"serviceID", "serviceID", true},
		{"service-id", "serviceID", true},
		{"service_id", "serviceID", true},
		{"SERVICEID", "serviceID", true},
		{"serviceName", "serviceID", false},
		{"serviceI", "serviceID", true},
		{"srviceD", "serviceID", true},
		{"srvicD", "serviceID", false},
		{"teamname", "teamName", true},
		{"taemName", "teamName", true},
		{"descripton", "description", true},
		{"desciptoin", "description", false},
		{"repositroy", "repository", true},
		{"dependsOn", "dependsOn", true},
		{"depends_on", "dependsOn", true},
		{"dependencies", "dependsOn", false},
		{"---___", "tags", false},
		{"x-kubernetes", "kubernetes", true},
		{"x-kubernetes-x", "kubernetes", true},
		{"x-kubernetes-xx", "kubernetes", false},
		{"決済", "tags", false},
		/* 32 letters are compared, 33 are none of ours. */
		{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", true},
		{"a-a-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", true},
		{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		row_int(cases[i].word, near_word(cases[i].word, cases[i].known),
		        cases[i].near);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("slips of the pen are near, other words are not", near),
	};

	return unit_run(tests);
}
