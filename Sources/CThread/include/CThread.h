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

/// Binds a task-local variable, and ends what was bound last, as `TaskLocal.withValue` does around its operation. That function demands an operation which
/// does not say where it runs, so what it is given leaves its caller's actor; and it asks three times on which executor to go on.
///
/// What is bound lies on the stack of memory that the task has: until it ends, nothing that lies there from before may be given back.
void swift_task_localValuePush(const void *key, void *value, const void *type) __attribute__((swiftcall));
void swift_task_localValuePop(void) __attribute__((swiftcall));

/// What Swift says of the type `UInt64`.
#ifdef __APPLE__
extern const char type_of_word __asm__("_$ss6UInt64VN");
#else
extern const char type_of_word __asm__("$ss6UInt64VN");
#endif

/// Binds the variable that was told of last, whose type is `UInt64`.
static inline void task_local_begin(uint64_t word) {
  uintptr_t key = __atomic_load_n(&task_local_in_use.key, __ATOMIC_RELAXED);
  swift_task_localValuePush((const void *)key, &word, &type_of_word);
}

static inline void task_local_end(void) { swift_task_localValuePop(); }

/// Keeps the compiler from moving memory accesses across this place. The processor may still do so.
static inline void compiler_barrier(void) { __asm__ volatile("" ::: "memory"); }

/// Asks the system for ``all_threads_barrier``; false where it has no such thing.
bool all_threads_barrier_prepare(void);

/// Every thread of this process that runs passes a full memory barrier between the call and its return; those that do not
/// run pass one before they run again. Call only after ``all_threads_barrier_prepare`` has said yes.
void all_threads_barrier(void);

#endif
