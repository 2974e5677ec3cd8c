/* SPDX-License-Identifier: Apache-2.0 */
/* The settings file: all settings have a value, or the fault can be shown. */
#define _GNU_SOURCE /* memfd_create */
#include "base/settings.h"
#include "base/arena.h"
#include "base/fault.h"
#include "fuzz.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* A file in memory that holds the bytes. */
static const char *
file_of(const uint8_t *bytes, size_t len)
{
	static char path[32];
	static int fd = -1;

	if (fd < 0) {
		fd = memfd_create("settings", MFD_CLOEXEC);
		(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	}
	HOLDS(ftruncate(fd, 0) == 0);
	HOLDS(pwrite(fd, bytes, len, 0) == (ssize_t)len);
	return path;
}

static unsigned
lines_of(const uint8_t *bytes, size_t len)
{
	unsigned lines = 0;

	for (size_t i = 0; i < len; i++)
		lines += bytes[i] == '\n' || i + 1 == len;
	return lines;
}

static void
check(const struct settings *s)
{
	HOLDS(s->database != NULL && s->run_dir != NULL);
	HOLDS(s->metrics_dir != NULL && s->public_origin != NULL);
	HOLDS(s->nginx_internal != NULL && s->log_level != NULL);
	HOLDS(s->recycle_requests >= 0 && s->recycle_bytes >= 0);
	HOLDS(s->statement_timeout_ms >= 0 && s->publish_timeout_ms >= 0);
	HOLDS(s->connect_timeout_ms >= 0 && s->gate_cache_ms >= 0);
	HOLDS(s->session_idle_s >= 0 && s->session_max_s >= 0);
	HOLDS(s->event_poll_ms >= 0 && s->event_keep_s >= 0);
	HOLDS(s->login_tries >= 0);
	HOLDS(s->spec_bytes >= 0 && s->set_bytes >= 0);
}

void
fuzz_input(const uint8_t *bytes, size_t len)
{
	struct fault fault = {0};
	struct settings settings;

	if (settings_load(&settings, file_of(bytes, len), fuzz_arena(),
	                  &fault) == 0) {
		check(&settings);
		return;
	}
	HOLDS(fault.line >= 1 && fault.line <= lines_of(bytes, len));
	fuzz_check_line(fault.code);
	fuzz_check_text(fault.detail);
	HOLDS(*fault.detail != '\0');
}
