// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The bytes of a pickle, one after the other.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include "tools/weights/pickle.h"

namespace mvga::tool {

static_assert(std::endian::native == std::endian::little, "numbers are taken as they are");

/// All throw BadPickle at the end of the bytes.
class PickleInput {
 public:
  explicit PickleInput(std::span<const std::byte> bytes)
      : bytes_(reinterpret_cast<const char*>(bytes.data()), bytes.size()) {}

  std::string_view text(std::size_t size) {
    if (size > bytes_.size() - at_) throw BadPickle("it ends too soon");
    at_ += size;
    return bytes_.substr(at_ - size, size);
  }
  template <typename T>
  T number() {
    T value{};
    std::memcpy(&value, text(sizeof value).data(), sizeof value);
    return value;
  }
  /// Of as many bytes as the first one says.
  std::int64_t long_number() {
    const std::size_t size = number<std::uint8_t>();
    if (size > sizeof(std::int64_t)) throw BadPickle("it has a number that is too large");
    const std::string_view digits = text(size);
    const bool is_negative = !digits.empty() && (digits.back() & 0x80) != 0;
    std::int64_t value = is_negative ? -1 : 0;
    std::memcpy(&value, digits.data(), size);
    return value;
  }
  /// Without the end of the second one.
  std::string_view two_lines() {
    const std::size_t first = bytes_.find('\n', at_);
    const std::size_t second =
        first == std::string_view::npos ? first : bytes_.find('\n', first + 1);
    if (second == std::string_view::npos) throw BadPickle("it ends too soon");
    const std::string_view lines = text(second - at_);
    text(1);
    return lines;
  }
  std::size_t used() const { return at_; }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

}  // namespace mvga::tool
