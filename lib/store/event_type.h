/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>

struct arena;

/*
 * The types of events that there are: Event.type of doc/openapi.yaml. The
 * functions that write events name them in SQL.
 */

/* Does a pattern, '*' for any run of characters, stand for one of them? */
bool event_type_any(const char *glob);

/* The types of the family that a pattern begins with ("todo." of "todo.dnoe"),
 * or else all families: "todo.opened, todo.reopened" or "api.*, campaign.*". In
 * the arena. */
const char *event_type_hint(const char *glob, struct arena *arena);
