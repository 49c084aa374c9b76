/* SPDX-License-Identifier: Apache-2.0 */
#include "askwell/parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { THREADS_MAX = 4 };

struct run {
	size_t count;
	void (*work)(void *user, size_t index);
	void *user;
	atomic_size_t next;
};

static void *help(void *user)
{
	struct run *run = user;
	for (;;) {
		size_t index = atomic_fetch_add(&run->next, 1);
		if (index >= run->count)
			return NULL;
		run->work(run->user, index);
	}
}

static size_t helpers_for(size_t count)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	size_t threads = processors < 1 ? 1 : processors > THREADS_MAX ? THREADS_MAX : (size_t)processors;
	return (threads < count ? threads : count) - (count > 0);
}

void parallel_run(size_t count, void (*work)(void *user, size_t index), void *user)
{
	struct run run = {.count = count, .work = work, .user = user};
	pthread_t helpers[THREADS_MAX];
	size_t wanted = helpers_for(count), started = 0;
	atomic_init(&run.next, 0);
	while (started < wanted && pthread_create(&helpers[started], NULL, help, &run) == 0)
		started++;
	(void)help(&run);
	for (size_t i = 0; i < started; i++)
		(void)pthread_join(helpers[i], NULL);
}
