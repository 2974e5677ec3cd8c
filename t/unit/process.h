/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* For tests of what a process does to itself and to its files. */

struct arena;

/* How a child that runs `run(given)` ends: its exit status, or minus the signal
 * that killed it. What it says on stderr is dropped. */
int process_end_of(void (*run)(void *given), void *given);

/* A new empty folder, which is removed with the files in it when the arena is
 * reset. */
const char *process_folder(struct arena *arena);

/* Writes a file and answers its path. */
const char *process_file(struct arena *arena, const char *folder,
                         const char *name, const char *text);

/* What `run(given)` writes on stderr. */
const char *process_stderr(struct arena *arena, void (*run)(void *given),
                           void *given);
