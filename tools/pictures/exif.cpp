// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/pictures/exif.h"

namespace mvga::tool {
namespace {

constexpr std::uint32_t kOrientation = 0x112;
constexpr std::size_t kEntry = 12;  ///< bytes: tag 2, type 2, count 4, value 4

/// Numbers in the byte order that the data starts with; 0 where there are none.
class Numbers {
 public:
  explicit Numbers(Bytes exif) : exif_(exif), big_(!exif.empty() && exif[0] == 'M') {}

  std::uint32_t at(std::size_t place, std::size_t bytes) const {
    if (place > exif_.size() || exif_.size() - place < bytes) return 0;
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < bytes; ++i)
      number = number << 8 | exif_[place + (big_ ? i : bytes - 1 - i)];
    return number;
  }

 private:
  Bytes exif_;
  bool big_;
};

/// 1 to 8, as TIFF numbers them.
int orientation_in(Bytes exif) {
  const Numbers numbers(exif);
  if (numbers.at(2, 2) != 42) return 1;
  const std::size_t directory = numbers.at(4, 4);
  const std::size_t entries = numbers.at(directory, 2);
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t entry = directory + 2 + i * kEntry;
    if (numbers.at(entry, 2) != kOrientation) continue;
    const std::uint32_t orientation = numbers.at(entry + 8, 2);
    return orientation >= 2 && orientation <= 8 ? static_cast<int>(orientation) : 1;
  }
  return 1;
}

}  // namespace

void note_orientation(Bytes exif, Samples& samples) {
  samples.orientation = orientation_in(exif);
  if (samples.orientation == 1) return;
  samples.remarks.push_back(
      {Remark::Kind::turned,
       "its EXIF data asks for it to be turned; pictures are read as they are stored (heat maps "
       "are turned), so turn them in the files if they were taken in different ways"});
}

}  // namespace mvga::tool
