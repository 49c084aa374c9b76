/* SPDX-License-Identifier: Apache-2.0 */
/* What another process costs, read from /proc. The load generator calls it. Any thread. */
#ifndef ASKWELL_BENCH_PROCESS_H
#define ASKWELL_BENCH_PROCESS_H

#include <stdint.h>
#include <sys/types.h>

/* Resident memory in KiB; 0 when it cannot be read. */
uint64_t process_rss_kb(pid_t pid);

/* Processor time used so far, user and system, in microseconds (in steps of a clock tick); 0 when it cannot be read. */
uint64_t process_cpu_us(pid_t pid);

#endif
