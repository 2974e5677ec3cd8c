/* SPDX-License-Identifier: Apache-2.0 */
/* Times: one that is taken can be written, and is then the same. */
#include "base/clock.h"
#include "base/arena.h"
#include "fuzz.h"

#include <string.h>

void
fuzz_input(const uint8_t *bytes, size_t len)
{
	const char *text = fuzz_text(fuzz_arena(), bytes, len);
	char written[CLOCK_TEXT];
	int64_t us;
	int64_t again;

	if (!clock_parse(text, &us))
		return;
	clock_format(us, written);
	HOLDS(strlen(written) == strlen("2026-11-24T09:30:00.000Z"));
	HOLDS(clock_parse(written, &again));
	HOLDS(again <= us && us - again < 1000);
}
