/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs a fuzz target over its corpus and speaks TAP: linked in place of
 * libFuzzer in ordinary builds, so that what fuzzing found stays tested. A
 * crash ends the program in the middle of its plan, which fails the test.
 */
#include "fuzz.h"

#include <dirent.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An exact copy on the heap, so that a sanitizer sees one byte too far. */
static uint8_t *
read_file(const char *path, size_t *ret_len)
{
	FILE *file = fopen(path, "rb");
	uint8_t *bytes;
	long size;

	if (file == NULL || fseek(file, 0, SEEK_END) != 0 ||
	    (size = ftell(file)) < 0 || fseek(file, 0, SEEK_SET) != 0) {
		perror(path);
		exit(1);
	}
	*ret_len = (size_t)size;
	bytes = malloc(*ret_len + (*ret_len == 0));
	if (bytes == NULL || fread(bytes, 1, *ret_len, file) != *ret_len) {
		perror(path);
		exit(1);
	}
	(void)fclose(file);
	return bytes;
}

static int
no_dots(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static void
replay(const char *folder, const char *name, int number)
{
	char path[PATH_MAX + NAME_MAX + 2];
	size_t len;
	uint8_t *bytes;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	bytes = read_file(path, &len);
	printf("# %s\n", path); /* the last one is what crashed */
	(void)fflush(stdout);
	(void)LLVMFuzzerTestOneInput(bytes, len);
	free(bytes);
	printf("ok %d - %s (%zu bytes)\n", number, name, len);
	(void)fflush(stdout);
}

int
main(int argc, char **argv)
{
	const char *source = getenv("MDASH_SOURCE");
	const char *slash = strrchr(argv[0], '/');
	char folder[PATH_MAX];
	struct dirent **entries;
	int count;

	(void)snprintf(folder, sizeof(folder), "%s/fuzz/corpus/%s",
	               source == NULL ? "." : source,
	               slash == NULL ? argv[0] : slash + 1);
	if (argc > 1)
		(void)snprintf(folder, sizeof(folder), "%s", argv[1]);
	count = scandir(folder, &entries, no_dots, alphasort);
	if (count <= 0) {
		printf("1..1\nnot ok 1 - %s has a corpus\n", folder);
		return 1;
	}
	printf("1..%d\n", count);
	for (int i = 0; i < count; i++) {
		replay(folder, entries[i]->d_name, i + 1);
		free(entries[i]);
	}
	free(entries);
	return 0;
}
