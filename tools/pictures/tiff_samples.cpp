// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/pictures/tiff_samples.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace mvga::tool {
namespace {

/// A row of a plane, as libtiff unpacked it.
using TakeRow = std::function<void(int y, const std::uint8_t* row)>;

std::size_t checked(tmsize_t size) {
  constexpr tmsize_t kMost = tmsize_t{1} << 31;
  if (size <= 0 || size > kMost)
    throw Error(ErrorKind::unreadable, "the TIFF's rows or tiles are too large to be read");
  return static_cast<std::size_t>(size);
}

/// Whole strips, which libtiff unpacks faster than row by row.
void read_strips(OpenTiff& tiff, std::uint32_t height, std::uint16_t plane, const TakeRow& take) {
  const std::size_t row = checked(TIFFScanlineSize(tiff.get()));
  const std::uint32_t rows = std::min(tiff.field<std::uint32_t>(TIFFTAG_ROWSPERSTRIP), height);
  std::vector<std::uint8_t> strip(checked(TIFFStripSize(tiff.get())));
  if (rows == 0 || strip.size() < row * rows) tiff.fail();
  for (std::uint32_t top = 0; top < height; top += rows) {
    const std::uint32_t number = TIFFComputeStrip(tiff.get(), top, plane);
    if (TIFFReadEncodedStrip(tiff.get(), number, strip.data(), -1) < 0) tiff.fail();
    for (std::uint32_t r = 0; r < std::min(rows, height - top); ++r)
      take(static_cast<int>(top + r), &strip[r * row]);
  }
}

void read_tiles(OpenTiff& tiff, const TiffSamples& samples, std::uint16_t plane,
                const TakeRow& take) {
  const auto tile_width = tiff.field<std::uint32_t>(TIFFTAG_TILEWIDTH);
  const auto tile_height = tiff.field<std::uint32_t>(TIFFTAG_TILELENGTH);
  const std::size_t tile_row = checked(TIFFTileRowSize(tiff.get()));
  std::vector<std::uint8_t> tile(checked(TIFFTileSize(tiff.get())));
  const std::size_t across = (samples.width + tile_width - 1) / tile_width;
  // Tiles are as wide as whole bytes (their width is a multiple of 16), so rows of them line up.
  std::vector<std::uint8_t> band(
      checked(static_cast<tmsize_t>(across * tile_row * std::size_t{tile_height})));
  for (std::uint32_t y = 0; y < samples.height; y += tile_height) {
    for (std::size_t i = 0; i < across; ++i) {
      const auto x = static_cast<std::uint32_t>(i * tile_width);
      if (TIFFReadTile(tiff.get(), tile.data(), x, y, 0, plane) < 0) tiff.fail();
      for (std::size_t r = 0; r < tile_height; ++r)
        std::memcpy(&band[(r * across + i) * tile_row], &tile[r * tile_row], tile_row);
    }
    for (std::uint32_t r = 0; r < std::min(tile_height, samples.height - y); ++r)
      take(static_cast<int>(y + r), &band[r * across * tile_row]);
  }
}

/// A number of 8 to 16 bits in a row of them, as 8 or 16 bits of the full range.
int number_at(const std::uint8_t* row, std::size_t index, int bits) {
  if (bits == 8) return row[index];
  std::uint16_t whole = 0;
  if (bits == 16) {
    std::memcpy(&whole, row + 2 * index, 2);
    return whole;
  }
  std::uint32_t number = 0;
  for (std::size_t bit = index * static_cast<std::size_t>(bits), i = 0;
       i < static_cast<std::size_t>(bits); ++i, ++bit)
    number = number << 1 | (row[bit / 8] >> (7 - bit % 8) & 1U);
  return static_cast<int>(number << (16 - bits) | number >> (2 * bits - 16));
}

/// Into channels `first` to `last` of the picture.
void unpack(const TiffSamples& from, const std::uint8_t* row, int first, int last,
            const Samples& to, int y) {
  const int most = to.bits == 8 ? 0xff : 0xffff;
  const int stored = from.separate ? 1 : from.stored;
  for (int x = 0; x < to.width; ++x)
    for (int c = first; c < last; ++c) {
      const auto index = static_cast<std::size_t>(x) * stored + (from.separate ? 0 : c);
      int number = number_at(row, index, from.bits);
      if (from.inverted && c == 0) number = most - number;
      const std::size_t place = static_cast<std::size_t>(x) * to.channels + c;
      const auto value = static_cast<std::uint16_t>(number);
      if (to.bits == 8)
        to.row(y)[place] = static_cast<std::uint8_t>(value);
      else
        std::memcpy(to.row(y) + 2 * place, &value, 2);
    }
}

}  // namespace

Samples TiffSamples::read(OpenTiff& tiff) const {
  Samples samples = make_samples(width, height, channels, bits == 8 ? 8 : 16);
  if (bits > 8 && bits < 16) samples.stated_bits = bits;
  const bool as_it_is = !separate && !inverted && stored == channels && (bits == 8 || bits == 16);
  const std::size_t row_size = static_cast<std::size_t>(width) * channels * samples.bits / 8;
  for (int plane = 0; plane < (separate ? channels : 1); ++plane) {
    const TakeRow take = [&](int y, const std::uint8_t* row) {
      if (as_it_is)
        std::memcpy(samples.row(y), row, row_size);
      else
        unpack(*this, row, plane, separate ? plane + 1 : channels, samples, y);
    };
    if (TIFFIsTiled(tiff.get()) != 0)
      read_tiles(tiff, *this, static_cast<std::uint16_t>(plane), take);
    else
      read_strips(tiff, height, static_cast<std::uint16_t>(plane), take);
  }
  return samples;
}

std::optional<TiffSamples> plain_samples(const OpenTiff& tiff) {
  std::uint16_t photometric = 0;
  if (TIFFGetField(tiff.get(), TIFFTAG_PHOTOMETRIC, &photometric) == 0) return std::nullopt;
  const bool grey = photometric == PHOTOMETRIC_MINISBLACK || photometric == PHOTOMETRIC_MINISWHITE;
  const int stored = tiff.field<std::uint16_t>(TIFFTAG_SAMPLESPERPIXEL);
  const int bits = tiff.field<std::uint16_t>(TIFFTAG_BITSPERSAMPLE);
  if (bits < 8 || bits > 16 || (!grey && photometric != PHOTOMETRIC_RGB)) return std::nullopt;
  const int colours = grey ? 1 : 3;
  if (stored < colours || stored > (grey ? 2 : 16))
    throw Error(ErrorKind::unreadable, "the TIFF has " + std::to_string(stored) +
                                           " numbers a pixel, which is neither grey nor RGB");
  return TiffSamples{tiff.field<std::uint32_t>(TIFFTAG_IMAGEWIDTH),
                     tiff.field<std::uint32_t>(TIFFTAG_IMAGELENGTH),
                     std::min(stored, colours + 1),
                     stored,
                     bits,
                     photometric == PHOTOMETRIC_MINISWHITE,
                     tiff.field<std::uint16_t>(TIFFTAG_PLANARCONFIG) == PLANARCONFIG_SEPARATE};
}

}  // namespace mvga::tool
