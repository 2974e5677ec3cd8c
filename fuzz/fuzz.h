/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct arena;
struct faults;

/*
 * What the targets share. A target is a fuzz_input(), which reads bytes as the
 * product would and then says what must hold of the outcome, whatever the bytes
 * were. It keeps no state from one input to the next, and no input may take
 * longer than FUZZ_CPU_MS.
 */

enum {
	FUZZ_CPU_MS = 100,
};

void fuzz_input(const uint8_t *bytes, size_t len);

/* What libFuzzer and replay.c call. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* When it does not hold, the program ends and the input is a finding. */
#define HOLDS(condition) \
	((condition) ? (void)0 : fuzz_broken(#condition, __FILE__, __LINE__))

_Noreturn void fuzz_broken(const char *condition, const char *file, int line);

/* The arena of one input: empty again at each call. */
struct arena *fuzz_arena(void);

/* The bytes as text, up to the first NUL. */
char *fuzz_text(struct arena *arena, const uint8_t *bytes, size_t len);

/* Texts that go to the database or into JSON. */
void fuzz_check_text(const char *text);

/* One line without control characters besides. */
void fuzz_check_line(const char *text);

/*
 * Faults can be shown: texts and pointers are whole, and places are in the text
 * of `len` bytes that they are about. NULL: do not look at the places.
 */
void fuzz_check_faults(const struct faults *faults, const void *bytes,
                       size_t len);
