/* SPDX-License-Identifier: Apache-2.0 */
#include "base/fault.h"

#include "base/arena.h"
#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>

int
fault_set(struct fault *fault, const char *code, const char *fmt, ...)
{
	va_list args;

	*fault = (struct fault){.code = code};
	va_start(args, fmt);
	(void)vsnprintf(fault->text, sizeof(fault->text), fmt, args);
	va_end(args);
	str_drop_partial(fault->text);
	fault->detail = fault->text;
	return -1;
}

void
faults_add(struct faults *faults, const char *pointer, unsigned line,
           unsigned column, const char *code, const char *fmt, ...)
{
	va_list args;

	faults->total++;
	if (faults->count == FAULTS_MAX)
		return;
	if (faults->items == NULL)
		faults->items = arena_array(faults->arena, FAULTS_MAX,
		                            sizeof(*faults->items));

	struct fault *fault = &faults->items[faults->count++];
	fault->pointer =
		arena_strdup(faults->arena, pointer == NULL ? "#" : pointer);
	fault->line = line;
	fault->column = column;
	fault->code = code;
	va_start(args, fmt);
	fault->detail = arena_vprintf(faults->arena, fmt, args);
	va_end(args);
}

void
faults_unless_line(struct faults *faults, const char *pointer, const char *code,
                   const char *text)
{
	if (text != NULL && !str_is_line(text))
		faults_add(faults, pointer, 0, 0, code,
		           "must be one line without control characters or "
		           "signs that turn the text around");
}
