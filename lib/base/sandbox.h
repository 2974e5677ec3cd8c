/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct buf;

/*
 * Work on bytes from outside by code that may be wrong, done in a process of
 * its own. It has a copy of the caller's memory, its standard error, and one
 * pipe to answer by. What the kernel holds it to: it opens no file, socket or
 * pipe and grows no file, since it may have no further descriptor; it starts no
 * process, but where the caller is root, whom that limit does not hold; it has
 * the time of the processor and the memory that are given; it gains no rights
 * by starting a program; it leaves no core, is not traced, and ends with its
 * parent. After `wall_ms` it is killed. It is not kept from calls that need no
 * descriptor, such as kill(), nor from reading the memory that it was copied
 * from, so do not call this with secrets at hand that are worth more than what
 * the bytes may say.
 */
struct sandbox {
	int64_t cpu_s;
	int64_t wall_ms;
	size_t memory_bytes; /* of addresses; not held in sanitizer builds */
	size_t answer_bytes;
};

enum sandbox_result {
	SANDBOX_DONE,
	SANDBOX_SLOW,      /* time is over, of the processor or of the wall */
	SANDBOX_MEMORY,    /* it asked for more, or there was no more */
	SANDBOX_TOO_LARGE, /* its answer */
	SANDBOX_CRASHED,
	SANDBOX_REFUSED, /* there is no process or pipe to be had now */
};

/* Fills its answer. */
typedef void sandbox_task(const void *context, struct buf *answer);

/* The answer is NUL terminated and lives in the arena. */
MUST_USE enum sandbox_result sandbox_run(const struct sandbox *sandbox,
                                         sandbox_task *task,
                                         const void *context,
                                         struct arena *arena, char **ret,
                                         size_t *ret_len);
