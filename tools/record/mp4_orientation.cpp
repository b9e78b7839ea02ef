// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/mp4_orientation.h"

#include <array>
#include <cstdint>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace mvga::tool {
namespace {

/// Of a box, or of what is in one: bytes of the file.
struct Part {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

/// Numbers are big-endian.
class Mp4 {
 public:
  explicit Mp4(const std::filesystem::path& file)
      : stream_(file, std::ios::in | std::ios::out | std::ios::binary),
        all_{0, std::filesystem::file_size(file)} {}

  const Part& all() const { return all_; }

  std::uint64_t number(std::uint64_t at, int bytes) {
    stream_.seekg(static_cast<std::streamoff>(at));
    std::uint64_t value = 0;
    for (int i = 0; i < bytes; ++i) value = value << 8 | static_cast<std::uint64_t>(stream_.get());
    return value;
  }
  /// What the first box of that name holds.
  std::optional<Part> box(const Part& in, std::string_view name) {
    for (std::uint64_t at = in.begin; at + 8 <= in.end && stream_;) {
      const bool large = number(at, 4) == 1;
      const std::uint64_t size = large ? number(at + 8, 8) : number(at, 4);
      if (size < 8 || size > in.end - at) return std::nullopt;
      std::string found(4, '\0');
      stream_.seekg(static_cast<std::streamoff>(at + 4));
      stream_.read(found.data(), 4);
      if (found == name) return Part{at + (large ? 16 : 8), at + size};
      at += size;
    }
    return std::nullopt;
  }
  void write(std::uint64_t at, std::uint32_t value) {
    stream_.seekp(static_cast<std::streamoff>(at));
    for (int shift = 24; shift >= 0; shift -= 8) stream_.put(static_cast<char>(value >> shift));
  }
  bool flush() { return static_cast<bool>(stream_.flush()); }

 private:
  std::fstream stream_;
  Part all_;
};

/// a and b, c and d, of x' = a x + c y + right, y' = b x + d y + down.
struct Matrix {
  int a, b, c, d;
};
constexpr std::array<Matrix, 9> kMatrices{{{1, 0, 0, 1},
                                           {1, 0, 0, 1},
                                           {-1, 0, 0, 1},
                                           {-1, 0, 0, -1},
                                           {1, 0, 0, -1},
                                           {0, 1, 1, 0},
                                           {0, 1, -1, 0},
                                           {0, -1, -1, 0},
                                           {0, -1, 1, 0}}};

std::uint32_t fixed_point(int number) {
  return static_cast<std::uint32_t>(number * 0x10000);
}

/// Where the header of the track has its matrix; the width and the height follow.
std::optional<std::uint64_t> place_of_matrix(Mp4& mp4) {
  const std::optional<Part> movie = mp4.box(mp4.all(), "moov");
  const std::optional<Part> track = movie ? mp4.box(*movie, "trak") : std::nullopt;
  const std::optional<Part> header = track ? mp4.box(*track, "tkhd") : std::nullopt;
  if (!header) return std::nullopt;
  const std::uint64_t place = header->begin + (mp4.number(header->begin, 1) == 1 ? 52 : 40);
  return place + 44 <= header->end ? std::optional(place) : std::nullopt;
}

}  // namespace

void set_mp4_orientation(const std::filesystem::path& file, int orientation) {
  Mp4 mp4(file);
  const std::optional<std::uint64_t> place = place_of_matrix(mp4);
  if (!place)
    throw Error(ErrorKind::unreadable, file.string() + ": has no track that could be turned");
  const Matrix& m = kMatrices.at(static_cast<std::size_t>(orientation));
  const auto width = static_cast<std::uint32_t>(mp4.number(*place + 36, 4));
  const auto height = static_cast<std::uint32_t>(mp4.number(*place + 40, 4));
  // What is turned to the left of, or above, where it was goes back there.
  const std::uint32_t right = (m.a < 0 ? width : 0) + (m.c < 0 ? height : 0);
  const std::uint32_t down = (m.b < 0 ? width : 0) + (m.d < 0 ? height : 0);
  const std::array<std::uint32_t, 9> matrix{
      fixed_point(m.a), fixed_point(m.b), 0, fixed_point(m.c), fixed_point(m.d), 0, right, down,
      1U << 30};
  for (std::size_t i = 0; i < matrix.size(); ++i) mp4.write(*place + 4 * i, matrix.at(i));
  if (!mp4.flush())
    throw Error(ErrorKind::unwritable, file.string() + ": how to turn it cannot be written");
}

}  // namespace mvga::tool
