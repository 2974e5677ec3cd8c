/* SPDX-License-Identifier: Apache-2.0 */
#include "http/metrics.h"

#include "base/attr.h"
#include "base/buf.h"
#include "http/route.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
	ROUTES_MAX = 64,
	CLASSES = 5, /* 1xx … 5xx */
	BUCKETS = 8,
	/* Changes with the layout below, so that an old file is not misread. */
	LAYOUT = 1,
};

static const int64_t bucket_us[BUCKETS] = {
	1000, 2500, 5000, 10000, 50000, 250000, 1000000, 5000000,
};

struct counters {
	char method[8];
	char pattern[72];
	uint64_t answers[CLASSES];
	uint64_t buckets[BUCKETS];
	uint64_t took_us;
};

struct page {
	uint32_t layout;
	uint32_t routes;
	uint64_t connections;
	struct counters counters[ROUTES_MAX];
};

struct metrics {
	struct page *page;
	const struct route *routes;
};

static struct metrics the_one;

static struct page *
map(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0660);
	int protection = flags == O_RDONLY ? PROT_READ : PROT_READ | PROT_WRITE;

	if (fd < 0)
		return NULL;
	if (flags != O_RDONLY && ftruncate(fd, sizeof(struct page)) != 0) {
		(void)close(fd);
		return NULL;
	}
	off_t size = lseek(fd, 0, SEEK_END);
	void *at = MAP_FAILED;
	if (size == (off_t)sizeof(struct page))
		at = mmap(NULL, sizeof(struct page), protection, MAP_SHARED, fd,
		          0);
	(void)close(fd);
	return at == MAP_FAILED ? NULL : at;
}

/* What another build counted for another route here is not kept. */
static void
name(struct counters *counters, const char *method, const char *pattern)
{
	struct counters fresh = {0};

	(void)snprintf(fresh.method, sizeof(fresh.method), "%s", method);
	(void)snprintf(fresh.pattern, sizeof(fresh.pattern), "%s", pattern);
	if (memcmp(counters->method, fresh.method, sizeof(fresh.method)) != 0 ||
	    memcmp(counters->pattern, fresh.pattern, sizeof(fresh.pattern)) !=
	            0)
		*counters = fresh;
}

struct metrics *
metrics_open(const char *folder, const char *program,
             const struct route *routes)
{
	char path[512];
	uint32_t n = 0;

	(void)snprintf(path, sizeof(path), "%s/%s.metrics", folder, program);
	the_one.page = map(path, O_RDWR | O_CREAT);
	if (the_one.page == NULL)
		return NULL;
	the_one.routes = routes;
	if (the_one.page->layout != LAYOUT)
		memset(the_one.page, 0, sizeof(*the_one.page));
	/* All processes of a program write the same names. */
	for (const struct route *r = routes;
	     r->pattern != NULL && n < ROUTES_MAX - 1; r++, n++)
		name(&the_one.page->counters[n], method_name(r->method),
		     r->pattern);
	name(&the_one.page->counters[n++], "none", "none");
	the_one.page->routes = n;
	the_one.page->layout = LAYOUT;
	return &the_one;
}

static void
add(uint64_t *counter, uint64_t value)
{
	(void)__atomic_fetch_add(counter, value, __ATOMIC_RELAXED);
}

void
metrics_count(struct metrics *metrics, const struct route *route, int status,
              int64_t took_us)
{
	if (metrics == NULL)
		return;

	size_t last = metrics->page->routes - 1;
	size_t n = route == NULL ? last : (size_t)(route - metrics->routes);
	struct counters *c = &metrics->page->counters[n < last ? n : last];
	int class = status / 100 - 1;

	if (class < 0 || class >= CLASSES)
		class = CLASSES - 1;
	add(&c->answers[class], 1);
	add(&c->took_us, (uint64_t)took_us);
	for (size_t i = 0; i < BUCKETS; i++) {
		if (took_us <= bucket_us[i]) {
			add(&c->buckets[i], 1);
			break;
		}
	}
}

void
metrics_connection(struct metrics *metrics)
{
	if (metrics != NULL)
		add(&metrics->page->connections, 1);
}

/* --- printing ------------------------------------------------------------- */

static uint64_t
answers(const struct counters *c)
{
	uint64_t sum = 0;

	for (int i = 0; i < CLASSES; i++)
		sum += c->answers[i];
	return sum;
}

