/* SPDX-License-Identifier: Apache-2.0 */
/* Bills of materials by CycloneDX, 1.2 to 1.6, in JSON or in XML. */
#include "base/arena.h"
#include "base/attr.h"
#include "report/components.h"
#include "report/format.h"
#include "wire/json_out.h"

#include <string.h>

bool
cyclonedx_is_version(const char *text)
{
	static const char *const versions[] = {"1.2", "1.3", "1.4", "1.5",
	                                       "1.6"};

	for (size_t i = 0; text != NULL && i < ARRAY_LEN(versions); i++) {
		if (strcmp(text, versions[i]) == 0)
			return true;
	}
	return false;
}

bool
cyclonedx_read(const char *bytes, size_t len, struct json_out *out,
               struct arena *arena, struct faults *faults)
{
	struct components components;
	size_t at = 0;

	components_begin(&components, arena);
	while (at < len && memchr(" \t\r\n", bytes[at], 4) != NULL)
		at++;
	if (at < len && bytes[at] == '{') {
		if (!cyclonedx_read_json(bytes, len, &components, faults))
			return false;
	} else if (!cyclonedx_read_xml(bytes, len, &components, faults)) {
		return false;
	}
	components_write(&components, out);
	return true;
}
