/* SPDX-License-Identifier: Apache-2.0 */
/* Pub/Sub pushes: the input is the body. */
#include "../handlers/ingest/ingest.h"
#include "fuzz.h"
#include "request.h"

void
fuzz_input(const uint8_t *bytes, size_t len)
{
	struct req req;

	request_init(&req, fuzz_arena());
	request_param(&req, "CONTENT_TYPE", "application/json");
	request_body(&req, bytes, len);
	request_check_answer(&req, receive_pubsub(&req));
}
