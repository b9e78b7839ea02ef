// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Pixels are those that Pillow decodes, which most who train with pictures read them with.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include "tests/gst/harness/run_command.h"
#include "tests/models/temporary_folder.h"
#include "tools/media/frames.h"
#include "tools/pictures/decode.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

/// Width and height, a line each, then rows of RGB.
std::string contents_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// The same of a frame.
std::string as_rgb(const Frame& frame) {
  std::ostringstream text;
  text << frame.width() << '\n' << frame.height() << '\n';
  GstMapInfo map;
  gst_buffer_map(frame.buffer(), &map, GST_MAP_READ);
  const int stride = GST_VIDEO_INFO_PLANE_STRIDE(&frame.info(), 0);
  for (int y = 0; y < frame.height(); ++y)
    text.write(reinterpret_cast<const char*>(map.data) + static_cast<std::ptrdiff_t>(y) * stride,
               static_cast<std::streamsize>(frame.width()) * 3);
  gst_buffer_unmap(frame.buffer(), &map);
  return text.str();
}

/// The largest difference of two such texts, -1 if the sizes differ.
int difference(const std::string& a, const std::string& b) {
  if (a.size() != b.size()) return -1;
  int most = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    most = std::max(most,
                    std::abs(static_cast<unsigned char>(a[i]) - static_cast<unsigned char>(b[i])));
  return most;
}

class Pillow : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto made = testing::run_command(testing::setting("MVGA_PILLOW_PICTURES") + " " +
                                           folder_.path().string());
    if (made.code == 77) GTEST_SKIP() << "there is no Pillow (python3-pil)";
    ASSERT_EQ(made.code, 0) << made.printed;
  }
  testing::TemporaryFolder folder_;
};

TEST_F(Pillow, DecodesTheSamePixels) {
  int compared = 0;
  for (const auto& entry : fs::directory_iterator(folder_.path())) {
    if (entry.path().extension() != ".rgb") continue;
    const fs::path picture = fs::path(entry.path()).replace_extension();
    const std::string seen = as_rgb(read_picture(picture));
    // libtiff's inks are rounded in another way.
    const int tolerance = picture.filename() == "cmyk.tif" ? 1 : 0;
    const int seen_difference = difference(seen, contents_of(entry.path()));
    EXPECT_TRUE(seen_difference >= 0 && seen_difference <= tolerance)
        << picture.filename() << " differs by " << seen_difference << " levels (-1: in its size)";
    ++compared;
  }
  EXPECT_GT(compared, 38) << "pictures are missing";
}

TEST_F(Pillow, PicturesBehindTheFirstAreNoFrames) {
  EXPECT_EQ(for_each_frame(folder_ / "two_pictures.jpg", [](const Frame&) { return true; }), 1U);
}

TEST_F(Pillow, NothingIsLeftOfWhatBreaksOff) {
  int cut = 0;
  for (const auto& entry : fs::directory_iterator(folder_.path())) {
    if (entry.path().extension() == ".rgb") continue;
    const std::string whole = contents_of(entry.path());
    const bool two = entry.path().filename() == "two_pictures.jpg";
    for (const double share : {0.1, 0.3, 0.6, 0.85}) {
      // The second picture of two may be missing.
      if (two && share > 0.5) continue;
      const auto kept = static_cast<std::size_t>(share * static_cast<double>(whole.size()));
      EXPECT_THROW(
          decode_picture(Bytes(reinterpret_cast<const unsigned char*>(whole.data()), kept)), Error)
          << entry.path().filename() << " with " << kept << " of " << whole.size() << " bytes";
      ++cut;
    }
  }
  EXPECT_GT(cut, 100);
}

/// As far as the format tells: what is not compressed has no checks, JPEG's codes few, and libtiff
/// does not compare the sums of deflated data.
TEST_F(Pillow, NothingIsLeftOfWhatIsOverwritten) {
  for (const char* name : {"rgb.png", "interlaced.png", "grey_16.png", "sampling_0.jpg",
                           "coarse.jpg", "tiff_lzw.tif"}) {
    std::string damaged = contents_of(folder_ / name);
    std::fill_n(damaged.begin() + static_cast<std::ptrdiff_t>(damaged.size() * 2 / 3), 60, '\0');
    EXPECT_THROW(decode_picture(
                     Bytes(reinterpret_cast<const unsigned char*>(damaged.data()), damaged.size())),
                 Error)
        << name;
  }
}

}  // namespace
}  // namespace mvga::tool
