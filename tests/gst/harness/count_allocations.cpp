// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/gst/harness/count_allocations.h"

#include <malloc.h>

#include <cerrno>
#include <cstdlib>
#include <utility>

// glibc's own names of what stands here in front of it.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
}

namespace {

// Plain data, in the program itself: reading it never allocates.
thread_local constinit mvga::testing::Allocations counted;

void count(std::size_t size) {
  ++counted.all;
  counted.bytes += size;
  if (size >= mvga::testing::kLarge) ++counted.large;
}

}  // namespace

mvga::testing::Allocations mvga::testing::take_allocations() {
  return std::exchange(counted, {});
}

// NOLINTBEGIN(readability-inconsistent-declaration-parameter-name)
extern "C" {

void* malloc(std::size_t size) noexcept {
  count(size);
  return __libc_malloc(size);
}
void* calloc(std::size_t number, std::size_t size) noexcept {
  count(number * size);
  return __libc_calloc(number, size);
}
void* realloc(void* old, std::size_t size) noexcept {
  count(size);
  return __libc_realloc(old, size);
}
void* memalign(std::size_t alignment, std::size_t size) noexcept {
  count(size);
  return __libc_memalign(alignment, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  return memalign(alignment, size);
}
int posix_memalign(void** to, std::size_t alignment, std::size_t size) noexcept {
  *to = memalign(alignment, size);
  return *to == nullptr ? ENOMEM : 0;
}

}  // extern "C"
// NOLINTEND(readability-inconsistent-declaration-parameter-name)
