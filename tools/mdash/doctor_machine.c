/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "base/attr.h"
#include "base/str.h"
#include "command.h"
#include "doctor.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

enum {
	FREE_WARN_MB = 1024,
	FREE_FAIL_MB = 100,
	SILENT_S = 30, /* the worker writes every 5 s */
};

static void
check_space(struct doctor *d, const char *what, const char *folder)
{
	struct statvfs fs;

	if (statvfs(folder, &fs) != 0) {
		doctor_tell(d, VERDICT_FAIL, what,
		            "make the folder, owned by the user of the "
		            "programs",
		            "%s: %s", folder, strerror(errno));
		return;
	}
	uint64_t free_mb = fs.f_bavail * fs.f_frsize >> 20;
	enum verdict verdict = free_mb < FREE_FAIL_MB   ? VERDICT_FAIL
	                       : free_mb < FREE_WARN_MB ? VERDICT_WARN
	                                                : VERDICT_OK;

	/* A small file system in memory is not meant to hold more. */
	if (fs.f_blocks * fs.f_frsize >> 20 < FREE_WARN_MB &&
	    verdict == VERDICT_WARN)
		verdict = VERDICT_OK;
	doctor_tell(d, verdict, what,
	            verdict == VERDICT_OK ? NULL : "make room on this disk",
	            "%" PRIu64 " MB free at %s", free_mb, folder);
}

static void
check_metrics(struct doctor *d)
{
	const char *folder = d->cli->settings.metrics_dir;

	if (access(folder, W_OK | X_OK) == 0)
		doctor_tell(d, VERDICT_OK, "metrics", NULL, "%s", folder);
	else
		doctor_tell(d, VERDICT_WARN, "metrics",
		            "let the user of the programs write there; nothing "
		            "is counted until then",
		            "%s: %s", folder, strerror(errno));
}

static void
check_worker(struct doctor *d)
{
	const char *path = arena_printf(d->cli->arena, "%s/worker.prom",
	                                d->cli->settings.metrics_dir);
	struct stat st;

	if (stat(path, &st) != 0) {
		doctor_tell(d, VERDICT_WARN, "worker",
		            "start mdash-worker; without it open pages are not "
		            "updated",
		            "%s: %s", path, strerror(errno));
		return;
	}
	int64_t age_s = time(NULL) - st.st_mtime;
	bool silent = age_s > SILENT_S;
	doctor_tell(d, silent ? VERDICT_FAIL : VERDICT_OK, "worker",
	            silent ? "start mdash-worker, or see its log" : NULL,
	            "last heard of %" PRId64 " s ago", age_s);
}

/* What browsers trust without TLS: localhost (RFC 6761, 6.3) and loopback. */
static bool
is_loopback(const char *host)
{
	return strcmp(host, "localhost") == 0 ||
	       str_starts(host, "localhost:") || str_starts(host, "[::1]") ||
	       (str_starts(host, "127.") &&
	        host[strspn(host, "0123456789.:")] == '\0');
}

static void
check_address(struct doctor *d)
{
	const char *origin = d->cli->settings.public_origin;
	static const char plain[] = "http://";

	if (str_starts(origin, "https://"))
		doctor_tell(d, VERDICT_OK, "address", NULL, "%s", origin);
	else if (str_starts(origin, plain) &&
	         is_loopback(origin + strlen(plain)))
		doctor_tell(d, VERDICT_OK, "address", NULL,
		            "%s, which only this machine reaches", origin);
	else
		doctor_tell(d, VERDICT_FAIL, "address",
		            "serve https: browsers keep the session cookie "
		            "only there or on loopback",
		            "nobody can sign in at %s", origin);
}

void
doctor_machine(struct doctor *d)
{
	check_worker(d);
	check_metrics(d);
	check_space(d, "disk", d->cli->settings.run_dir);
	check_address(d);
}
