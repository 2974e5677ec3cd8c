/* SPDX-License-Identifier: Apache-2.0 */
#include "password.h"

#include "base/arena.h"
#include "base/hash.h"
#include "command.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum {
	LINE_MAX_BYTES = 1024,
	RANDOM_CHARS = 20, /* 119 bits */
};

/* A line without its end; NULL at the end of the input, or too long. */
static const char *
read_line(struct arena *arena, FILE *in)
{
	char line[LINE_MAX_BYTES];

	if (fgets(line, sizeof(line), in) == NULL)
		return NULL;
	size_t len = strcspn(line, "\r\n");
	if (line[len] == '\0' && !feof(in))
		return NULL;
	return arena_strndup(arena, line, len);
}

static volatile sig_atomic_t caught;

static void catch (int signal)
{
	caught = signal;
}

/* Ctrl-C must end the waiting, but not before the terminal shows text again. */
static const char *
read_caught(struct arena *arena, FILE *terminal)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
	const struct sigaction ours = {.sa_handler = catch};
	struct sigaction before[ARRAY_LEN(signals)];

	for (size_t i = 0; i < ARRAY_LEN(signals); i++)
		(void)sigaction(signals[i], &ours, &before[i]);
	const char *line = read_line(arena, terminal);
	for (size_t i = 0; i < ARRAY_LEN(signals); i++)
		(void)sigaction(signals[i], &before[i], NULL);
	return line;
}

static const char *
ask(struct cli *cli, FILE *terminal, const char *prompt)
{
	struct termios before;
	struct termios silent;
	int fd = fileno(terminal);

	(void)fprintf(stderr, "%s: ", prompt);
	if (tcgetattr(fd, &before) != 0)
		return NULL;
	silent = before;
	silent.c_lflag &= ~(tcflag_t)ECHO;
	if (tcsetattr(fd, TCSAFLUSH, &silent) != 0)
		return NULL;
	const char *line = read_caught(cli->arena, terminal);
	(void)tcsetattr(fd, TCSAFLUSH, &before);
	(void)fputc('\n', stderr);
	if (caught != 0)
		(void)raise(caught);
	return line;
}

static const char *
ask_twice(struct cli *cli)
{
	FILE *terminal = fopen("/dev/tty", "r+e");

	if (terminal == NULL) {
		(void)cli_say(cli, EXIT_USAGE,
		              "there is no terminal to ask at: use "
		              "--password-stdin or --random-password");
		return NULL;
	}
	const char *first = ask(cli, terminal, "New password");
	const char *again =
		first == NULL ? NULL : ask(cli, terminal, "Once more");
	(void)fclose(terminal);
	if (again == NULL) {
		(void)cli_say(cli, EXIT_USAGE, "no password was given");
		return NULL;
	}
	if (strcmp(first, again) != 0) {
		(void)cli_say(cli, EXIT_USAGE, "the two are not the same");
		return NULL;
	}
	return first;
}

const char *
password_take(struct cli *cli, const struct password_source *source)
{
	if (source->random && source->from_stdin) {
		(void)cli_say(cli, EXIT_USAGE,
		              "--random-password and --password-stdin exclude "
		              "each other");
		return NULL;
	}
	if (source->random)
		return hash_random_base62(cli->arena, RANDOM_CHARS);
	if (!source->from_stdin)
		return ask_twice(cli);

	const char *line = read_line(cli->arena, stdin);
	if (line == NULL)
		(void)cli_say(cli, EXIT_USAGE,
		              "the standard input has no password");
	return line;
}
