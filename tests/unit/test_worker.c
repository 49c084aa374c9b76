/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "askwell/worker.h"

#include <pthread.h>
#include <stdatomic.h>

enum { JOBS = 500 };

struct job {
	pthread_t worked_on;
	unsigned number;
	int done;
};

static atomic_uint wakes;
static unsigned completed;

static void wake(void *user)
{
	(void)user;
	atomic_fetch_add(&wakes, 1);
}

static void work(void *argument, unsigned thread)
{
	struct job *job = argument;

	job->worked_on = pthread_self();
	assert_true(thread < 3);
}

static void done(void *argument)
{
	struct job *job = argument;

	job->done++;
	completed++;
}

static void every_job_is_done_once_on_the_owners_thread(void **state)
{
	struct worker_pool *pool = worker_open(3, wake, NULL);
	static struct job jobs[JOBS];

	(void)state;
	for (unsigned i = 0; i < JOBS; i++) {
		jobs[i].number = i;
		assert_true(worker_submit(pool, work, done, &jobs[i]));
	}
	assert_true(worker_pending(pool) > 0);
	while (worker_pending(pool))
		worker_wait(pool);
	assert_int_equal(completed, JOBS);
	for (unsigned i = 0; i < JOBS; i++) {
		assert_int_equal(jobs[i].done, 1);
		assert_false(pthread_equal(jobs[i].worked_on, pthread_self()));
	}
	assert_int_equal(worker_wait(pool), 0); /* nothing to wait for does not block */
	worker_close(pool);
	assert_true(atomic_load(&wakes) > 0);
}

static void closing_finishes_what_was_taken(void **state)
{
	struct worker_pool *pool = worker_open(1, NULL, NULL);
	struct job jobs[20] = {0};

	(void)state;
	for (unsigned i = 0; i < COUNT(jobs); i++)
		assert_true(worker_submit(pool, work, done, &jobs[i]));
	worker_close(pool);
	for (unsigned i = 0; i < COUNT(jobs); i++)
		assert_int_equal(jobs[i].done, 1);
	worker_close(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_job_is_done_once_on_the_owners_thread),
		cmocka_unit_test(closing_finishes_what_was_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
