// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A disk that is small, full or read-only, for a child process.
#pragma once

#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "tests/core/io/test_files.h"

namespace mvga::test {

/// A file system of its own at `folder`, for this process only; false where that is not allowed.
/// An ordinary user gets the right from a user name space.
inline bool mount_tmpfs(const std::filesystem::path& folder, const char* options) {
  const std::string user = "0 " + std::to_string(::geteuid()) + " 1";
  const std::string group = "0 " + std::to_string(::getegid()) + " 1";
  if (::unshare(CLONE_NEWNS) != 0) {
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
    write_text("/proc/self/setgroups", "deny");
    write_text("/proc/self/uid_map", user);
    write_text("/proc/self/gid_map", group);
  }
  return ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         ::mount("tmpfs", folder.c_str(), "tmpfs", 0, options) == 0;
}

}  // namespace mvga::test
