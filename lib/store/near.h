/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>

/*
 * Does `word` look like a slip of the pen for `known`? At most two letters
 * differ (one for short names), whatever their case and without '-' and '_'.
 * Both are ASCII names; a longer one than any of ours is never near.
 */
bool near_word(const char *word, const char *known);
