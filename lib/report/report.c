/* SPDX-License-Identifier: Apache-2.0 */
#include "report/report.h"

#include "base/buf.h"
#include "base/fault.h"
#include "report/format.h"
#include "wire/json_out.h"
#include "wire/limits.h"

static bool (*const readers[REPORT_FORMAT_END])(const char *bytes, size_t len,
                                                struct json_out *out,
                                                struct arena *arena,
                                                struct faults *faults) = {
	[REPORT_JUNIT] = junit_read,
	[REPORT_COBERTURA] = cobertura_read,
	[REPORT_CYCLONEDX] = cyclonedx_read,
};

const char *
report_read(const char *bytes, size_t len, enum report_format format,
            struct arena *arena, struct faults *faults)
{
	struct buf facts = {.arena = arena};
	struct json_out out = {.buf = &facts};

	json_open(&out, '{');
	if (!readers[format](bytes, len, &out, arena, faults))
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
