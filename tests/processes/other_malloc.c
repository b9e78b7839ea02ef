// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A malloc to preload. To the C library's free() its memory is none: to mix the two is an abort.

#include <errno.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { kHeader = 64 };  // as large as what aligns most

static alignas(kHeader) char memory[1 << 30];
static atomic_size_t taken;

static size_t* size_of(void* block) {
  return (size_t*)((char*)block - kHeader);
}

void* malloc(size_t size) {
  const size_t whole = (size + 2 * kHeader - 1) / kHeader * kHeader;
  if (size > sizeof memory) return NULL;
  const size_t begin = atomic_fetch_add(&taken, whole);
  if (begin + whole > sizeof memory) return NULL;
  void* block = memory + begin + kHeader;
  *size_of(block) = size;
  return block;
}

void free(void* block) {
  (void)block;
}

void* calloc(size_t count, size_t size) {
  if (size != 0 && count > sizeof memory / size) return NULL;
  return malloc(count * size);  // nobody had it before: it is zero
}

void* realloc(void* block, size_t size) {
  void* larger = malloc(size);
  if (block == NULL || larger == NULL) return larger;
  return memcpy(larger, block, *size_of(block) < size ? *size_of(block) : size);
}

void* aligned_alloc(size_t alignment, size_t size) {
  if (alignment <= kHeader) return malloc(size);
  char* block = malloc(size + alignment);
  if (block == NULL) return NULL;
  block += alignment - (uintptr_t)block % alignment;
  *size_of(block) = size;
  return block;
}

void* memalign(size_t alignment, size_t size) {
  return aligned_alloc(alignment, size);
}

int posix_memalign(void** block, size_t alignment, size_t size) {
  *block = aligned_alloc(alignment, size);
  return *block == NULL ? ENOMEM : 0;
}

size_t malloc_usable_size(void* block) {
  return block == NULL ? 0 : *size_of(block);
}
