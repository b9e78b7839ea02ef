// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/pictures/netpbm.h"

#include <bit>
#include <cctype>
#include <cstring>

#include "core/base/error.h"

namespace mvga::tool {
namespace {

[[noreturn]] void fail() {
  throw Error(ErrorKind::unreadable, "the Netpbm picture is damaged, or breaks off before its end");
}

/// What is left of the text, with numbers between spaces and comments.
class Text {
 public:
  explicit Text(Bytes left) : left_(left) {}

  std::uint32_t number() {
    skip_space();
    if (!has_digit()) fail();
    std::uint32_t value = 0;
    for (; has_digit(); left_ = left_.subspan(1)) {
      if (value > 100'000'000) fail();
      value = value * 10 + (left_.front() - '0');
    }
    return value;
  }
  /// Of a bilevel picture, whose digits need no spaces.
  std::uint32_t digit() {
    skip_space();
    if (!has_digit()) fail();
    const std::uint32_t value = left_.front() - '0';
    left_ = left_.subspan(1);
    return value;
  }
  /// What comes behind one space.
  Bytes behind_space() const {
    if (left_.empty() || std::isspace(left_.front()) == 0) fail();
    return left_.subspan(1);
  }

 private:
  bool has_digit() const { return !left_.empty() && std::isdigit(left_.front()) != 0; }
  void skip_space() {
    while (!left_.empty() && (std::isspace(left_.front()) != 0 || left_.front() == '#')) {
      const bool comment = left_.front() == '#';
      do left_ = left_.subspan(1);
      while (comment && !left_.empty() && left_.front() != '\n' && left_.front() != '\r');
    }
  }
  Bytes left_;
};

/// Numbers one after the other, in rows.
class Raster {
 public:
  Raster(int kind, std::uint32_t white, const Text& text)
      : text_(text), white_(white), bilevel_(kind == 1 || kind == 4), plain_(kind <= 3) {
    if (!plain_) bytes_ = text_.behind_space();
  }

  /// Before memory is taken. Text has a character for each number, and mostly more.
  void check_size_of(std::uint64_t width, std::uint64_t height, std::uint64_t channels) const {
    if (plain_) return;
    const std::uint64_t row =
        bilevel_ ? (width + 7) / 8 : width * channels * (white_ > 255 ? 2 : 1);
    if (bytes_.size() < row * height) fail();
  }
  std::uint32_t next() {
    const std::uint32_t number = bilevel_ ? next_bit() : next_number();
    if (number > white_) fail();
    return number;
  }
  /// Bits of the next row begin with a byte of their own.
  void end_row() {
    at_ += bit_ > 0 ? 1 : 0;
    bit_ = 0;
  }

 private:
  std::uint32_t next_number() {
    if (plain_) return text_.number();
    if (white_ < 256) return bytes_[at_++];
    at_ += 2;
    return static_cast<std::uint32_t>(bytes_[at_ - 2] << 8 | bytes_[at_ - 1]);
  }
  /// 1 is black there.
  std::uint32_t next_bit() {
    if (plain_) {
      const std::uint32_t digit = text_.digit();
      return digit > 1 ? digit : 1 - digit;
    }
    const auto bit = static_cast<std::uint32_t>(bytes_[at_] >> (7 - bit_) & 1);
    if (++bit_ == 8) end_row();
    return 1 - bit;
  }

  Text text_;
  Bytes bytes_;
  std::uint32_t white_;
  bool bilevel_;
  bool plain_;
  std::size_t at_ = 0;
  int bit_ = 0;
};

void put(const Samples& samples, int y, std::size_t place, std::uint32_t number) {
  if (samples.bits == 8) {
    samples.row(y)[place] = static_cast<std::uint8_t>(number);
    return;
  }
  const auto value = static_cast<std::uint16_t>(number);
  std::memcpy(samples.row(y) + 2 * place, &value, sizeof(value));
}

}  // namespace

bool is_netpbm(Bytes start) {
  return start.size() >= 3 && start[0] == 'P' && start[1] >= '1' && start[1] <= '6' &&
         std::isspace(start[2]) != 0;
}

Samples decode_netpbm(Bytes netpbm) {
  const int kind = netpbm[1] - '0';
  Text text(netpbm.subspan(2));
  const std::uint32_t width = text.number();
  const std::uint32_t height = text.number();
  check_size(width, height);
  const std::uint32_t white = kind == 1 || kind == 4 ? 1 : text.number();
  if (white == 0 || white > UINT16_MAX) fail();
  const int channels = kind == 3 || kind == 6 ? 3 : 1;
  Raster raster(kind, white, text);
  raster.check_size_of(width, height, static_cast<std::uint64_t>(channels));
  Samples samples = make_samples(width, height, channels, white > UINT8_MAX ? 16 : 8);
  // The largest number that there is says nothing of the camera.
  if (samples.bits == 16 && white < UINT16_MAX)
    samples.stated_bits = static_cast<int>(std::bit_width(white));
  const std::uint64_t most = white > UINT8_MAX ? UINT16_MAX : UINT8_MAX;
  for (int y = 0; y < samples.height; ++y, raster.end_row())
    for (std::size_t i = 0; i < std::size_t{width} * static_cast<std::size_t>(channels); ++i)
      put(samples, y, i, static_cast<std::uint32_t>((raster.next() * most + white / 2) / white));
  return samples;
}

}  // namespace mvga::tool
