/* SPDX-License-Identifier: Apache-2.0 */
#include "http/fcgi.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <fcgiapp.h>

struct fcgi {
	FCGX_Request request;
	int epoll;
	sigset_t waiting; /* signals blocked while we wait */
};

static struct fcgi the_one;
static volatile sig_atomic_t stop;

static void
on_stop(int signal)
{
	(void)signal;
	stop = 1;
}

/*
 * The stop signals are blocked but for the moment of waiting, so they cannot
 * cut a read short. The waiting is ours, not libfcgi's: it is exclusive, so one
 * request wakes one process, and the socket does not block, since another
 * process may have been quicker.
 */
static bool
catch_stop(struct fcgi *fcgi)
{
	struct sigaction action = {.sa_handler = on_stop};
	sigset_t stops;

	(void)sigemptyset(&action.sa_mask);
	(void)sigemptyset(&stops);
	(void)sigaddset(&stops, SIGTERM);
	(void)sigaddset(&stops, SIGINT);
	return signal(SIGPIPE, SIG_IGN) != SIG_ERR &&
	       sigaction(SIGTERM, &action, NULL) == 0 &&
	       sigaction(SIGINT, &action, NULL) == 0 &&
	       sigprocmask(SIG_BLOCK, &stops, &fcgi->waiting) == 0;
}

/*
 * A request that arrives does not push nginx aside (sched(7), SCHED_BATCH): it
 * goes on with its other clients and we find the request whole, which saves
 * about a quarter of the processor time of a read. No matter where forbidden.
 */
static void
let_nginx_finish(void)
{
	const struct sched_param none = {.sched_priority = 0};

	(void)sched_setscheduler(0, SCHED_BATCH, &none);
}

struct fcgi *
fcgi_open(void)
{
	struct fcgi *fcgi = &the_one;
	struct epoll_event event = {.events = EPOLLIN | EPOLLEXCLUSIVE};
	int flags = fcntl(STDIN_FILENO, F_GETFL);

	if (FCGX_Init() != 0 || FCGX_IsCGI() ||
	    FCGX_InitRequest(&fcgi->request, STDIN_FILENO, 0) != 0)
		return NULL;
	fcgi->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (flags < 0 ||
	    fcntl(STDIN_FILENO, F_SETFL, flags | O_NONBLOCK) != 0 ||
	    fcgi->epoll < 0 ||
	    epoll_ctl(fcgi->epoll, EPOLL_CTL_ADD, STDIN_FILENO, &event) != 0 ||
	    !catch_stop(fcgi))
		return NULL;
	let_nginx_finish();
	return fcgi;
}

bool
fcgi_next(struct fcgi *fcgi)
{
	struct epoll_event event;

	while (!stop) {
		if (epoll_pwait(fcgi->epoll, &event, 1, -1, &fcgi->waiting) < 1)
			continue;
		if (FCGX_Accept_r(&fcgi->request) == 0)
			return true;
	}
	return false;
}

const char *
fcgi_param(const struct fcgi *fcgi, const char *name)
{
	return FCGX_GetParam(name, fcgi->request.envp);
}

size_t
fcgi_read(struct fcgi *fcgi, char *bytes, size_t size)
{
	size_t done = 0;

	while (done < size) {
		size_t want = size - done;
		int chunk = want > 65536 ? 65536 : (int)want;
		int got = FCGX_GetStr(bytes + done, chunk, fcgi->request.in);

		if (got <= 0)
			break;
		done += (size_t)got;
	}
	return done;
}

void
fcgi_write(struct fcgi *fcgi, const char *bytes, size_t size)
{
	while (size > 0) {
		int chunk = size > 1048576 ? 1048576 : (int)size;
		int put = FCGX_PutStr(bytes, chunk, fcgi->request.out);

		if (put <= 0)
			return;
		bytes += put;
		size -= (size_t)put;
	}
}

/*
 * libfcgi would wait until nginx has closed its side, since a socket that is
 * closed with bytes unread resets the connection. When the input was read to
 * its end there are none, and the process is free for the next request. The end
 * of a request is always on its way: nginx sends those that it has whole.
 */
void
fcgi_finish(struct fcgi *fcgi)
{
	if (FCGX_GetChar(fcgi->request.in) == EOF)
		(void)FCGX_Detach(&fcgi->request);
	FCGX_Finish_r(&fcgi->request);
}
