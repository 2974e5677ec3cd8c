/* SPDX-License-Identifier: Apache-2.0 */
#include "http/identity.h"

#include "base/str.h"
#include "http/fcgi.h"

#include <stddef.h>
#include <string.h>

static const char *
param(const struct fcgi *fcgi, const char *name)
{
	const char *value = fcgi_param(fcgi, name);

	return value == NULL ? "" : value;
}

void
identity_read(struct identity *ret, const struct fcgi *fcgi)
{
	const char *subject = param(fcgi, "MD_SUB");

	*ret = (struct identity){
		.subject = *subject == '\0' ? NULL : subject,
		.kind = param(fcgi, "MD_KIND"),
		.scopes = param(fcgi, "MD_SCOPES"),
		.teams = param(fcgi, "MD_TEAMS"),
		.services = param(fcgi, "MD_SERVICES"),
		.address = param(fcgi, "MD_PEER"),
		.request_id = param(fcgi, "MD_RID"),
	};
}

bool
identity_is_admin(const struct identity *who)
{
	return who->subject != NULL && str_has_word(who->scopes, "admin");
}

bool
identity_may(const struct identity *who, const char *scope)
{
	if (who->subject == NULL)
		return false;
	if (str_has_word(who->scopes, scope) || identity_is_admin(who))
		return true;
	return strcmp(scope, "ingest:validate") == 0 &&
	       str_has_word(who->scopes, "ingest:write");
}
