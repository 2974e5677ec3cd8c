/* SPDX-License-Identifier: Apache-2.0 */
#include "db/params.h"

#include "base/arena.h"
#include "base/buf.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

void
params_fill(struct params *params, const struct arg *args)
{
	int n = 0;

	for (; args != NULL && args->type != ARG_TYPE_END; args++, n++) {
		if (n == DB_ARGS_MAX)
			abort();
		params->lengths[n] = 0;
		params->formats[n] = 0;
		switch (args->type) {
		case ARG_TYPE_TEXT:
			params->values[n] = args->text;
			break;
		case ARG_TYPE_INT:
			(void)snprintf(params->numbers[n],
			               sizeof(params->numbers[n]), "%" PRId64,
			               args->integer);
			params->values[n] = params->numbers[n];
			break;
		case ARG_TYPE_BOOL:
			params->values[n] = args->integer ? "t" : "f";
			break;
		case ARG_TYPE_BYTES:
			params->values[n] = args->bytes;
			params->lengths[n] = (int)args->len;
			params->formats[n] = 1;
			break;
		case ARG_TYPE_END:
			break;
		}
	}
	params->count = n;
}

const char *
db_text_array(struct arena *arena, const char *const *texts, size_t count)
{
	struct buf out = {.arena = arena};

	buf_addc(&out, '{');
	for (size_t i = 0; i < count; i++) {
		buf_adds(&out, i > 0 ? ",\"" : "\"");
		for (const char *p = texts[i]; *p != '\0'; p++) {
			if (*p == '"' || *p == '\\')
				buf_addc(&out, '\\');
			buf_addc(&out, *p);
		}
		buf_addc(&out, '"');
	}
	buf_addc(&out, '}');
	return buf_text(&out);
}
