/* SPDX-License-Identifier: Apache-2.0 */
#include "base/spool.h"

#include "base/arena.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

struct spool {
	int fd;
	size_t len;
	void *map; /* NULL: not mapped */
};

static void
release(void *handle)
{
	struct spool *spool = handle;

	if (spool->map != NULL)
		(void)munmap(spool->map, spool->len);
	(void)close(spool->fd);
}

struct spool *
spool_new(struct arena *arena, const char *folder)
{
	char *path = arena_printf(arena, "%s/mdash-XXXXXX", folder);
	struct spool *spool = arena_alloc(arena, sizeof(*spool));

	spool->fd = mkstemp(path);
	if (spool->fd < 0)
		return NULL;
	(void)unlink(path);
	arena_defer(arena, release, spool);
	return spool;
}

bool
spool_add(struct spool *spool, const void *bytes, size_t len)
{
	const char *at = bytes;

	while (len > 0) {
		ssize_t done = write(spool->fd, at, len);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return false;
		at += done;
		len -= (size_t)done;
		spool->len += (size_t)done;
	}
	return true;
}

size_t
spool_len(const struct spool *spool)
{
	return spool->len;
}

const unsigned char *
spool_map(struct spool *spool)
{
	if (spool->len == 0)
		return (const unsigned char *)"";
	void *map =
		mmap(NULL, spool->len, PROT_READ, MAP_PRIVATE, spool->fd, 0);
	if (map == MAP_FAILED)
		return NULL;
	spool->map = map;
	return map;
}

void
spool_forget(struct spool *spool)
{
	if (spool->map != NULL)
		(void)madvise(spool->map, spool->len, MADV_DONTNEED);
}
