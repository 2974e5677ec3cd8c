/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sandbox.h"

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "text.h"
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What has to end by the clock has a limit of its own: a busy machine takes its
 * time. */
static const struct sandbox usual = {
	.cpu_s = 1,
	.wall_ms = 30000,
	.memory_bytes = 256 << 20,
	.answer_bytes = 1 << 20,
};

static enum sandbox_result
run(void **state, sandbox_task *task, char **ret, size_t *ret_len)
{
	return sandbox_run(&usual, task, "given", *state, ret, ret_len);
}

/* --- tasks ---------------------------------------------------------------- */

static void
say(const void *context, struct buf *answer)
{
	buf_printf(answer, "%s", (const char *)context);
	buf_add(answer, "\0x", 2);
}

static void
say_nothing(const void *context, struct buf *answer)
{
	(void)context;
	(void)answer;
}

static void
say_most(const void *context, struct buf *answer)
{
	(void)context;
	while (answer->len < usual.answer_bytes)
		buf_addc(answer, 'x');
}

static void
say_more(const void *context, struct buf *answer)
{
	say_most(context, answer);
	buf_addc(answer, 'x');
}

/* What it can open, one letter each. */
static void
open_all(const void *context, struct buf *answer)
{
	int ends[2];

	(void)context;
	buf_addc(answer, open("/etc/hostname", O_RDONLY) < 0 && errno == EMFILE
	                         ? '-'
	                         : 'f');
	buf_addc(answer, socket(AF_INET, SOCK_STREAM, 0) < 0 ? '-' : 's');
	buf_addc(answer, pipe(ends) < 0 ? '-' : 'p');
	for (int fd = 4; fd < 256; fd++) {
		if (fcntl(fd, F_GETFD) >= 0)
			buf_addc(answer, 'o');
	}
	buf_addc(answer,
	         prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 ? '-' : 'r');
	buf_addc(answer, prctl(PR_GET_DUMPABLE) == 0 ? '-' : 'd');
}

static void
spin(const void *context, struct buf *answer)
{
	(void)context;
	for (;;)
		answer->cap |= 1;
}

static void
hang(const void *context, struct buf *answer)
{
	(void)context;
	(void)answer;
	for (;;)
		(void)pause();
}

/* As the worker of an installation, which is not root. */
static void
fork_one(const void *context, struct buf *answer)
{
	(void)context;
	if (getuid() == 0 && setuid(65534) != 0)
		return;
	pid_t child = fork();
	if (child == 0)
		_exit(0);
	buf_adds(answer, child < 0 && errno == EAGAIN ? "none" : "one");
}

/* As the kernel does when memory runs out. */
static void
get_killed(const void *context, struct buf *answer)
{
	(void)context;
	(void)answer;
	(void)raise(SIGKILL);
}

/* Answers, and stays. */
static void
close_and_hang(const void *context, struct buf *answer)
{
	(void)close(3);
	hang(context, answer);
}

static void
crash(const void *context, struct buf *answer)
{
	(void)context;
	(void)answer;
	(void)signal(SIGSEGV, SIG_DFL);
	(void)raise(SIGSEGV);
}

/* --- tests ---------------------------------------------------------------- */

static void
answers(void **state)
{
	char *answer;
	size_t len;

	assert_int_equal(run(state, say, &answer, &len), SANDBOX_DONE);
	assert_int_equal(len, 7);
	assert_memory_equal(answer, "given\0x", 8);
	assert_int_equal(run(state, say_nothing, &answer, &len), SANDBOX_DONE);
	assert_int_equal(len, 0);
	assert_string_equal(answer, "");
	assert_int_equal(run(state, say_most, &answer, &len), SANDBOX_DONE);
	assert_int_equal(len, usual.answer_bytes);
	assert_int_equal(run(state, say_more, &answer, &len),
	                 SANDBOX_TOO_LARGE);
}

static void
shut_in(void **state)
{
	char *answer;
	size_t len;

	assert_int_equal(run(state, open_all, &answer, &len), SANDBOX_DONE);
	assert_string_equal(answer, "-----");
	assert_int_equal(run(state, fork_one, &answer, &len), SANDBOX_DONE);
	assert_string_equal(answer, "none");
}

static size_t
descriptors(void)
{
	size_t count = 0;

	for (int fd = 0; fd < 1024; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

static void
leaves_nothing(void **state)
{
	static sandbox_task *const tasks[] = {say, say_more, crash, get_killed};
	size_t before = descriptors();
	char *answer;
	size_t len;

	for (size_t i = 0; i < 1000; i++) {
		enum sandbox_result result =
			run(state, tasks[i % ARRAY_LEN(tasks)], &answer, &len);

		assert_int_not_equal(result, SANDBOX_REFUSED);
		arena_reset(*state);
	}
	assert_int_equal(descriptors(), before);
	/* No child is left, nor what remains of one. */
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

static void
ended(void **state)
{
	struct sandbox quick = usual;
	char *answer;
	size_t len;

	assert_int_equal(run(state, spin, &answer, &len), SANDBOX_SLOW);
	assert_int_equal(run(state, crash, &answer, &len), SANDBOX_CRASHED);
	assert_int_equal(run(state, get_killed, &answer, &len), SANDBOX_MEMORY);
	quick.wall_ms = 100;
	assert_int_equal(sandbox_run(&quick, hang, NULL, *state, &answer, &len),
	                 SANDBOX_SLOW);
	assert_int_equal(sandbox_run(&quick, close_and_hang, NULL, *state,
	                             &answer, &len),
	                 SANDBOX_SLOW);
}

/* A sanitizer keeps its notes in more addresses than any limit has. */
#if !defined(__SANITIZE_ADDRESS__)
static void
take_memory(const void *context, struct buf *answer)
{
	(void)context;
	for (size_t i = 0; i < 64; i++) {
		*buf_reserve(answer, 16 << 20) = 'x';
		answer->len += 16 << 20;
	}
}

static void
memory(void **state)
{
	/* To take so much may take a busy machine longer than is usual. */
	struct sandbox patient = usual;
	char *answer;
	size_t len;

	patient.cpu_s = 30;
	assert_int_equal(
		sandbox_run(&patient, take_memory, NULL, *state, &answer, &len),
		SANDBOX_MEMORY);
}
#endif

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("what it says comes whole, up to a length", answers),
		CHECK("it opens nothing and has nothing open", shut_in),
		CHECK("a thousand leave no descriptor and no child",
		      leaves_nothing),
		CHECK("its time is bounded, and a crash is its own", ended),
#if !defined(__SANITIZE_ADDRESS__)
		CHECK("its memory is bounded", memory),
#endif
	};

	return unit_run(tests);
}
