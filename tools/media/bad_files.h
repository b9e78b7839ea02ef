// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What happens when one of many files cannot be read.
#pragma once

#include <cstddef>
#include <functional>

namespace mvga::tool {

/// Runs work on files; what is wrong with a file (Error not_found and unreadable) is an error only
/// when that is asked for, else a warning, and counted.
class BadFiles {
 public:
  explicit BadFiles(bool strict) : strict_(strict) {}

  /// @return whether the whole file was read
  bool attempt(const std::function<void()>& work);

  /// Files that gave nothing. One that broke off is not among them: its first frames count.
  std::size_t passed_over() const { return passed_over_; }
  /// A line on stderr with how many of `all` were passed over, if some were: what it
  /// means that all were is for the caller to say.
  void report(std::size_t all) const;

 private:
  bool strict_;
  std::size_t passed_over_ = 0;
};

}  // namespace mvga::tool
