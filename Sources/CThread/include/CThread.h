#ifndef C_THREAD_H
#define C_THREAD_H

#include <stdbool.h>
#include <stdint.h>

/// A word of each thread's own, zero at first. Swift has no way to declare one.
///
/// In the static area of threads, which is one instruction away: eight bytes of the surplus that the loader keeps for this.
extern _Thread_local uint64_t thread_word __attribute__((tls_model("initial-exec"), visibility("hidden")));

static inline uint64_t thread_word_get(void) { return thread_word; }
static inline void thread_word_set(uint64_t value) { thread_word = value; }

/// Keeps the compiler from moving memory accesses across this place. The processor may still do so.
static inline void compiler_barrier(void) { __asm__ volatile("" ::: "memory"); }

/// Asks the system for ``all_threads_barrier``; false where it has no such thing.
bool all_threads_barrier_prepare(void);

/// Every thread of this process that runs passes a full memory barrier between the call and its return; those that do not
/// run pass one before they run again. Call only after ``all_threads_barrier_prepare`` has said yes.
void all_threads_barrier(void);

#endif
