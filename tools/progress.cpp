// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/progress.h"

#include <unistd.h>

#include <array>
#include <cstdio>
#include <utility>

namespace mvga::tool {
namespace {

constexpr auto kTerminalInterval = std::chrono::milliseconds(100);
constexpr auto kPlainInterval = std::chrono::seconds(10);

}  // namespace

Progress::Progress(std::string title, std::size_t total, bool quiet)
    : title_(std::move(title)),
      total_(total),
      quiet_(quiet),
      terminal_(isatty(STDERR_FILENO) != 0) {}

std::string Progress::text(std::size_t done) const {
  const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
  const double rate = static_cast<double>(done) / seconds;
  std::array<char, 200> line{};
  if (total_ == 0 || done > total_) {
    std::snprintf(line.data(), line.size(), "%s: %zu, %.1f a second", title_.c_str(), done, rate);
  } else {
    std::snprintf(line.data(), line.size(), "%s: %zu of %zu, %.1f a second, %.0f s left",
                  title_.c_str(), done, total_, rate, static_cast<double>(total_ - done) / rate);
  }
  return line.data();
}

void Progress::show(std::size_t done) {
  if (quiet_ || done == 0) return;
  const auto now = Clock::now();
  if (now - shown_ < (terminal_ ? Clock::duration(kTerminalInterval) : kPlainInterval)) return;
  shown_ = now;
  if (terminal_) {
    std::fprintf(stderr, "\r\033[K%s", text(done).c_str());
    line_open_ = true;
  } else {
    std::fprintf(stderr, "%s\n", text(done).c_str());
  }
}

void Progress::finish() {
  if (line_open_) std::fputs("\r\033[K", stderr);
  line_open_ = false;
}

}  // namespace mvga::tool
