/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

struct arena;
struct faults;
struct tree;

/*
 * Checks a document against the rules of a spec. Warnings are for what is
 * taken, but looks like a mistake. Known members that are null are taken out:
 * they say the same as none. `pointer` is that of the root.
 */
void spec_check(struct tree *tree, const char *pointer, struct arena *arena,
                struct faults *faults, struct faults *warnings);
