/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE /* close_range, pipe2 */
#include "base/sandbox.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	ANSWER_FD = 3,
	PIECE_BYTES = 64 << 10,
	EXIT_MEMORY = 70, /* of arena_must() */
};

/* A sanitizer keeps its notes in terabytes of addresses. */
#if defined(__SANITIZE_ADDRESS__)
#define HOLDS_MEMORY 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HOLDS_MEMORY 0
#endif
#endif
#ifndef HOLDS_MEMORY
#define HOLDS_MEMORY 1
#endif

/* --- inside --------------------------------------------------------------- */

static bool
limit_softly(int what, rlim_t soft, rlim_t hard)
{
	const struct rlimit limit = {.rlim_cur = soft, .rlim_max = hard};

	return setrlimit((__rlimit_resource_t)what, &limit) == 0;
}

static bool
limit(int what, rlim_t most)
{
	return limit_softly(what, most, most);
}

/* The pipe becomes descriptor 3, and what is above it goes. */
static bool
confine(const struct sandbox *sandbox, int answer, pid_t parent)
{
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent)
		return false;
	if (dup2(answer, ANSWER_FD) < 0 || close_range(ANSWER_FD + 1, ~0U, 0))
		return false;
	/* Standard error may be a file: a message is lost then, no more. */
	(void)signal(SIGXFSZ, SIG_IGN);
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       prctl(PR_SET_DUMPABLE, 0) == 0 && limit(RLIMIT_CORE, 0) &&
	       limit(RLIMIT_NOFILE, 0) && limit(RLIMIT_FSIZE, 0) &&
	       limit(RLIMIT_NPROC, 0) &&
	       /* By a signal of its own: memory is ended by SIGKILL, too. */
	       signal(SIGXCPU, SIG_DFL) != SIG_ERR &&
	       limit_softly(RLIMIT_CPU, (rlim_t)sandbox->cpu_s,
	                    (rlim_t)sandbox->cpu_s + 1) &&
	       (!HOLDS_MEMORY || limit(RLIMIT_AS, sandbox->memory_bytes));
}

static bool
write_all(const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t wrote = write(ANSWER_FD, bytes, len);

		if (wrote < 0 && errno != EINTR)
			return false;
		if (wrote > 0) {
			bytes += wrote;
			len -= (size_t)wrote;
		}
	}
	return true;
}

static _Noreturn void
work(const struct sandbox *sandbox, sandbox_task *task, const void *context,
     int answer, pid_t parent)
{
	if (!confine(sandbox, answer, parent))
		_exit(EXIT_FAILURE);

	struct buf out = {.arena = arena_new()};
	task(context, &out);
	_exit(write_all(out.data, out.len) ? EXIT_SUCCESS : EXIT_FAILURE);
}

/* --- outside -------------------------------------------------------------- */

/* Reads to the end. True when that came in time and within the length. */
static bool
take(const struct sandbox *sandbox, int from, int64_t end_us,
     struct buf *answer, enum sandbox_result *why_not)
{
	for (;;) {
		struct pollfd wait = {.fd = from, .events = POLLIN};
		int64_t left_us = end_us - clock_monotonic_us();

		*why_not = SANDBOX_SLOW;
		if (left_us <= 0)
			return false;
		if (poll(&wait, 1, (int)(left_us / 1000 + 1)) <= 0)
			continue;
		ssize_t got = read(from, buf_reserve(answer, PIECE_BYTES),
		                   PIECE_BYTES);
		if (got == 0)
			return true;
		if (got > 0)
			answer->len += (size_t)got;
		*why_not = SANDBOX_TOO_LARGE;
		if (answer->len > sandbox->answer_bytes)
			return false;
	}
}

static enum sandbox_result
result_of(int status)
{
	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS)
		return SANDBOX_DONE;
	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_MEMORY)
		return SANDBOX_MEMORY;
	/* As the kernel does when memory runs out for all. */
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
		return SANDBOX_MEMORY;
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU
	               ? SANDBOX_SLOW
	               : SANDBOX_CRASHED;
}

/* One that has said everything and stays all the same is killed in the end. */
static enum sandbox_result
wait_for(pid_t child, int64_t end_us)
{
	const struct timespec pause = {.tv_nsec = 1000 * 1000};
	bool late = false;
	int status;
	pid_t ended;

	while ((ended = waitpid(child, &status, WNOHANG)) != child) {
		if (ended < 0 && errno != EINTR)
			return SANDBOX_CRASHED;
		if (!late && clock_monotonic_us() >= end_us)
			late = kill(child, SIGKILL) == 0;
		(void)nanosleep(&pause, NULL);
	}
	return late ? SANDBOX_SLOW : result_of(status);
}

enum sandbox_result
sandbox_run(const struct sandbox *sandbox, sandbox_task *task,
            const void *context, struct arena *arena, char **ret,
            size_t *ret_len)
{
	struct buf answer = {.arena = arena};
	enum sandbox_result why_not;
	pid_t parent = getpid();
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return SANDBOX_REFUSED;
	pid_t child = fork();
	if (child == 0)
		work(sandbox, task, context, ends[1], parent);
	(void)close(ends[1]);
	if (child < 0) {
		(void)close(ends[0]);
		return SANDBOX_REFUSED;
	}

	int64_t end_us = clock_monotonic_us() + sandbox->wall_ms * 1000;
	bool whole = take(sandbox, ends[0], end_us, &answer, &why_not);
	if (!whole)
		(void)kill(child, SIGKILL);
	(void)close(ends[0]);
	enum sandbox_result result = wait_for(child, end_us);
	if (!whole)
		return why_not;
	if (result == SANDBOX_DONE) {
		buf_add(&answer, "", 0);
		*ret = answer.data;
		*ret_len = answer.len;
	}
	return result;
}
