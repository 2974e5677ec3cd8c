/* SPDX-License-Identifier: Apache-2.0 */
#include "process.h"

#include "base/arena.h"
#include "base/buf.h"
#include "unit.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int
process_end_of(void (*run)(void *given), void *given)
{
	int status;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

		(void)dup2(nowhere, STDERR_FILENO);
		run(given);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void
remove_folder(void *handle)
{
	const char *folder = handle;
	DIR *dir = opendir(folder);
	struct dirent *entry;

	while (dir != NULL && (entry = readdir(dir)) != NULL)
		(void)unlinkat(dirfd(dir), entry->d_name, 0);
	if (dir != NULL)
		(void)closedir(dir);
	(void)rmdir(folder);
}

const char *
process_folder(struct arena *arena)
{
	const char *temporary = getenv("TMPDIR");
	char *folder = arena_printf(arena, "%s/mdash-unit-XXXXXX",
	                            temporary == NULL ? "/tmp" : temporary);

	assert_non_null(mkdtemp(folder));
	arena_defer(arena, remove_folder, folder);
	return folder;
}

const char *
process_file(struct arena *arena, const char *folder, const char *name,
             const char *text)
{
	const char *path = arena_printf(arena, "%s/%s", folder, name);
	FILE *out = fopen(path, "we");

	assert_non_null(out);
	assert_true(fputs(text, out) >= 0);
	assert_int_equal(fclose(out), 0);
	return path;
}

const char *
process_stderr(struct arena *arena, void (*run)(void *given), void *given)
{
	struct buf text = {.arena = arena};
	FILE *file = tmpfile();
	int kept = dup(STDERR_FILENO);
	ssize_t got;

	assert_non_null(file);
	assert_true(kept >= 0);
	assert_true(dup2(fileno(file), STDERR_FILENO) >= 0);
	run(given);
	assert_true(dup2(kept, STDERR_FILENO) >= 0);
	(void)close(kept);

	rewind(file);
	while ((got = read(fileno(file), buf_reserve(&text, 4096), 4096)) > 0)
		text.len += (size_t)got;
	(void)fclose(file);
	return buf_text(&text);
}
