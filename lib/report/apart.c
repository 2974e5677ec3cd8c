/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/sandbox.h"
#include "base/str.h"
#include "report/report.h"
#include "wire/limits.h"

#include <string.h>

struct task {
	const char *bytes;
	size_t len;
	enum report_format format;
};

/* The first letter of an answer. */
enum {
	ANSWER_FACTS = '+',
	ANSWER_FAULT = '-',
};

/* "line 2, column 5: is no …" */
static void
put_fault(struct buf *out, const struct faults *faults)
{
	const struct fault *f = &faults->items[0];

	if (f->line > 0)
		buf_printf(out, "line %u, column %u: ", f->line, f->column);
	else if (strcmp(f->pointer, "#") != 0)
		buf_printf(out, "%s: ", f->pointer);
	buf_adds(out, f->detail);
}

static void
read_report(const void *context, struct buf *answer)
{
	const struct task *task = context;
	struct faults faults = {.arena = answer->arena};
	const char *facts = report_read(task->bytes, task->len, task->format,
	                                answer->arena, &faults);

	buf_addc(answer, facts != NULL ? ANSWER_FACTS : ANSWER_FAULT);
	if (facts != NULL)
		buf_adds(answer, facts);
	else
		put_fault(answer, &faults);
}

static const char *
sentence(enum sandbox_result result, bool *ret_again)
{
	*ret_again = false;
	switch (result) {
	case SANDBOX_SLOW:
		return "it takes too long to read";
	case SANDBOX_MEMORY:
		return "it takes too much memory to read";
	case SANDBOX_TOO_LARGE:
		return "it says too much";
	case SANDBOX_REFUSED:
		*ret_again = true;
		return "there is no process to read it in";
	case SANDBOX_CRASHED:
	case SANDBOX_DONE:
		break;
	}
	return "it cannot be read: its reader came to an end";
}

bool
report_read_apart(const char *bytes, size_t len, enum report_format format,
                  struct arena *arena, const char **ret_facts,
                  const char **ret_fault, bool *ret_again)
{
	static const struct sandbox sandbox = {
		.cpu_s = LIMIT_REPORT_CPU_S,
		.wall_ms = LIMIT_REPORT_MS,
		.memory_bytes = LIMIT_REPORT_MEMORY,
		.answer_bytes = LIMIT_REPORT_FACTS + 1,
	};
	const struct task task = {bytes, len, format};
	size_t answer_len = 0;
	char *answer;
	enum sandbox_result result = sandbox_run(&sandbox, read_report, &task,
	                                         arena, &answer, &answer_len);

	*ret_fault = sentence(result, ret_again);
	/* What read it is not believed: an answer is looked at as well. */
	if (result != SANDBOX_DONE || !str_is_utf8(answer, answer_len) ||
	    (*answer != ANSWER_FACTS && *answer != ANSWER_FAULT))
		return false;
	if (*answer == ANSWER_FAULT) {
		*ret_fault = answer + 1;
		return false;
	}
	*ret_facts = answer + 1;
	return true;
}
