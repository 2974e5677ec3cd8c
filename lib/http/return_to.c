/* SPDX-License-Identifier: Apache-2.0 */
#include "http/return_to.h"

#include "base/str.h"

#include <stddef.h>
#include <string.h>

enum {
	RETURN_TO_MAX = 1024,
};

const char *
return_to(const char *text)
{
	if (text == NULL || text[0] != '/' || text[1] == '/')
		return "/";

	size_t len = strlen(text);
	if (len > RETURN_TO_MAX || !str_is_utf8(text, len) ||
	    !str_is_printable(text) || strchr(text, '\\') != NULL)
		return "/";
	return text;
}
