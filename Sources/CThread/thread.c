#define _GNU_SOURCE
#include "CThread.h"

_Thread_local uint64_t thread_word;

struct task_local_in_use task_local_in_use;

#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>

// From linux/membarrier.h, which older headers do not have.
enum { register_private_expedited = 1 << 4, private_expedited = 1 << 3 };

bool all_threads_barrier_prepare(void) { return syscall(SYS_membarrier, register_private_expedited, 0, 0) == 0; }
void all_threads_barrier(void) { syscall(SYS_membarrier, private_expedited, 0, 0); }
#else
bool all_threads_barrier_prepare(void) { return false; }
void all_threads_barrier(void) {}
#endif
