#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif
#include "CBenchmarkSupport.h"

#if defined(__linux__)
#include <malloc.h>
#include <sys/resource.h>
uint64_t sleeps_of_thread(void) {
  struct rusage usage;
  return getrusage(RUSAGE_THREAD, &usage) == 0 ? (uint64_t)usage.ru_nvcsw : 0;
}
uint64_t preemptions_of_thread(void) {
  struct rusage usage;
  return getrusage(RUSAGE_THREAD, &usage) == 0 ? (uint64_t)usage.ru_nivcsw : 0;
}
uint64_t heap_bytes_in_use(void) {
  struct mallinfo2 state = mallinfo2();
  return (uint64_t)state.uordblks + (uint64_t)state.hblkhd;
}
void release_free_heap(void) { malloc_trim(0); }
#else
uint64_t sleeps_of_thread(void) { return 0; }
uint64_t preemptions_of_thread(void) { return 0; }
uint64_t heap_bytes_in_use(void) { return 0; }
void release_free_heap(void) {}
#endif

#if defined(__has_include)
#if __has_include(<valgrind/callgrind.h>)
#define HAS_CALLGRIND 1
#endif
#endif

#if defined(HAS_CALLGRIND)
#include <valgrind/callgrind.h>
bool callgrind_is_running(void) { return RUNNING_ON_VALGRIND != 0; }
void callgrind_begin(void) {
  CALLGRIND_START_INSTRUMENTATION;
  CALLGRIND_ZERO_STATS;
}
void callgrind_end(const char *name) {
  CALLGRIND_DUMP_STATS_AT(name);
  CALLGRIND_STOP_INSTRUMENTATION;
}
#else
bool callgrind_is_running(void) { return false; }
void callgrind_begin(void) {}
void callgrind_end(const char *name) { (void)name; }
#endif