static void
print_requests(struct buf *out, const char *program, const struct page *page)
{
	for (uint32_t n = 0; n < page->routes; n++) {
		const struct counters *c = &page->counters[n];

		for (int i = 0; i < CLASSES; i++) {
			if (c->answers[i] == 0)
				continue;
			buf_printf(out,
			           "mdash_requests_total{program=\"%s\","
			           "method=\"%s\",route=\"%s\",status="
			           "\"%dxx\"} %" PRIu64 "\n",
			           program, c->method, c->pattern, i + 1,
			           c->answers[i]);
		}
	}
}

static void
print_route_seconds(struct buf *out, const char *program,
                    const struct counters *c)
{
	uint64_t total = answers(c);
	uint64_t sum = 0;

	if (total == 0)
		return;
	for (int i = 0; i <= BUCKETS; i++) {
		char edge[24] = "+Inf";

		sum = i == BUCKETS ? total : sum + c->buckets[i];
		if (i < BUCKETS)
			(void)snprintf(edge, sizeof(edge), "%g",
			               (double)bucket_us[i] / 1e6);
		buf_printf(out,
		           "mdash_request_seconds_bucket{program=\"%s\",method="
		           "\"%s\",route=\"%s\",le=\"%s\"} %" PRIu64 "\n",
		           program, c->method, c->pattern, edge, sum);
	}
	buf_printf(out,
	           "mdash_request_seconds_sum{program=\"%s\",method=\"%s\","
	           "route=\"%s\"} %.6f\n"
	           "mdash_request_seconds_count{program=\"%s\",method=\"%s\","
	           "route=\"%s\"} %" PRIu64 "\n",
	           program, c->method, c->pattern, (double)c->took_us / 1e6,
	           program, c->method, c->pattern, total);
}

static void
print_seconds(struct buf *out, const char *program, const struct page *page)
{
	for (uint32_t n = 0; n < page->routes; n++)
		print_route_seconds(out, program, &page->counters[n]);
}

static void
print_connections(struct buf *out, const char *program, const struct page *page)
{
	buf_printf(out,
	           "mdash_db_connections_total{program=\"%s\"} %" PRIu64 "\n",
	           program, page->connections);
}

/* The format wants all samples of a metric together, after its two lines. */
static const struct family {
	const char *head;
	void (*print)(struct buf *out, const char *program,
	              const struct page *page);
} families[] = {
	{"# HELP mdash_requests_total Requests answered.\n"
         "# TYPE mdash_requests_total counter\n",
         print_requests},
	{"# HELP mdash_request_seconds Time from the request to its answer.\n"
         "# TYPE mdash_request_seconds histogram\n",
         print_seconds},
	{"# HELP mdash_db_connections_total Database connections opened.\n"
         "# TYPE mdash_db_connections_total counter\n",
         print_connections},
};

static void
print_program(struct buf *out, const char *path, const char *file,
              const struct family *family)
{
	char program[64];
	int len = (int)strcspn(file, ".");
	struct page *page = map(path, O_RDONLY);

	if (page == NULL)
		return;
	(void)snprintf(program, sizeof(program), "%.*s", len, file);
	if (page->layout == LAYOUT && page->routes <= ROUTES_MAX)
		family->print(out, program, page);
	(void)munmap(page, sizeof(*page));
}

/* What a program without routes has written itself; ends in a line end. */
static void
print_text(struct buf *out, const char *path)
{
	char bytes[4096];
	size_t len;
	FILE *in = fopen(path, "re");

	if (in == NULL)
		return;
	while ((len = fread(bytes, 1, sizeof(bytes), in)) > 0)
		buf_add(out, bytes, len);
	(void)fclose(in);
}

/* One family of all programs, or with NULL the texts. */
static void
print_folder(struct buf *out, const char *folder, const struct family *family)
{
	const char *suffix = family == NULL ? ".prom" : ".metrics";
	DIR *dir = opendir(folder);
	struct dirent *entry;
	char path[512];

	if (dir == NULL)
		return;
	while ((entry = readdir(dir)) != NULL) {
		const char *dot = strrchr(entry->d_name, '.');

		if (dot == NULL || strcmp(dot, suffix) != 0)
			continue;
		(void)snprintf(path, sizeof(path), "%s/%s", folder,
		               entry->d_name);
		if (family == NULL)
			print_text(out, path);
		else
			print_program(out, path, entry->d_name, family);
	}
	(void)closedir(dir);
}

void
metrics_print(const char *folder, struct buf *out)
{
	for (size_t i = 0; i < ARRAY_LEN(families); i++) {
		buf_adds(out, families[i].head);
		print_folder(out, folder, &families[i]);
	}
	print_folder(out, folder, NULL);
}
