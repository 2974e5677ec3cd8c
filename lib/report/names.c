/* SPDX-License-Identifier: Apache-2.0 */
/* Apart from the readers, so that whoever takes reports needs no XML reader. */
#include "report/report.h"

#include <string.h>

static const struct {
	const char *name;
	const char *family;
} formats[REPORT_FORMAT_END] = {
	[REPORT_JUNIT] = {"junit", "junit"},
	[REPORT_COBERTURA] = {"cobertura", "coverage"},
	[REPORT_CYCLONEDX] = {"cyclonedx", "components"},
};

enum report_format
report_format_named(const char *name)
{
	enum report_format format = 0;

	while (format < REPORT_FORMAT_END &&
	       strcmp(formats[format].name, name) != 0)
		format++;
	return format;
}

const char *
report_format_name(enum report_format format)
{
	return formats[format].name;
}

const char *
report_family(enum report_format format)
{
	return formats[format].family;
}
