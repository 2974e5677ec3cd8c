/* SPDX-License-Identifier: Apache-2.0 */
#include "base/spool.h"

#include "unit.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

/* How many files this process has open. */
static size_t
open_files(void)
{
	DIR *folder = opendir("/proc/self/fd");
	size_t count = 0;

	assert_non_null(folder);
	while (readdir(folder) != NULL)
		count++;
	(void)closedir(folder);
	return count;
}

/* Entries of a folder besides itself and the one above. */
static size_t
entries(const char *path)
{
	DIR *folder = opendir(path);
	size_t count = 0;

	assert_non_null(folder);
	while (readdir(folder) != NULL)
		count++;
	(void)closedir(folder);
	return count - 2;
}

static void
empty(void **state)
{
	struct spool *spool = spool_new(*state, "/tmp");

	assert_non_null(spool);
	assert_int_equal(spool_len(spool), 0);
	assert_non_null(spool_map(spool));
	spool_forget(spool);
	assert_true(spool_add(spool, "", 0));
	assert_int_equal(spool_len(spool), 0);
}

/* Pieces that begin and end within pages. */
static void
pieces(void **state)
{
	enum { PIECE = 5000, COUNT = 300 };
	struct spool *spool = spool_new(*state, "/tmp");
	char piece[PIECE];

	for (size_t i = 0; i < COUNT; i++) {
		memset(piece, (int)(i % 251), sizeof(piece));
		assert_true(spool_add(spool, piece, sizeof(piece)));
	}
	assert_int_equal(spool_len(spool), (size_t)PIECE * COUNT);
	const unsigned char *bytes = spool_map(spool);
	assert_non_null(bytes);
	for (size_t i = 0; i < (size_t)PIECE * COUNT; i++)
		assert_int_equal(bytes[i], i / PIECE % 251);
}

static void
forgotten(void **state)
{
	struct spool *spool = spool_new(*state, "/tmp");

	assert_true(spool_add(spool, "kept", 4));
	const unsigned char *bytes = spool_map(spool);
	assert_memory_equal(bytes, "kept", 4);
	spool_forget(spool);
	assert_memory_equal(bytes, "kept", 4);
}

static void
no_name(void **state)
{
	char folder[] = "/tmp/mdash-unit-XXXXXX";

	assert_non_null(mkdtemp(folder));
	struct spool *spool = spool_new(*state, folder);
	assert_non_null(spool);
	assert_int_equal(entries(folder), 0);
	assert_true(spool_add(spool, "x", 1));
	assert_int_equal(rmdir(folder), 0);
	assert_memory_equal(spool_map(spool), "x", 1);
}

static void
gone(void **state)
{
	size_t before = open_files();

	(void)state;
	for (int i = 0; i < 100; i++) {
		struct arena *arena = arena_new();
		struct spool *spool = spool_new(arena, "/tmp");

		assert_true(spool_add(spool, "x", 1));
		assert_non_null(spool_map(spool));
		arena_free(&arena);
	}
	assert_int_equal(open_files(), before);
}

static void
no_folder(void **state)
{
	size_t before = open_files();

	errno = 0;
	assert_null(spool_new(*state, "/tmp/there/is/no/such/folder"));
	assert_int_equal(errno, ENOENT);
	assert_int_equal(open_files(), before);
}

/* A file may not grow for ever; that is no reason to end. */
static void
full(void **state)
{
	struct spool *spool = spool_new(*state, "/tmp");
	struct rlimit before;
	char page[4096] = {0};

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	const struct rlimit small = {.rlim_cur = 10000,
	                             .rlim_max = before.rlim_max};
	void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	bool first = spool_add(spool, page, sizeof(page));
	bool second = spool_add(spool, page, sizeof(page));
	errno = 0;
	bool third = spool_add(spool, page, sizeof(page));
	int reason = errno;
	(void)setrlimit(RLIMIT_FSIZE, &before);
	(void)signal(SIGXFSZ, handler);

	assert_true(first && second);
	assert_false(third);
	assert_int_equal(reason, EFBIG);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("an empty one can be mapped, too", empty),
		CHECK("pieces follow each other", pieces),
		CHECK("pages that were let go of come back", forgotten),
		CHECK("its file has no name", no_name),
		CHECK("file and mapping go with the arena", gone),
		CHECK("a folder that is not there is an error", no_folder),
		CHECK("so is a disk without room", full),
	};

	return unit_run(tests);
}
