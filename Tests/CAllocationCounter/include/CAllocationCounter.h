#ifndef C_ALLOCATION_COUNTER_H
#define C_ALLOCATION_COUNTER_H

#include <stdbool.h>
#include <stdint.h>

/// Whether this build counts: only with glibc, and not under a sanitizer, which brings an allocator of its own.
bool allocation_counter_is_available(void);

/// How many blocks this thread has asked the C library for since it began.
uint64_t allocation_count_of_thread(void);

/// How many bytes those blocks were asked to have, without the library's rounding and bookkeeping. A block that grows counts once more, with its new
/// size.
uint64_t allocated_bytes_of_thread(void);

/// The blocks and bytes that all threads have asked for, those included that have ended: for work that does not stay on its thread.
uint64_t allocation_count_of_process(void);
uint64_t allocated_bytes_of_process(void);

/// How many bytes of the heap a block takes that the C library gave, its bookkeeping included; 0 where nothing is counted.
uint64_t heap_bytes_of_block(const void *block);

#endif
