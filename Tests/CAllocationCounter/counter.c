#include "CAllocationCounter.h"

#include <stddef.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define SANITIZED 1
#endif
#endif

#if defined(__GLIBC__) && !defined(SANITIZED)

#include <malloc.h>

// glibc's own entry points under their second names, so that these functions can take the first.
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

enum { out_of_memory = 12 };

static _Thread_local uint64_t count;

void *malloc(size_t size) {
  count += 1;
  return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  count += 1;
  return __libc_calloc(number, size);
}

void *realloc(void *block, size_t size) {
  count += 1;
  return __libc_realloc(block, size);
}

void *memalign(size_t alignment, size_t size) {
  count += 1;
  return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  count += 1;
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size) {
  count += 1;
  void *made = __libc_memalign(alignment, size);
  if (made == NULL) return out_of_memory;
  *block = made;
  return 0;
}

bool allocation_counter_is_available(void) { return true; }
uint64_t allocation_count_of_thread(void) { return count; }

// In front of each block stands one word, its size.
uint64_t heap_bytes_of_block(const void *block) { return malloc_usable_size((void *)block) + sizeof(size_t); }

#else

bool allocation_counter_is_available(void) { return false; }
uint64_t allocation_count_of_thread(void) { return 0; }
uint64_t heap_bytes_of_block(const void *block) { return 0; }

#endif
