// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What can go wrong, in the few kinds that a caller treats differently.
#pragma once

#include <stdexcept>
#include <string>

namespace mvga {

enum class ErrorKind {
  not_found,   ///< a file or folder is not there
  unreadable,  ///< a file is corrupt, truncated, or does not fit what it is used with
  unwritable,  ///< a file cannot be created or replaced
  no_space,    ///< memory, GPU memory or disk is exhausted
  settings,    ///< a setting is out of range, or names what this machine does not have
  too_few,     ///< not enough (or not enough different) normal images
  engine,      ///< the network library failed
};

/// The one exception that leaves this library. The text names the file or the setting and the way
/// out, in one line, and can be shown to a user as it is.
class __attribute__((visibility("default"))) Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& what) : std::runtime_error(what), kind_(kind) {}
  ErrorKind kind() const noexcept { return kind_; }

 private:
  ErrorKind kind_;
};

}  // namespace mvga
