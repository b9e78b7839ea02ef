// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The anomaly maps that mvga evaluate --tiff leaves, read back by libtiff.

#include "tools/maps/tiff_maps.h"

#include <gtest/gtest.h>
#include <tiffio.h>

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <vector>

#include "tests/models/temporary_folder.h"
#include "tests/tools/evaluation/small_dataset.h"
#include "tests/tools/evaluation/small_evaluation.h"
#include "tests/tools/harness/failures.h"
#include "tests/tools/harness/run_tool.h"
#include "tools/maps/tiff.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;
using testing::failure_of;
using testing::TemporaryFolder;

AnomalyMap read_tiff(const fs::path& file) {
  AnomalyMap map;
  TIFF* tiff = TIFFOpen(file.c_str(), "r");
  if (tiff == nullptr) return map;
  std::uint16_t bits = 0;
  std::uint16_t format = 0;
  TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &map.width);
  TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &map.height);
  TIFFGetField(tiff, TIFFTAG_BITSPERSAMPLE, &bits);
  TIFFGetField(tiff, TIFFTAG_SAMPLEFORMAT, &format);
  EXPECT_EQ(bits, 32);
  EXPECT_EQ(format, SAMPLEFORMAT_IEEEFP) << "the values are not taken as floats";
  map.values.resize(static_cast<std::size_t>(map.width) * map.height);
  for (int y = 0; y < map.height; ++y)
    TIFFReadScanline(tiff, map.values.data() + static_cast<std::ptrdiff_t>(y) * map.width,
                     static_cast<std::uint32_t>(y));
  TIFFClose(tiff);
  return map;
}

/// The maps as the metrics get them, by kind and number.
class Maps : public EvaluationObserver {
 public:
  void see(const Category&, const TestedPicture& tested) override {
    seen[tested.picture.kind + "/" + tested.picture.file.stem().string()] = tested.map;
  }
  std::map<std::string, AnomalyMap> seen;
};

TEST(TiffMaps, HoldTheValuesThatAreMeasured) {
  const TemporaryFolder folder;
  testing::write_category(folder / "part");
  const Category category = read_category(folder / "part");
  Maps maps;
  TiffMaps tiffs(folder / "new/maps", {category});
  const std::vector<EvaluationObserver*> observers{&maps, &tiffs};
  evaluate(category, testing::small_backbone(), testing::quiet_settings(), observers);
  ASSERT_EQ(maps.seen.size(), 7U);
  for (const auto& [name, map] : maps.seen) {
    const AnomalyMap read = read_tiff(folder / "new/maps/part/test" / (name + ".tiff"));
    EXPECT_EQ(read.width, 48) << name;
    EXPECT_EQ(read.height, 40) << name;
    EXPECT_EQ(read.values, map.values) << name;
  }
}

/// What 16 bits of IEEE 754 mean.
double half_value(std::uint16_t bits) {
  const double sign = (bits & 0x8000U) != 0 ? -1 : 1;
  const int exponent = (bits >> 10U) & 31U;
  const double fraction = (bits & 1023U) / 1024.0;
  if (exponent == 0) return sign * std::ldexp(fraction, -14);
  return sign * std::ldexp(1 + fraction, exponent - 15);
}

TEST(TiffMaps, AreAlsoOfHalfTheBits) {
  const TemporaryFolder folder;
  const AnomalyMap map{2, 3, {0, 1, -2.5F, 0.1F, 1e9F, -1e9F}};
  const std::vector<std::byte> bytes = to_half_tiff(map);
  std::ofstream(folder / "half.tiff", std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  TIFF* tiff = TIFFOpen((folder / "half.tiff").c_str(), "r");
  ASSERT_NE(tiff, nullptr);
  std::uint16_t bits = 0;
  std::uint16_t format = 0;
  TIFFGetField(tiff, TIFFTAG_BITSPERSAMPLE, &bits);
  TIFFGetField(tiff, TIFFTAG_SAMPLEFORMAT, &format);
  EXPECT_EQ(bits, 16);
  EXPECT_EQ(format, SAMPLEFORMAT_IEEEFP);
  std::vector<std::uint16_t> values(6);
  for (std::uint32_t y = 0; y < 2; ++y) TIFFReadScanline(tiff, values.data() + 3 * y, y);
  TIFFClose(tiff);
  const std::vector<double> expected{0, 1, -2.5, 0.1, 65504, -65504};
  for (std::size_t i = 0; i < 6; ++i)
    EXPECT_NEAR(half_value(values[i]), expected[i], 5e-4 * std::abs(expected[i])) << i;
}

TEST(TiffMaps, RefuseTwoPicturesWithTheSameMap) {
  const TemporaryFolder folder;
  testing::write_category(folder / "part");
  fs::copy_file(folder / "part/test/block/001.png", folder / "part/test/block/001.jpg");
  const std::vector<Category> categories{read_category(folder / "part")};
  const std::string text = failure_of([&] { TiffMaps(folder / "maps", categories); });
  EXPECT_NE(text.find("001.jpg"), std::string::npos) << text;
  EXPECT_NE(text.find("001.png"), std::string::npos) << text;
}

TEST(TiffMaps, SayBeforeTheWorkThatAFolderCannotBeMade) {
  const TemporaryFolder folder;
  testing::write_category(folder / "part");
  std::ofstream(folder / "file") << "in the way";
  const testing::Outcome outcome =
      testing::mvga("evaluate " + (folder / "part").string() + testing::small_options() +
                    "--tiff " + (folder / "file/maps").string());
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.printed.find('\n'), outcome.printed.size() - 1)
      << "more than one line, or the work was begun: " << outcome.printed;
  EXPECT_NE(outcome.printed.find((folder / "file/maps").string()), std::string::npos)
      << outcome.printed;
}

}  // namespace
}  // namespace mvga::tool
