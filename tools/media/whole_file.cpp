// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/media/whole_file.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <vector>

#include "core/base/error.h"
#include "tools/pictures/first_bytes.h"
#include "tools/pictures/regular_file.h"

namespace mvga::tool {
namespace {

using namespace std::string_view_literals;

/// A film of so many parts was made to be looked at for ever.
constexpr int kMostParts = 1 << 20;

/// What stands at a place in a file: fewer bytes at its end.
class Head {
 public:
  Head(const RegularFile& file, std::uint64_t at) : count_(file.read(at, bytes_)) {}

  Bytes bytes() const { return {bytes_.data(), count_}; }
  std::uint64_t big_endian(std::size_t at, std::size_t size) const {
    std::uint64_t number = 0;
    for (std::size_t i = at; i < at + size; ++i) number = number << 8 | bytes_.at(i);
    return number;
  }
  std::uint64_t little_endian(std::size_t at, std::size_t size) const {
    std::uint64_t number = 0;
    for (std::size_t i = at + size; i > at; --i) number = number << 8 | bytes_.at(i - 1);
    return number;
  }

 private:
  std::array<unsigned char, 32> bytes_{};
  std::size_t count_;
};

/// Boxes one after the other: a length, then four letters.
std::optional<std::uint64_t> end_of_boxes(const RegularFile& file) {
  std::uint64_t end = 0;
  for (int part = 0; part < kMostParts && end < file.size(); ++part) {
    const Head head(file, end);
    const auto is_letter = [](unsigned char c) { return std::isprint(c) != 0 || c >= 0xa9; };
    // What follows the last box need not be one.
    if (head.bytes().size() < 8 ||
        !std::all_of(head.bytes().begin() + 4, head.bytes().begin() + 8, is_letter))
      return end;
    std::uint64_t size = head.big_endian(0, 4);
    if (size == 0) return std::nullopt;  // until the end, wherever that is
    if (size == 1) size = head.big_endian(8, 8);
    if (size < 8 || size > UINT64_MAX - end) return std::nullopt;
    end += size;
  }
  return end;
}

/// EBML's numbers have their length in their first byte; all ones is a length that is not known.
struct EbmlNumber {
  std::uint64_t value = 0;
  std::size_t size = 0;
  bool known = false;
};
EbmlNumber ebml_number(const Head& head, std::size_t at) {
  const std::uint64_t first = head.big_endian(at, 1);
  std::size_t size = 1;
  while (size <= 8 && (first >> (8 - size) & 1U) == 0) ++size;
  if (size > 8) return {};
  const std::uint64_t mask = (std::uint64_t{1} << (7 * size)) - 1;
  const std::uint64_t value = head.big_endian(at, size) & mask;
  return {value, size, value != mask};
}

/// A header, then the segment with everything else.
std::optional<std::uint64_t> end_of_segment(const RegularFile& file) {
  const EbmlNumber header = ebml_number(Head(file, 0), 4);
  if (!header.known) return std::nullopt;
  const std::uint64_t segment = 4 + header.size + header.value;
  const Head head(file, segment);
  if (!has_at(head.bytes(), 0, "\x18\x53\x80\x67"sv)) return std::nullopt;
  const EbmlNumber size = ebml_number(head, 4);
  if (!size.known) return std::nullopt;
  return segment + 4 + size.size + size.value;
}

/// RIFF once, and again for each further part of a long film.
std::optional<std::uint64_t> end_of_riff(const RegularFile& file) {
  std::uint64_t end = 0;
  for (int part = 0; part < kMostParts && end < file.size(); ++part) {
    const Head head(file, end);
    if (!has_at(head.bytes(), 0, "RIFF"sv)) return end;
    const std::uint64_t size = head.little_endian(4, 4);
    if (size == 0 || size >= UINT32_MAX - 1) return std::nullopt;
    end += 8 + size;
  }
  // Not every program fills the last part up to an even length.
  return end == file.size() + 1 ? file.size() : end;
}

bool is_box(Bytes start) {
  static constexpr std::array kFirst{"ftyp"sv, "moov"sv, "mdat"sv, "wide"sv,
                                     "free"sv, "skip"sv, "styp"sv, "moof"sv};
  return std::any_of(kFirst.begin(), kFirst.end(),
                     [&](std::string_view name) { return has_at(start, 4, name); });
}

std::optional<std::uint64_t> end_of_film(const RegularFile& file) {
  const Head head(file, 0);
  if (is_box(head.bytes())) return end_of_boxes(file);
  if (has_at(head.bytes(), 0, "\x1a\x45\xdf\xa3"sv)) return end_of_segment(file);
  if (has_at(head.bytes(), 0, "RIFF"sv)) return end_of_riff(file);
  return std::nullopt;
}

}  // namespace

std::string text_of(const FileLength& length) {
  return "the file has " + std::to_string(length.there) + " of " + std::to_string(length.promised) +
         " bytes";
}

std::optional<FileLength> length_of_film(const std::filesystem::path& path) {
  try {
    const RegularFile file(path);
    const std::optional<std::uint64_t> end = end_of_film(file);
    if (!end) return std::nullopt;
    return FileLength{file.size(), *end};
  } catch (const Error&) {
    return std::nullopt;  // whoever plays it says why
  }
}

}  // namespace mvga::tool
