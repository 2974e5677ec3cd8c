/* SPDX-License-Identifier: Apache-2.0 */
/* CloudEvents in both modes: the input is headers, an empty line, the body. */
#include "../handlers/ingest/ingest.h"
#include "fuzz.h"
#include "request.h"

void
fuzz_input(const uint8_t *bytes, size_t len)
{
	struct req req;

	request_init(&req, fuzz_arena());
	request_read(&req, bytes, len);
	request_check_answer(&req, receive_cloudevent(&req));
}
