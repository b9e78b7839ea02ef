// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What pictures and videos of all sorts become, and what is said of those that cannot be read.

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "core/base/error.h"
#include "tests/core/io/test_files.h"
#include "tests/tools/evaluation/small_dataset.h"
#include "tests/tools/media/media_fixture.h"
#include "tests/tools/media/odd_pictures.h"
#include "tests/tools/media/small_videos.h"
#include "tools/media/files.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;
using test::read_text;
using test::write_text;
using testing::contains;
using testing::OddPicture;

class Media : public testing::MediaFolder {
 protected:
  fs::path odd(OddPicture kind) const {
    testing::write_odd_picture(at("odd"), kind);
    return at("odd");
  }
};

/// Of the middle of the left and of the right half.
using TwoColours = std::array<std::array<int, 3>, 2>;

TwoColours colours_of(const fs::path& file) {
  const Frame frame = read_picture(file);
  InputReader reader({0, 0, 1, 1}, 8);
  const RgbView view = reader.read(frame);
  TwoColours colours{};
  for (int half = 0; half < 2; ++half)
    for (int c = 0; c < 3; ++c)
      colours.at(half).at(c) = view.data[4 * view.stride + (half == 0 ? 1 : 6) * 3 + c];
  return colours;
}

void expect_near(const TwoColours& seen, const TwoColours& wanted, int tolerance) {
  for (int half = 0; half < 2; ++half)
    for (int c = 0; c < 3; ++c)
      EXPECT_NEAR(seen.at(half).at(c), wanted.at(half).at(c), tolerance)
          << "half " << half << ", colour " << c;
}

constexpr TwoColours kColours{{{200, 40, 90}, {20, 160, 240}}};
constexpr TwoColours kGreys{{{94, 94, 94}, {127, 127, 127}}};

TEST_F(Media, TransparencyIsIgnored) {
  expect_near(colours_of(odd(OddPicture::rgba_png)), kColours, 0);
  expect_near(colours_of(odd(OddPicture::palette_png)), kColours, 0);
  expect_near(colours_of(odd(OddPicture::grey_alpha_png)), kGreys, 0);
}

TEST_F(Media, SixteenBitsBecomeEight) {
  expect_near(colours_of(odd(OddPicture::grey_16_png)), kGreys, 0);
  expect_near(colours_of(odd(OddPicture::rgb_16_png)), kColours, 0);
}

TEST_F(Media, GreyJpegsAreRead) {
  expect_near(colours_of(odd(OddPicture::grey_jpeg)), kGreys, 1);
}

TEST_F(Media, JpegsOfFourColoursAreRead) {
  expect_near(colours_of(odd(OddPicture::cmyk_jpeg)), kColours, 6);
}

TEST_F(Media, NothingIsTurnedWhateverExifSays) {
  for (const OddPicture kind :
       {OddPicture::turned_jpeg, OddPicture::turned_png, OddPicture::turned_webp}) {
    const Frame frame = read_picture(odd(kind));
    ASSERT_EQ(frame.remarks().size(), 1U) << "that it asks to be turned is not said";
    EXPECT_TRUE(contains(frame.remarks()[0].text, "asks for it to be turned"));
    EXPECT_EQ(frame.orientation(), 6) << "heat maps would lie on their side";
    EXPECT_EQ(frame.width(), 32);
    EXPECT_EQ(frame.height(), 24);
    expect_near(colours_of(at("odd")), kColours, 3);
  }
}

TEST_F(Media, WhatIsOddIsSaidOnceAFolder) {
  InputReader reader({0, 0, 1, 1}, 8);
  for (const char* name : {"a/1.jpg", "a/2.jpg", "b/3.jpg", "a/4.jpg"})
    testing::write_odd_picture(at(name), OddPicture::turned_jpeg);
  ::testing::internal::CaptureStderr();
  for (const char* name : {"a/1.jpg", "a/2.jpg", "b/3.jpg", "a/4.jpg"})
    reader.read(read_picture(at(name)));
  const std::string said = ::testing::internal::GetCapturedStderr();
  EXPECT_TRUE(contains(said, "a/1.jpg: ") && contains(said, "b/3.jpg: ")) << said;
  EXPECT_FALSE(contains(said, "2.jpg") || contains(said, "4.jpg")) << said;
}

