#ifndef C_BENCHMARK_SUPPORT_H
#define C_BENCHMARK_SUPPORT_H

#include <stdbool.h>
#include <stdint.h>

/// Makes the optimiser believe that somebody needs this value and has seen all of memory.
static inline void keep(int64_t value) { __asm__ volatile("" ::"r"(value) : "memory"); }

/// Bytes of the heap that are in use, padding and bookkeeping included; 0 where the C library does not tell.
uint64_t heap_bytes_in_use(void);

/// Gives free memory of the heap back to the system, so that what a process holds next is what it uses.
void release_free_heap(void);

/// How often this thread went to sleep by itself; 0 where the system does not tell.
uint64_t sleeps_of_thread(void);

/// How often the scheduler took the processor away from this thread; 0 where the system does not tell.
uint64_t preemptions_of_thread(void);

/// Whether this process runs under callgrind, and was built where callgrind's header is installed.
bool callgrind_is_running(void);

/// Starts counting instructions from nothing.
void callgrind_begin(void);

/// Stops counting and writes what was counted to a file of its own that carries `name`.
void callgrind_end(const char *name);

#endif
