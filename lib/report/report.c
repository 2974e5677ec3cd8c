/* SPDX-License-Identifier: Apache-2.0 */
#include "report/report.h"

#include "base/buf.h"
#include "base/fault.h"
#include "report/format.h"
#include "wire/json_out.h"
#include "wire/limits.h"

#include <string.h>

static const struct {
	const char *name;
	const char *family;
	bool (*read)(const char *bytes, size_t len, struct json_out *out,
	             struct arena *arena, struct faults *faults);
} formats[REPORT_FORMAT_END] = {
	[REPORT_JUNIT] = {"junit", "junit", junit_read},
	[REPORT_COBERTURA] = {"cobertura", "coverage", cobertura_read},
	[REPORT_CYCLONEDX] = {"cyclonedx", "components", cyclonedx_read},
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

const char *
report_read(const char *bytes, size_t len, enum report_format format,
            struct arena *arena, struct faults *faults)
{
	struct buf facts = {.arena = arena};
	struct json_out out = {.buf = &facts};

	json_open(&out, '{');
	if (!formats[format].read(bytes, len, &out, arena, faults))
		return NULL;
	json_close(&out, '}');
	if (facts.len > LIMIT_REPORT_FACTS) {
		faults_add(faults, NULL, 0, 0, "too-large",
		           "what the report says is more than %d bytes",
		           LIMIT_REPORT_FACTS);
		return NULL;
	}
	return buf_text(&facts);
}
