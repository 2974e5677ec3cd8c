/* SPDX-License-Identifier: Apache-2.0 */
#include "base/identity.h"

#include "base/str.h"

#include <stddef.h>
#include <string.h>

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
	if (strcmp(scope, "ingest:validate") == 0)
		return str_has_word(who->scopes, "ingest:write");
	return strcmp(scope, "todos:read") == 0 &&
	       str_has_word(who->scopes, "todos:write");
}
