// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/tools/media/deep_pictures.h"

#include <png.h>
#include <tiffio.h>

#include <cstdio>
#include <fstream>
#include <string>

#include "core/base/splitmix.h"

namespace mvga::testing {
namespace {

namespace fs = std::filesystem;

class Noise {
 public:
  explicit Noise(unsigned seed) : state_(seed) {}
  /// Less than `end`.
  int below(int end) {
    return static_cast<int>(splitmix64(state_ += kSplitMixStep) % static_cast<unsigned>(end));
  }

 private:
  std::uint64_t state_;
};

constexpr auto kSide = static_cast<std::uint32_t>(kDeepSide);

std::string big_endian(const std::vector<std::uint16_t>& numbers) {
  std::string bytes;
  for (const std::uint16_t number : numbers) {
    bytes += static_cast<char>(number >> 8);
    bytes += static_cast<char>(number & 255);
  }
  return bytes;
}

void write_deep_png(const fs::path& file, const std::vector<std::uint16_t>& numbers,
                    int stated_bits) {
  FILE* out = std::fopen(file.c_str(), "wb");
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  png_init_io(png, out);
  png_set_IHDR(png, info, kSide, kSide, 16, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (stated_bits > 0) {
    png_color_8 bits{};
    bits.gray = static_cast<png_byte>(stated_bits);
    png_set_sBIT(png, info, &bits);
  }
  png_write_info(png, info);
  std::string bytes = big_endian(numbers);
  for (std::uint32_t y = 0; y < kSide; ++y)
    png_write_row(png, reinterpret_cast<png_bytep>(&bytes[std::size_t{2} * y * kSide]));
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  std::fclose(out);
}

void write_deep_tiff(const fs::path& file, std::vector<std::uint16_t> numbers, int stated_bits) {
  TIFF* tiff = TIFFOpen(file.c_str(), "w");
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, kSide);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, kSide);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 16);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
  if (stated_bits > 0) TIFFSetField(tiff, TIFFTAG_MAXSAMPLEVALUE, (1 << stated_bits) - 1);
  for (std::uint32_t y = 0; y < kSide; ++y)
    TIFFWriteScanline(tiff, &numbers[std::size_t{y} * kSide], y, 0);
  TIFFClose(tiff);
}

void write_raster(const fs::path& file, int white, const std::string& raster) {
  const std::string side = std::to_string(kSide);
  std::ofstream(file, std::ios::binary) << "P5 " << side << ' ' << side << ' ' << white << '\n'
                                        << raster;
}

}  // namespace

std::vector<std::uint8_t> camera_picture(unsigned seed, bool defect) {
  Noise noise(seed);
  std::vector<std::uint8_t> bytes;
  for (int y = 0; y < kDeepSide; ++y)
    for (int x = 0; x < kDeepSide; ++x) {
      const bool in_block = defect && x >= 16 && x < 32 && y >= 16 && y < 32;
      const int texture = 60 + 20 * (x / 4 % 3) + 15 * (y / 6 % 2);
      bytes.push_back(static_cast<std::uint8_t>((in_block ? 200 : texture) + noise.below(12)));
    }
  bytes[0] = 255;
  return bytes;
}

std::vector<std::uint16_t> deepened(const std::vector<std::uint8_t>& bytes, int bits) {
  Noise noise(1);
  std::vector<std::uint16_t> numbers;
  for (const std::uint8_t byte : bytes)
    numbers.push_back(
        static_cast<std::uint16_t>((byte << (bits - 8)) + noise.below(1 << (bits - 8))));
  return numbers;
}

void write_deep_picture(const fs::path& file, const std::vector<std::uint16_t>& numbers,
                        int stated_bits) {
  fs::create_directories(file.parent_path());
  if (file.extension() == ".png")
    write_deep_png(file, numbers, stated_bits);
  else if (file.extension() == ".tif")
    write_deep_tiff(file, numbers, stated_bits);
  else
    write_raster(file, stated_bits > 0 ? (1 << stated_bits) - 1 : 65535, big_endian(numbers));
}

void write_byte_picture(const fs::path& file, const std::vector<std::uint8_t>& bytes) {
  fs::create_directories(file.parent_path());
  write_raster(file, 255, {bytes.begin(), bytes.end()});
}

}  // namespace mvga::testing
