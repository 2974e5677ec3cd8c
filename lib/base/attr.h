/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/*
 * The three compiler extensions we allow ourselves besides C17: a result that
 * must be looked at, printf checking, and clean-up at the end of a scope.
 */

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define AUTO(free_fn) __attribute__((cleanup(free_fn)))

#define ARRAY_LEN(array) (sizeof(array) / sizeof((array)[0]))
