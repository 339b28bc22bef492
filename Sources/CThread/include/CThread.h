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

/// Where the value of a task-local variable lies in the innermost scope that binds it, `NULL` when none does. The key is the variable's object.
///
/// What `TaskLocal.get()` of Swift's concurrency library asks (`swift/Runtime/Concurrency.h`). Asked directly it copies nothing and counts nothing,
/// which is most of what that function costs.
void *swift_task_localValueGet(const void *key) __attribute__((swiftcall));

/// Whether this program ever bound a task-local variable that is asked for below. Set once, before the first is bound, and alone in its cache line:
/// asking is one load, where asking the runtime is 35 instructions.
struct __attribute__((aligned(64))) task_local_use { bool was_bound; };
extern struct task_local_use task_local_use __attribute__((visibility("hidden")));

static inline void task_local_note_bound(void) {
  if (!__atomic_load_n(&task_local_use.was_bound, __ATOMIC_RELAXED))
    __atomic_store_n(&task_local_use.was_bound, true, __ATOMIC_RELAXED);
}

/// A thread that was not the one to bind the variable runs in its scope only after that one handed its task over: so it sees what that one wrote.
static inline bool task_local_is_bound(uintptr_t key) {
  return __atomic_load_n(&task_local_use.was_bound, __ATOMIC_RELAXED) && swift_task_localValueGet((const void *)key) != 0;
}

/// The value of such a variable that holds one word; 0 when none is bound.
static inline uint64_t task_local_word(uintptr_t key) {
  if (!__atomic_load_n(&task_local_use.was_bound, __ATOMIC_RELAXED)) return 0;
  const uint64_t *word = swift_task_localValueGet((const void *)key);
  return word == 0 ? 0 : *word;
}

/// Keeps the compiler from moving memory accesses across this place. The processor may still do so.
static inline void compiler_barrier(void) { __asm__ volatile("" ::: "memory"); }

/// Asks the system for ``all_threads_barrier``; false where it has no such thing.
bool all_threads_barrier_prepare(void);

/// Every thread of this process that runs passes a full memory barrier between the call and its return; those that do not
/// run pass one before they run again. Call only after ``all_threads_barrier_prepare`` has said yes.
void all_threads_barrier(void);

#endif
