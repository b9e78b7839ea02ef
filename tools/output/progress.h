// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How far long work is: a bar on a terminal, plain lines elsewhere. On stderr, so that results can
// be piped.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace mvga::tool {

/// A line on stderr, in the place of the bar where there is one; the bar comes back below it.
void say(const std::string& line);

/// One stage of the work. It is named as soon as it starts.
class Progress {
 public:
  /// @param total 0 when it is not known
  Progress(std::string title, std::size_t total, bool quiet);
  ~Progress() { finish(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void show(std::size_t done);
  /// Takes the bar away. What is printed next stands in its place.
  void finish();

 private:
  using Clock = std::chrono::steady_clock;

  void print(const std::string& text);

  std::string title_;
  std::size_t total_;
  bool quiet_;
  bool terminal_;
  bool line_open_ = false;
  Clock::time_point start_ = Clock::now();
  Clock::time_point shown_ = start_;
};

/// What Progress shows of a stage: "learning: 57 of 209, 4.1 a second, 0:37 left", with a bar where
/// there are enough columns. Never longer than `columns`.
/// @param total 0 when it is not known
/// @param columns 0: as many as it takes, and no bar
std::string progress_text(const std::string& title, std::size_t done, std::size_t total,
                          double seconds, std::size_t columns);

}  // namespace mvga::tool
