// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How far long work is: a line that changes on a terminal, plain lines elsewhere. On stderr, so
// that results can be piped.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace mvga::tool {

class Progress {
 public:
  /// @param total 0 when it is not known
  Progress(std::string title, std::size_t total, bool quiet);
  ~Progress() { finish(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void show(std::size_t done);
  /// Ends the line. What is printed next stands below it.
  void finish();

 private:
  using Clock = std::chrono::steady_clock;
  std::string text(std::size_t done) const;

  std::string title_;
  std::size_t total_;
  bool quiet_;
  bool terminal_;
  bool line_open_ = false;
  Clock::time_point start_ = Clock::now();
  Clock::time_point shown_ = start_;
};

}  // namespace mvga::tool
