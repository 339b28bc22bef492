#include "CAllocationCounter.h"

#include <stddef.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define SANITIZED 1
#endif
#endif

#if defined(__GLIBC__) && !defined(SANITIZED)

#include <malloc.h>
#include <stdatomic.h>

// glibc's own entry points under their second names, so that these functions can take the first.
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

enum { out_of_memory = 12 };

// What a thread has asked for, where others can read it. Alone in its cache line, and written by its thread only: nothing is locked.
struct published {
  _Alignas(64) _Atomic uint64_t count;
  _Atomic uint64_t bytes;
};

// More threads than a program of tests or benchmarks starts; those beyond share one that nobody reads.
enum { most_threads = 4096 };
static struct published of_threads[most_threads + 1];
static _Atomic uint32_t thread_count;

static _Thread_local uint64_t count;
static _Thread_local uint64_t bytes;
static _Thread_local struct published *own;

static void publish(void) {
  if (own == NULL) {
    uint32_t number = atomic_fetch_add_explicit(&thread_count, 1, memory_order_relaxed);
    own = &of_threads[number < most_threads ? number : most_threads];
  }
  atomic_store_explicit(&own->count, count, memory_order_relaxed);
  atomic_store_explicit(&own->bytes, bytes, memory_order_relaxed);
}

static void note(size_t size) {
  count += 1;
  bytes += size;
  publish();
}

void *malloc(size_t size) {
  note(size);
  return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  note(number * size);
  return __libc_calloc(number, size);
}

void *realloc(void *block, size_t size) {
  note(size);
  return __libc_realloc(block, size);
}

void *memalign(size_t alignment, size_t size) {
  note(size);
  return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  note(size);
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size) {
  note(size);
  void *made = __libc_memalign(alignment, size);
  if (made == NULL) return out_of_memory;
  *block = made;
  return 0;
}

bool allocation_counter_is_available(void) { return true; }
uint64_t allocation_count_of_thread(void) { return count; }
uint64_t allocated_bytes_of_thread(void) { return bytes; }

uint64_t allocation_count_of_process(void) {
  uint64_t sum = 0;
  for (int number = 0; number < most_threads; number++)
    sum += atomic_load_explicit(&of_threads[number].count, memory_order_relaxed);
  return sum;
}

uint64_t allocated_bytes_of_process(void) {
  uint64_t sum = 0;
  for (int number = 0; number < most_threads; number++)
    sum += atomic_load_explicit(&of_threads[number].bytes, memory_order_relaxed);
  return sum;
}

// In front of each block stands one word, its size.
uint64_t heap_bytes_of_block(const void *block) { return malloc_usable_size((void *)block) + sizeof(size_t); }

#else

bool allocation_counter_is_available(void) { return false; }
uint64_t allocation_count_of_thread(void) { return 0; }
uint64_t allocated_bytes_of_thread(void) { return 0; }
uint64_t allocation_count_of_process(void) { return 0; }
uint64_t allocated_bytes_of_process(void) { return 0; }
uint64_t heap_bytes_of_block(const void *block) { return 0; }

#endif
