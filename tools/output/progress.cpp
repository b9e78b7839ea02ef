// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/output/progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

#include "core/base/printable.h"

namespace mvga::tool {
namespace {

constexpr auto kTerminalInterval = std::chrono::milliseconds(100);
constexpr auto kPlainInterval = std::chrono::seconds(10);
constexpr const char* kClearLine = "\r\033[K";

bool on_terminal() {
  return isatty(STDERR_FILENO) != 0;
}

std::size_t terminal_columns() {
  winsize size{};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

template <typename... Values>
std::string format(const char* pattern, Values... values) {
  std::array<char, 80> text{};
  std::snprintf(text.data(), text.size(), pattern, values...);
  return text.data();
}

std::string clock_time(double seconds) {
  const long whole = std::lround(seconds);
  if (whole >= 3600) return format("%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
  return format("%ld:%02ld", whole / 60, whole % 60);
}

std::string bar(double share, std::size_t width) {
  const auto full = static_cast<std::size_t>(share * static_cast<double>(width));
  return " [" + std::string(full, '#') + std::string(width - full, '.') + "]";
}

}  // namespace

std::string progress_text(const std::string& title, std::size_t done, std::size_t total,
                          double seconds, std::size_t columns) {
  constexpr std::size_t kLongestBar = 30;
  constexpr std::size_t kShortestBar = 8;
  std::string text = title + ":";
  const double rate = seconds > 0 ? static_cast<double>(done) / seconds : 0;
  const bool known = total > 0 && done <= total;
  std::string figures = known ? format(" %zu of %zu", done, total) : format(" %zu", done);
  if (rate > 0) figures += format(", %.1f a second", rate);
  if (rate > 0 && known)
    figures += ", " + clock_time(static_cast<double>(total - done) / rate) + " left";
  // The last column stays free: some terminals wrap a line that fills it.
  const std::size_t taken = text.size() + figures.size() + 4;
  if (known && columns >= taken + kShortestBar)
    text += bar(static_cast<double>(done) / static_cast<double>(total),
                std::min(kLongestBar, columns - taken));
  text += figures;
  if (columns > 0 && text.size() >= columns) text.resize(columns - 1);
  return text;
}

void say(const std::string& line) {
  std::fprintf(stderr, "%s%s\n", on_terminal() ? kClearLine : "",
               printable(line, kLongestMessage).c_str());
}

Progress::Progress(std::string title, std::size_t total, bool quiet)
    : title_(std::move(title)), total_(total), quiet_(quiet), terminal_(on_terminal()) {
  if (quiet_) return;
  print(total_ > 0 ? progress_text(title_, 0, total_, 0, terminal_ ? terminal_columns() : 0)
                   : title_ + "...");
}

void Progress::print(const std::string& text) {
  std::fprintf(stderr, terminal_ ? "\r\033[K%s" : "%s\n", text.c_str());
  line_open_ = terminal_;
}

void Progress::show(std::size_t done) {
  if (quiet_) return;
  const auto now = Clock::now();
  if (now - shown_ < (terminal_ ? Clock::duration(kTerminalInterval) : kPlainInterval)) return;
  shown_ = now;
  print(progress_text(title_, done, total_, std::chrono::duration<double>(now - start_).count(),
                      terminal_ ? terminal_columns() : 0));
}

void Progress::finish() {
  if (line_open_) std::fputs(kClearLine, stderr);
  line_open_ = false;
}

}  // namespace mvga::tool
