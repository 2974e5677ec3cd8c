/* SPDX-License-Identifier: Apache-2.0 */

/*
 * hello FILE: answers every FastCGI request with the bytes of a file, by
 * libfcgi's own loop and without the library of the handlers, so that what
 * bench/run compares with does not change when that library does.
 */

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <fcgiapp.h>

static int
read_file(const char *path, struct buf *ret)
{
	FILE *in = fopen(path, "re");
	char bytes[4096];
	size_t len;

	if (in == NULL)
		return -1;
	while ((len = fread(bytes, 1, sizeof(bytes), in)) > 0)
		buf_add(ret, bytes, len);
	int failed = ferror(in);
	(void)fclose(in);
	return failed != 0 ? -1 : 0;
}

int
main(int argc, char **argv)
{
	struct arena *arena AUTO(arena_free) = arena_new();
	struct buf body = {.arena = arena};
	struct buf answer = {.arena = arena};

	if (argc != 2 || read_file(argv[1], &body) != 0) {
		(void)fprintf(stderr, "usage: hello FILE\n");
		return EXIT_FAILURE;
	}
	buf_printf(&answer,
	           "Content-Type: application/json\r\n"
	           "Content-Length: %zu\r\n\r\n",
	           body.len);
	buf_add(&answer, body.data, body.len);

	FCGX_Request request;
	if (FCGX_Init() != 0 ||
	    FCGX_InitRequest(&request, STDIN_FILENO, 0) != 0)
		return EXIT_FAILURE;
	while (FCGX_Accept_r(&request) == 0) {
		(void)FCGX_PutStr(answer.data, (int)answer.len, request.out);
		FCGX_Finish_r(&request);
	}
	return EXIT_SUCCESS;
}
