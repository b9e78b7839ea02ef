// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/gst/harness/count_locks.h"

#include <dlfcn.h>
#include <glib.h>
#include <pthread.h>

#include <atomic>
#include <cstring>
#include <utility>

namespace {

// Plain data, in the program itself: reading it takes no lock.
thread_local constinit bool counting = false;
thread_local constinit unsigned counted = 0;

bool is_of_plugin(const void* caller) {
  Dl_info info;
  return dladdr(caller, &info) != 0 && std::strstr(info.dli_fname, "libgstmvga") != nullptr;
}

void count(const void* caller) {
  if (!std::exchange(counting, false)) return;  // what finding the caller takes is not counted
  if (is_of_plugin(caller)) ++counted;
  counting = true;
}

template <typename Function>
Function original(std::atomic<Function>& known, const char* name) {
  if (known == nullptr) known = reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
  return known;
}

using PthreadLock = int (*)(pthread_mutex_t*);
using GlibLock = void (*)(GMutex*);
constinit std::atomic<PthreadLock> pthread_lock = nullptr;
constinit std::atomic<GlibLock> glib_lock = nullptr;

}  // namespace

void mvga::testing::start_counting_locks() {
  counted = 0;
  counting = true;
}

unsigned mvga::testing::stop_counting_locks() {
  counting = false;
  return counted;
}

// NOLINTBEGIN(readability-inconsistent-declaration-parameter-name)
extern "C" {

int pthread_mutex_lock(pthread_mutex_t* mutex) noexcept {
  count(__builtin_return_address(0));
  return original(pthread_lock, "pthread_mutex_lock")(mutex);
}

void g_mutex_lock(GMutex* mutex) {
  count(__builtin_return_address(0));
  original(glib_lock, "g_mutex_lock")(mutex);
}

}  // extern "C"
// NOLINTEND(readability-inconsistent-declaration-parameter-name)
