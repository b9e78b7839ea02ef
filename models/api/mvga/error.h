// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What can go wrong.
#pragma once

#include <mvga/api.h>

#include <stdexcept>
#include <string>

namespace mvga::v1 {

/// The few kinds that a caller treats differently. Later versions may add to these.
enum class ErrorKind {
  argument = 0,    ///< the caller's mistake: no pixels, a stride or a size that cannot be
  not_found = 1,   ///< a file or folder is not there
  unreadable = 2,  ///< a file is corrupt, truncated, or does not fit what it is used with
  unwritable = 3,  ///< a file cannot be created or replaced
  no_space = 4,    ///< memory, GPU memory or disk is exhausted
  settings = 5,    ///< a setting is out of range, or names what this machine does not have
  too_few = 6,     ///< not enough (or not enough different) normal images
  engine = 7,      ///< the network library (LibTorch) is missing, is another one, or failed
};

/// The one exception that this library throws. The text is one line, names the file or the setting
/// and the way out, and can be shown to a user as it is.
class MVGA_API Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& what);

  ErrorKind kind() const noexcept;
  const char* what() const noexcept override;

 private:
  ErrorKind kind_;
};

}  // namespace mvga::v1
