// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Sorts of TIFF that machine vision and microscopes write, made with libtiff.

#include <gtest/gtest.h>
#include <tiffio.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/models/temporary_folder.h"
#include "tests/tools/harness/failures.h"
#include "tools/media/frames.h"
#include "tools/pictures/decode.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;
using testing::contains;
using testing::failure_of;

struct CloseTiff {
  void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};
using NewTiff = std::unique_ptr<TIFF, CloseTiff>;

constexpr std::uint32_t kWidth = 40;
constexpr std::uint32_t kHeight = 24;

/// A number for each pixel and channel, within 8 bits.
int number_of(std::uint32_t x, std::uint32_t y, int channel) {
  return static_cast<int>(x * 3 + y * 2 + static_cast<std::uint32_t>(channel) * 50) % 256;
}

class TiffPictures : public ::testing::Test {
 protected:
  fs::path file() const { return folder_ / "picture.tif"; }

  NewTiff create(int channels, int bits, int photometric, const char* mode = "w") const {
    NewTiff tiff(TIFFOpen(file().c_str(), mode));
    TIFFSetField(tiff.get(), TIFFTAG_IMAGEWIDTH, kWidth);
    TIFFSetField(tiff.get(), TIFFTAG_IMAGELENGTH, kHeight);
    TIFFSetField(tiff.get(), TIFFTAG_SAMPLESPERPIXEL, channels);
    TIFFSetField(tiff.get(), TIFFTAG_BITSPERSAMPLE, bits);
    TIFFSetField(tiff.get(), TIFFTAG_PHOTOMETRIC, photometric);
    TIFFSetField(tiff.get(), TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(tiff.get(), TIFFTAG_COMPRESSION, COMPRESSION_LZW);
    TIFFSetField(tiff.get(), TIFFTAG_ROWSPERSTRIP, 5);
    return tiff;
  }
  /// Rows of 8 or 16 bits.
  template <typename Number>
  void write(const NewTiff& tiff, int channels, int factor) const {
    for (std::uint32_t y = 0; y < kHeight; ++y) {
      std::vector<Number> row;
      for (std::uint32_t x = 0; x < kWidth; ++x)
        for (int c = 0; c < channels; ++c)
          row.push_back(static_cast<Number>(number_of(x, y, c) * factor));
      TIFFWriteScanline(tiff.get(), row.data(), y, 0);
    }
  }
  std::string failure() const {
    return failure_of([&] { read_picture(file()); });
  }
  testing::TemporaryFolder folder_;
};

/// Grey, or RGB, of 8 bits as `number_of` has it.
void expect_numbers(const Samples& samples, int channels, int shift = 0) {
  ASSERT_EQ(samples.width, static_cast<int>(kWidth));
  ASSERT_EQ(samples.height, static_cast<int>(kHeight));
  ASSERT_EQ(samples.channels, channels);
  for (int y = 0; y < samples.height; ++y)
    for (int x = 0; x < samples.width; ++x)
      for (int c = 0; c < channels; ++c) {
        const std::size_t place = static_cast<std::size_t>(x) * channels + c;
        const int number = samples.bits == 8
                               ? samples.row(y)[place]
                               : reinterpret_cast<std::uint16_t*>(samples.row(y))[place] >> shift;
        ASSERT_EQ(number, number_of(x, y, c)) << x << ", " << y << ", channel " << c;
      }
}

TEST_F(TiffPictures, SixteenBitsAreKept) {
  write<std::uint16_t>(create(3, 16, PHOTOMETRIC_RGB), 3, 257);
  expect_numbers(decode_picture(file()), 3, 8);
  EXPECT_TRUE(read_picture(file()).remarks().empty());
}

TEST_F(TiffPictures, BytesInTheOtherOrder) {
  write<std::uint16_t>(create(1, 16, PHOTOMETRIC_MINISBLACK, "wb"), 1, 257);
  expect_numbers(decode_picture(file()), 1, 8);
}

TEST_F(TiffPictures, BigTiff) {
  write<std::uint8_t>(create(3, 8, PHOTOMETRIC_RGB, "w8"), 3, 1);
  expect_numbers(decode_picture(file()), 3);
}

TEST_F(TiffPictures, ZeroMayBeWhite) {
  const NewTiff tiff = create(1, 8, PHOTOMETRIC_MINISWHITE);
  for (std::uint32_t y = 0; y < kHeight; ++y) {
    std::vector<std::uint8_t> row;
    for (std::uint32_t x = 0; x < kWidth; ++x)
      row.push_back(static_cast<std::uint8_t>(255 - number_of(x, y, 0)));
    TIFFWriteScanline(tiff.get(), row.data(), y, 0);
  }
  TIFFFlush(tiff.get());
  expect_numbers(decode_picture(file()), 1);
}

TEST_F(TiffPictures, ColoursAreNotMultipliedByTheirTransparency) {
  {
    const NewTiff tiff = create(4, 8, PHOTOMETRIC_RGB);
    const std::uint16_t unassociated = EXTRASAMPLE_UNASSALPHA;
    TIFFSetField(tiff.get(), TIFFTAG_EXTRASAMPLES, 1, &unassociated);
    write<std::uint8_t>(tiff, 4, 1);
  }
  expect_numbers(decode_picture(file()), 4);
}

TEST_F(TiffPictures, APlaneForEachColour) {
  {
    const NewTiff tiff = create(3, 8, PHOTOMETRIC_RGB);
    TIFFSetField(tiff.get(), TIFFTAG_PLANARCONFIG, PLANARCONFIG_SEPARATE);
    for (int c = 0; c < 3; ++c)
      for (std::uint32_t y = 0; y < kHeight; ++y) {
        std::vector<std::uint8_t> row;
        for (std::uint32_t x = 0; x < kWidth; ++x)
          row.push_back(static_cast<std::uint8_t>(number_of(x, y, c)));
        TIFFWriteScanline(tiff.get(), row.data(), y, static_cast<std::uint16_t>(c));
      }
  }
  expect_numbers(decode_picture(file()), 3);
}

TEST_F(TiffPictures, Tiles) {
  {
    const NewTiff tiff = create(3, 16, PHOTOMETRIC_RGB);
    TIFFSetField(tiff.get(), TIFFTAG_TILEWIDTH, 16);
    TIFFSetField(tiff.get(), TIFFTAG_TILELENGTH, 16);
    for (std::uint32_t top = 0; top < kHeight; top += 16)
      for (std::uint32_t left = 0; left < kWidth; left += 16) {
        std::vector<std::uint16_t> tile;
        for (std::uint32_t y = top; y < top + 16; ++y)
          for (std::uint32_t x = left; x < left + 16; ++x)
            for (int c = 0; c < 3; ++c)
              tile.push_back(static_cast<std::uint16_t>(number_of(x, y, c) * 257));
        TIFFWriteTile(tiff.get(), tile.data(), left, top, 0, 0);
      }
  }
  expect_numbers(decode_picture(file()), 3, 8);
}

TEST_F(TiffPictures, TwelveBitsThatAreSaidToBeTwelveAreFullRange) {
  {
    const NewTiff tiff = create(1, 12, PHOTOMETRIC_MINISBLACK);
    for (std::uint32_t y = 0; y < kHeight; ++y) {
      std::vector<std::uint8_t> row;
      for (std::uint32_t x = 0; x < kWidth; x += 2) {
        const int first = number_of(x, y, 0) << 4;
        const int second = number_of(x + 1, y, 0) << 4;
        row.push_back(static_cast<std::uint8_t>(first >> 4));
        row.push_back(static_cast<std::uint8_t>((first & 15) << 4 | second >> 8));
        row.push_back(static_cast<std::uint8_t>(second & 255));
      }
      TIFFWriteScanline(tiff.get(), row.data(), y, 0);
    }
  }
  expect_numbers(decode_picture(file()), 1, 8);
  EXPECT_TRUE(read_picture(file()).remarks().empty());
}

TEST_F(TiffPictures, TwelveBitsInSixteenAreSaidToBeDark) {
  write<std::uint16_t>(create(1, 16, PHOTOMETRIC_MINISBLACK), 1, 16);  // up to 4080
  const Frame frame = read_picture(file());
  ASSERT_EQ(frame.remarks().size(), 1U) << "contrast fell without a word";
  EXPECT_TRUE(contains(frame.remarks()[0].text, "of which 12 are used")) << frame.remarks()[0].text;
  EXPECT_TRUE(contains(frame.remarks()[0].text, "1/16 of its contrast"));
}

TEST_F(TiffPictures, TheLargestNumberOfSomeBitsIsWhiteWhereTheFileSaysSo) {
  {
    const NewTiff tiff = create(1, 16, PHOTOMETRIC_MINISBLACK);
    TIFFSetField(tiff.get(), TIFFTAG_MAXSAMPLEVALUE, 4095);
    write<std::uint16_t>(tiff, 1, 16);
  }
  expect_numbers(decode_picture(file()), 1, 8);
  EXPECT_EQ(decode_picture(file()).stated_bits, 12);
  EXPECT_TRUE(read_picture(file()).remarks().empty());
}

TEST_F(TiffPictures, WhatIsNoWhiteOrBeliedIsNotTakenForOne) {
  for (const int most : {3000, 1023}) {  // the largest of this picture; less than it has
    {
      const NewTiff tiff = create(1, 16, PHOTOMETRIC_MINISBLACK);
      TIFFSetField(tiff.get(), TIFFTAG_MAXSAMPLEVALUE, most);
      write<std::uint16_t>(tiff, 1, 16);
    }
    expect_numbers(decode_picture(file()), 1, 4);
    EXPECT_EQ(decode_picture(file()).stated_bits, 0) << most;
  }
}

/// The file has a hole of 8 GB behind the first page.
TEST_F(TiffPictures, TakeNoMemoryForWhatIsNotRead) {
  write<std::uint8_t>(create(3, 8, PHOTOMETRIC_RGB), 3, 1);
  fs::resize_file(file(), std::uintmax_t{8} << 30);
  expect_numbers(decode_picture(file()), 3);
}

TEST_F(TiffPictures, MasksKeepSmallLabelsOfSixteenBits) {
  write<std::uint16_t>(create(1, 16, PHOTOMETRIC_MINISBLACK), 1, 1);
  const Mask mask = read_mask(file());
  for (std::size_t i = 0; i < mask.defect.size(); ++i)
    ASSERT_EQ(mask.defect[i] != 0, number_of(i % kWidth, i / kWidth, 0) != 0) << "pixel " << i;
}

// By where the stored pixel at 0, 0 is seen, and those beside it.
TEST_F(TiffPictures, AreTurnedAsTheySay) {
  for (int orientation = 1; orientation <= 8; ++orientation) {
    {
      const NewTiff tiff = create(1, 8, PHOTOMETRIC_MINISBLACK);
      TIFFSetField(tiff.get(), TIFFTAG_ORIENTATION, orientation);
      write<std::uint8_t>(tiff, 1, 1);
    }
    const Samples seen = decode_picture(file());
    const bool on_its_side = orientation >= 5;
    ASSERT_EQ(seen.width, static_cast<int>(on_its_side ? kHeight : kWidth)) << orientation;
    const bool right = orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
    const bool below = orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
    const int x = right ? seen.width - 1 : 0;
    const int y = below ? seen.height - 1 : 0;
    const int along = right ? -1 : 1;
    const int down = below ? -1 : 1;
    EXPECT_EQ(seen.row(y)[x], number_of(0, 0, 0)) << orientation;
    // A row's second pixel is beside the first, or below or above it.
    EXPECT_EQ(seen.row(on_its_side ? y + down : y)[on_its_side ? x : x + along], number_of(1, 0, 0))
        << orientation;
    EXPECT_EQ(seen.row(on_its_side ? y : y + down)[on_its_side ? x + along : x], number_of(0, 1, 0))
        << orientation;
  }
}

TEST_F(TiffPictures, SayThatThereAreMorePages) {
  {
    const NewTiff tiff = create(1, 8, PHOTOMETRIC_MINISBLACK);
    write<std::uint8_t>(tiff, 1, 1);
    TIFFWriteDirectory(tiff.get());
    TIFFSetField(tiff.get(), TIFFTAG_IMAGEWIDTH, 1);
    TIFFSetField(tiff.get(), TIFFTAG_IMAGELENGTH, 1);
    TIFFSetField(tiff.get(), TIFFTAG_BITSPERSAMPLE, 8);
    TIFFSetField(tiff.get(), TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
    std::uint8_t pixel = 0;
    TIFFWriteScanline(tiff.get(), &pixel, 0, 0);
  }
  const Samples samples = decode_picture(file());
  expect_numbers(samples, 1);
  ASSERT_EQ(samples.remarks.size(), 1U);
  EXPECT_EQ(samples.remarks[0].kind, Remark::Kind::more_pages);
}

TEST_F(TiffPictures, RefuseNumbersWithoutAWhiteAndThumbnailsOfRawFiles) {
  {
    const NewTiff tiff = create(1, 32, PHOTOMETRIC_MINISBLACK);
    TIFFSetField(tiff.get(), TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_IEEEFP);
    write<float>(tiff, 1, 1);
  }
  EXPECT_TRUE(contains(failure(), "floating-point numbers") && contains(failure(), "two for all"))
      << failure();
  for (const int bits : {16, 64}) {
    {
      const NewTiff tiff = create(1, bits, PHOTOMETRIC_MINISBLACK);
      TIFFSetField(tiff.get(), TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_IEEEFP);
      write<std::uint64_t>(tiff, 1, 1);
    }
    EXPECT_TRUE(contains(failure(), "floating-point numbers")) << bits << ": " << failure();
  }
  write<std::uint32_t>(create(1, 32, PHOTOMETRIC_MINISBLACK), 1, 1);
  EXPECT_TRUE(contains(failure(), "32-bit numbers") && contains(failure(), "two for all"))
      << failure();
  {
    const NewTiff tiff = create(1, 16, PHOTOMETRIC_MINISBLACK);
    TIFFSetField(tiff.get(), TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_INT);
    write<std::int16_t>(tiff, 1, 1);
  }
  EXPECT_TRUE(contains(failure(), "signed numbers")) << failure();
  {
    const NewTiff tiff = create(3, 8, PHOTOMETRIC_RGB);
    TIFFSetField(tiff.get(), TIFFTAG_SUBFILETYPE, FILETYPE_REDUCEDIMAGE);
    write<std::uint8_t>(tiff, 3, 1);
  }
  EXPECT_TRUE(contains(failure(), "raw files of cameras")) << failure();
}

}  // namespace
}  // namespace mvga::tool
