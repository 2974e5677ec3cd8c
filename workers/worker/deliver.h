/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

struct worker;

/*
 * Deliveries of webhooks: makes them of the event log, sends what is due, many
 * at once, and writes down how it went. Nothing here waits for a receiver but
 * deliver_wait().
 */
struct deliver;

/* NULL when a setting is no good, which has been logged then. `signals` are
 * those that end deliver_wait(); they are blocked. */
struct deliver *deliver_new(struct worker *worker, const sigset_t *signals);

/* Ends what is under way within some seconds, and gives back the rest. */
void deliver_end(struct deliver **deliver);

/* One round; true when there may be more to do at once. */
MUST_USE bool deliver_step(struct deliver *deliver);

/* Until something moves, a signal comes, or the time is over. */
void deliver_wait(struct deliver *deliver, int64_t ms);
