/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "db/db.h"

#include <stdbool.h>

struct arena;

/* Owning teams, as the specs of their services and the accounts say. */

/* May a team be called so, in a spec or anywhere else? */
bool team_name_is_valid(const char *name);

/* Columns of team_facts(). */
enum {
	TEAM_FACT_TEAM, /* "" = services without a team */
	TEAM_FACT_KIND, /* services failing people known corp lifecycle */
	TEAM_FACT_VALUE,
	TEAM_FACT_COUNT,
};

/* All there is to count, team by team, of one (`team`) or of all (NULL). No row
 * when a name was never one of a team. */
MUST_USE enum db_result team_facts(struct db *db, struct arena *arena,
                                   const char *team, const char *at,
                                   struct rows *ret);

/* Columns of team_contacts(). */
enum {
	TEAM_CONTACT_KIND,
	TEAM_CONTACT_VALUE,
	TEAM_CONTACT_SERVICES,
};

/* How the team is reached, the most used way first. */
MUST_USE enum db_result team_contacts(struct db *db, struct arena *arena,
                                      const char *team, const char *at,
                                      struct rows *ret);

/* Columns of team_members(). */
enum {
	TEAM_MEMBER_NAME,
	TEAM_MEMBER_DISPLAY_NAME,
};

/* Its people today. */
MUST_USE enum db_result team_members(struct db *db, struct arena *arena,
                                     const char *team, struct rows *ret);

/* At most 5 teams whose names look like this one; column 0. */
MUST_USE enum db_result team_nearest(struct db *db, struct arena *arena,
                                     const char *team, struct rows *ret);