/// A BMP of 24 bits, dark on the left and bright on the right.
std::string wide_bmp(std::uint32_t width, std::uint32_t height) {
  const auto number = [](std::uint32_t value) {
    std::string text;
    for (int shift = 0; shift < 32; shift += 8) text += static_cast<char>(value >> shift & 255);
    return text;
  };
  std::string rows;
  for (std::uint32_t y = 0; y < height; ++y)
    rows += std::string(width / 2 * 3, '\x28') + std::string(width / 2 * 3, '\xc8');
  return "BM" + number(0) + number(0) + number(54) + number(40) + number(width) + number(height) +
         std::string("\1\0\x18\0", 4) + std::string(24, '\0') + rows;
}

TEST_F(Media, LongSidesAreRead) {
  for (const std::uint32_t width : {16400U, 40000U, 65532U}) {
    write_text(at("wide.bmp"), wide_bmp(width, 8));
    EXPECT_EQ(read_picture(at("wide.bmp")).width(), static_cast<int>(width));
    expect_near(colours_of(at("wide.bmp")), {{{40, 40, 40}, {200, 200, 200}}}, 1);
  }
}

TEST_F(Media, MotionJpegIsAVideoByItsName) {
  odd(OddPicture::grey_jpeg);
  const std::string jpeg = read_text(at("odd"));
  write_text(at("film.mjpeg"), jpeg + jpeg + jpeg);
  write_text(at("picture.jpg"), jpeg + jpeg + jpeg);
  const auto count = [](const Frame&) { return true; };
  EXPECT_EQ(for_each_frame(at("film.mjpeg"), count), 3U);
  EXPECT_EQ(for_each_frame(at("picture.jpg"), count), 1U);
}

TEST_F(Media, SmallLabelsOfAMaskInSixteenBitsAreNotBlack) {
  const Mask mask = read_mask(odd(OddPicture::labels_16_png));
  ASSERT_EQ(mask.defect.size(), 32U * 24U);
  EXPECT_FALSE(mask.empty);
  for (std::size_t i = 0; i < mask.defect.size(); ++i)
    ASSERT_EQ(mask.defect[i], i % 32 < 16 ? 0 : 1) << "pixel " << i;
}

TEST_F(Media, SayThatAMaskIsBlack) {
  testing::write_black_mask(at("mask.png"));
  EXPECT_TRUE(read_mask(at("mask.png")).empty);
  testing::write_mask(at("mask.png"));
  EXPECT_FALSE(read_mask(at("mask.png")).empty);
}

TEST_F(Media, SayWhatIsWrongWithAPicture) {
  EXPECT_TRUE(contains(failure("none.png"), "none.png: there is no such file"));
  write_text(at("empty.png"), "");
  EXPECT_TRUE(contains(failure("empty.png"), "empty.png: the file is empty"));
  write_text(at("text.png"), "this is no picture, and long enough to be looked at");
  EXPECT_TRUE(contains(failure("text.png"), "text.png: cannot be decoded")) << failure("text.png");
}

TEST_F(Media, RefuseAPngThatBreaksOff) {
  testing::write_normal_picture(at("whole.png"), 1);
  const std::string whole = read_text(at("whole.png"));
  for (const std::size_t kept : {std::size_t{20}, whole.size() / 2, whole.size() - 20}) {
    write_text(at("cut.png"), whole.substr(0, kept));
    EXPECT_TRUE(contains(failure("cut.png"), "cut.png")) << "with " << kept << " bytes";
  }
}

TEST_F(Media, RefuseAJpegThatBreaksOff) {
  odd(OddPicture::grey_jpeg);
  const std::string whole = read_text(at("odd"));
  for (const std::size_t kept : {whole.size() - 2, whole.size() - 20, whole.size() / 2}) {
    write_text(at("cut.jpg"), whole.substr(0, kept));
    EXPECT_TRUE(contains(failure("cut.jpg"), "breaks off")) << "with " << kept << " bytes";
  }
  write_text(at("padded.jpg"), whole + std::string(1000, '\0'));
  EXPECT_EQ(failure("padded.jpg"), "no error") << "what stands after the end is nothing to it";
}

TEST_F(Media, TakeNoThumbnailsEndForThatOfTheJpeg) {
  odd(OddPicture::grey_jpeg);
  const std::string whole = read_text(at("odd"));
  const std::string thumbnail{'\xff', '\xe1', '\0', '\4', '\xff', '\xd9'};
  const std::string with_thumbnail = whole.substr(0, 2) + thumbnail + whole.substr(2);
  write_text(at("whole.jpg"), with_thumbnail);
  EXPECT_EQ(failure("whole.jpg"), "no error");
  write_text(at("cut.jpg"), with_thumbnail.substr(0, with_thumbnail.size() - 20));
  EXPECT_TRUE(contains(failure("cut.jpg"), "breaks off"));
}

