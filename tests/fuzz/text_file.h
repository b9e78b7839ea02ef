// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A text as a file, for what reads files: in memory, so that nothing else than reading takes time.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace mvga::fuzz {

/// Lives until the next call.
inline std::filesystem::path file_of(const std::string& text) {
  static const int file = ::memfd_create("fuzzed", MFD_CLOEXEC);
  if (::ftruncate(file, 0) != 0 ||
      ::pwrite(file, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size()))
    std::abort();
  return "/proc/self/fd/" + std::to_string(file);
}

}  // namespace mvga::fuzz
