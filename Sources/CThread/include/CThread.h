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

/// The task-local variable that is asked for below, once this program has bound it; 0 before. Set before it is first bound, and alone in its cache
/// line: asking is one load then, where asking the runtime is 35 instructions.
struct __attribute__((aligned(64))) task_local_in_use { uintptr_t key; };
extern struct task_local_in_use task_local_in_use __attribute__((visibility("hidden")));

/// There is one variable that may be told of here.
static inline void task_local_note_bound(uintptr_t key) {
  if (__atomic_load_n(&task_local_in_use.key, __ATOMIC_RELAXED) != key)
    __atomic_store_n(&task_local_in_use.key, key, __ATOMIC_RELAXED);
}

/// Where its value lies, which is one word; `NULL` when none is bound. A thread that was not the one to bind the variable runs in its scope only after
/// that one handed its task over: so it sees what that one wrote.
static inline const uint64_t *task_local_place(void) {
  uintptr_t key = __atomic_load_n(&task_local_in_use.key, __ATOMIC_RELAXED);
  return key == 0 ? 0 : swift_task_localValueGet((const void *)key);
}

static inline bool task_local_is_bound(void) { return task_local_place() != 0; }

/// Its value; 0 when none is bound.
static inline uint64_t task_local_word(void) {
  const uint64_t *word = task_local_place();
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