TEST_F(Media, PicturesOfOtherFormatsAreRefusedByTheirNames) {
  const std::string rest(200, '\0');
  const auto icon = std::string("\0\0\1\0\1\0\x10\x10\0\0\1\0\x18\0", 14);
  for (const auto& [start, name] : std::vector<std::pair<std::string, std::string>>{
           {"GIF89a", "a GIF"},
           {std::string("\0\0\0\x20", 4) + "ftypavif", "an AVIF picture"},
           {std::string("\0\0\0\x20", 4) + "ftypheic", "a HEIC picture"},
           {std::string("\0\0\0\x20", 4) + "ftypmif1", "a HEIF picture"},
           {"\xff\x0a", "a JPEG XL picture"},
           {std::string("\0\0\0\x0cJXL \r\n\x87\n", 12), "a JPEG XL picture"},
           {std::string("\0\0\0\x0cjP  \r\n\x87\n", 12), "a JPEG 2000 picture"},
           {"\xff\x4f\xff\x51", "a JPEG 2000 picture"},
           {"Pf\n4 4\n-1.0\n", "a PAM or PFM picture"},
           {"P7\nWIDTH 4\n", "a PAM or PFM picture"},
           {icon, "an icon"},
           {"8BPS", "a Photoshop file"},
           {"\x76\x2f\x31\x01", "an OpenEXR picture"},
           {std::string(128, '\0') + "DICM", "a DICOM file"},
           {"\x93NUMPY\1", "an array of NumPy"},
           {"qoif", "a QOI picture"}})
    // As a picture, by a name of their own, and by none.
    for (const char* file : {"a.png", "a.gif", "a"}) {
      write_text(at(file), start + rest);
      const std::string said = failure(file);
      EXPECT_TRUE(contains(said, "it is " + name) && contains(said, "convert such pictures"))
          << file << ": " << said;
    }
}

std::size_t frames_of(const fs::path& file) {
  return for_each_frame(file, [](const Frame&) { return true; });
}

TEST_F(Media, CountTheFramesOfAVideoThatBreaksOff) {
  testing::write_video(at("whole.mkv"), 200);
  EXPECT_EQ(frames_of(at("whole.mkv")), 200U);
  const std::string whole = read_text(at("whole.mkv"));
  write_text(at("cut.mkv"), whole.substr(0, whole.size() / 2));
  std::size_t seen = 0;
  std::string text;
  try {
    for_each_frame(at("cut.mkv"), [&](const Frame&) { return ++seen > 0; });
  } catch (const BrokenOff& e) {
    text = e.what();
  }
  EXPECT_TRUE(seen > 50 && seen < 150) << seen;
  EXPECT_TRUE(contains(text, "cut.mkv: breaks off after " + std::to_string(seen) + " frames"))
      << text;
  EXPECT_TRUE(contains(text, "of 8.0 seconds")) << text;
}

TEST_F(Media, SayNothingOfAVideoThatNobodyWatchesToTheEnd) {
  testing::write_video(at("whole.mkv"), 200);
  EXPECT_EQ(for_each_frame(at("whole.mkv"), [](const Frame&) { return false; }), 1U);
}

TEST_F(Media, SayThatAFileHasNoFrames) {
  testing::write_sound(at("sound.wav"));
  EXPECT_TRUE(contains(failure("sound.wav"), "there is no picture or video in it"))
      << failure("sound.wav");
  testing::write_video(at("none.mkv"), 0);
  EXPECT_TRUE(contains(failure("none.mkv"), "none.mkv: ")) << failure("none.mkv");
}

TEST_F(Media, PicturesAreListedByNameAndFoldersAreNotAmongThem) {
  for (const char* name : {"b.PNG", "a.jpeg", "c.webp", "notes.txt", "d.json"})
    write_text(at(name), "");
  fs::create_directory(at("folder.png"));
  EXPECT_EQ(pictures_in(folder_.path()),
            (std::vector<std::string>{at("a.jpeg"), at("b.PNG"), at("c.webp")}));
  EXPECT_TRUE(has_pictures(folder_.path()));
  EXPECT_FALSE(has_pictures(at("folder.png")));
  EXPECT_TRUE(pictures_in(at("none")).empty());
}

}  // namespace
}  // namespace mvga::tool
