// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What the bytes of a fuzzer say, one after the other: what is put in or taken out in one place
// leaves the rest as it was.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

namespace mvga::fuzz {

/// Behind its end all is zero. It can be written by hand: '0' is 0, texts end with ';'.
class Script {
 public:
  Script(const std::uint8_t* data, std::size_t size) : at_(data), end_(data + size) {}

  bool over() const { return at_ == end_; }
  std::uint8_t byte() { return over() ? 0 : *at_++; }
  /// 0 to n - 1
  unsigned below(unsigned n) { return static_cast<std::uint8_t>(byte() - '0') % n; }
  bool flip() { return below(2) != 0; }

  template <typename T, std::size_t count>
  const T& pick(const T (&values)[count]) {
    return values[below(count)];
  }
  template <typename T, std::size_t count>
  const T& pick(const std::array<T, count>& values) {
    return values[below(count)];
  }

  std::string text() {
    std::string text;
    while (!over()) {
      const char c = static_cast<char>(byte());
      if (c == ';') break;
      text += c;
    }
    return text;
  }

  /// One of those at which programs break, or any.
  std::uint64_t whole_number() {
    constexpr std::uint64_t kOdd[] = {0,
                                      1,
                                      2,
                                      7,
                                      16,
                                      100,
                                      1000,
                                      1'000'000'000,
                                      0x7fffffff,
                                      0x80000000,
                                      0xffffffff,
                                      0x7fffffffffffffff,
                                      0x8000000000000000,
                                      0xfffffffffffffffe,
                                      0xffffffffffffffff};
    const unsigned which = below(std::size(kOdd) + 1);
    return which < std::size(kOdd) ? kOdd[which] : four_bytes();
  }

  double real_number() {
    using Limits = std::numeric_limits<double>;
    constexpr double kOdd[] = {0,
                               0.5,
                               1,
                               -1,
                               0.001,
                               0.01,
                               1e-300,
                               Limits::max(),
                               Limits::lowest(),
                               Limits::infinity(),
                               -Limits::infinity(),
                               Limits::quiet_NaN()};
    const unsigned which = below(std::size(kOdd) + 1);
    return which < std::size(kOdd) ? kOdd[which] : four_bytes() / 65536.0;
  }

 private:
  std::uint32_t four_bytes() {
    std::uint32_t number = 0;
    for (int i = 0; i < 4; ++i) number = number << 8 | byte();
    return number;
  }

  const std::uint8_t* at_;
  const std::uint8_t* end_;
};

}  // namespace mvga::fuzz
