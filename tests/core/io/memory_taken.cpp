// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/core/io/memory_taken.h"

#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <new>

namespace mvga::test {
namespace {

std::atomic<std::size_t> bytes_now = 0;
std::atomic<std::size_t> bytes_at_most = 0;

void* taken(std::size_t size) {
  void* memory = std::malloc(std::max(size, std::size_t{1}));
  if (memory == nullptr) throw std::bad_alloc();
  const std::size_t now = bytes_now += malloc_usable_size(memory);
  std::size_t most = bytes_at_most;
  while (now > most && !bytes_at_most.compare_exchange_weak(most, now)) {
  }
  return memory;
}

void give_back(void* memory) {
  bytes_now -= malloc_usable_size(memory);
  std::free(memory);
}

}  // namespace

MemoryTaken::MemoryTaken() : before_(bytes_now) {
  bytes_at_most = before_;
}

std::size_t MemoryTaken::most() const {
  return bytes_at_most - before_;
}

}  // namespace mvga::test

void* operator new(std::size_t size) {
  return mvga::test::taken(size);
}
void* operator new[](std::size_t size) {
  return mvga::test::taken(size);
}
void operator delete(void* memory) noexcept {
  mvga::test::give_back(memory);
}
void operator delete[](void* memory) noexcept {
  mvga::test::give_back(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  mvga::test::give_back(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  mvga::test::give_back(memory);
}
