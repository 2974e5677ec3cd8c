/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "command.h"
#include "publish_options.h"
#include "upload.h"

#include <stdbool.h>

#include <jansson.h>

/*
 * What every command that publishes has in common, whatever it sends: the
 * server, the token, and what an answer means.
 */

/* Their options, of the struct publish that is a member of `type`. */
#define OPTS_SERVER(type, publish)                                        \
	OPT_TEXT(type, publish.url, "url", "URL",                         \
	         "address of mdash [MDASH_URL]"),                         \
		OPT_INT(type, publish.tries, "tries", "N",                \
	                "how often to try while the server is away [5]"), \
		OPT_FLAG(type, publish.no_ci, "no-ci",                    \
	                 "take nothing from the CI system's variables"),  \
		OPT_FLAG(type, publish.json, "json",                      \
	                 "print the server's answer")

/* The server as options and environment say; what was not given comes from the
 * CI system. False: it has said what is wrong. */
MUST_USE bool send_open(struct cli *cli, struct publish *options,
                        struct upload *ret);

/*
 * What the server said, for as long as the arena lives; with --json it has been
 * printed. NULL unless the status is `good`: it has said why, and `ret` is the
 * exit status.
 */
const json_t *send_answer(struct cli *cli, const struct publish *options,
                          const struct net_answer *answer, int good,
                          enum exit_status *ret);
