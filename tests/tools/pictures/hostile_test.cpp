// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Files that are made to take memory, to take for ever, or to be something else than they seem.

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <string>
#include <thread>
#include <utility>

#include "tests/core/io/test_files.h"
#include "tests/tools/media/media_fixture.h"
#include "tools/pictures/decode.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;
using test::write_text;
using testing::contains;
using testing::failure_of;

using HostilePictures = testing::MediaFolder;

std::string big_endian(std::uint32_t number) {
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8) text += static_cast<char>(number >> shift & 255);
  return text;
}

std::string little_endian(std::uint32_t number) {
  std::string text = big_endian(number);
  return {text.rbegin(), text.rend()};
}

std::string chunk(const std::string& kind, const std::string& data) {
  std::uint32_t sum = 0xffffffff;
  for (const char c : kind + data) {
    sum ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) sum = sum >> 1 ^ (sum % 2 != 0 ? 0xedb88320 : 0);
  }
  return big_endian(static_cast<std::uint32_t>(data.size())) + kind + data + big_endian(~sum);
}

std::string png_of(std::uint32_t width, std::uint32_t height) {
  return std::string("\x89PNG\r\n\x1a\n") +
         chunk("IHDR", big_endian(width) + big_endian(height) + std::string("\x08\x02\0\0\0", 5)) +
         chunk("IDAT", std::string(1000, 'x'));
}

std::string bmp_of(std::uint32_t width, std::uint32_t height) {
  return "BM" + little_endian(1000) + little_endian(0) + little_endian(54) + little_endian(40) +
         little_endian(width) + little_endian(height) + std::string("\1\0\x18\0", 4) +
         std::string(1000, '\0');
}

std::string jpeg_of(std::uint32_t width, std::uint32_t height) {
  return std::string("\xff\xd8\xff\xc0\0\x0b\x08", 7) + big_endian(height).substr(2) +
         big_endian(width).substr(2) + std::string("\1\1\x11\0", 4) +
         std::string("\xff\xda\0\x08\1\1\0\0\x3f\0", 10) + std::string(1000, 'x');
}

/// An entry of a TIFF's directory: a number.
std::string entry(int tag, std::uint32_t value) {
  return std::string{static_cast<char>(tag & 255), static_cast<char>(tag >> 8)} +
         std::string("\4\0\1\0\0\0", 6) + little_endian(value);
}

std::string tiff_of(std::uint32_t width, std::uint32_t height) {
  return std::string("II*\0\x08\0\0\0\x08\0", 10) + entry(256, width) + entry(257, height) +
         entry(258, 8) + entry(259, 1) + entry(262, 1) + entry(273, 8) + entry(278, height) +
         entry(279, 1000) + std::string(1000, '\0');
}

std::string webp_of(std::uint32_t width, std::uint32_t height) {
  const std::string canvas = little_endian(0).substr(0, 4) + little_endian(width - 1).substr(0, 3) +
                             little_endian(height - 1).substr(0, 3);
  return "RIFF" + little_endian(1000) + "WEBPVP8X" + little_endian(10) + canvas +
         std::string(978, '\0');
}

long most_kilobytes_used() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

TEST_F(HostilePictures, TakeNoMemoryForWhatAHeaderPromises) {
  const long before = most_kilobytes_used();
  for (const auto& [name, contents] :
       {std::pair("bomb.png", png_of(60000, 60000)), std::pair("bomb.bmp", bmp_of(60000, 60000)),
        std::pair("bomb.jpg", jpeg_of(60000, 60000)), std::pair("bomb.tif", tiff_of(60000, 60000)),
        std::pair("wide.png", png_of(1'000'000, 1)), std::pair("wide.tif", tiff_of(1'000'000, 1)),
        std::pair("most.png", png_of(0x7fffffff, 0x7fffffff))}) {
    write_text(at(name), contents);
    EXPECT_TRUE(contains(failure(name), std::string(name) + ": cannot be decoded"))
        << failure(name);
    EXPECT_TRUE(contains(failure(name), "the limit is 65535 a side and 268435456"))
        << failure(name);
  }
  // libwebp knows a limit of its own, 16383 a side; what is larger has no header it would take.
  write_text(at("bomb.webp"), webp_of(60000, 60000));
  EXPECT_NE(failure("bomb.webp"), "no error");
  EXPECT_LT(most_kilobytes_used() - before, 100'000) << "memory was taken for a header";
}

/// Of 8 bits and run lengths.
std::string runs_bmp_of(std::uint32_t width, std::uint32_t height, const std::string& runs) {
  return "BM" + little_endian(1000) + little_endian(0) + little_endian(54 + 8) + little_endian(40) +
         little_endian(width) + little_endian(height) + std::string("\1\0\x08\0", 4) +
         little_endian(1) + little_endian(0) + little_endian(0) + little_endian(0) +
         little_endian(2) + little_endian(0) + std::string("\0\0\0\0abc\0", 8) + runs;
}

TEST_F(HostilePictures, RunLengthsThatEndTooSoonOrAreTooLongAreErrors) {
  const std::string row("\4\1\0\0", 4);
  write_text(at("whole.bmp"), runs_bmp_of(4, 2, row + row + std::string("\0\1", 2)));
  EXPECT_EQ(failure("whole.bmp"), "no error");
  for (const std::string& runs : {std::string(), row, row + "\4", std::string("\5\1\0\0\0\1", 6),
                                  std::string("\0\5\1\1\1\1\1\1\0\1", 10)}) {
    write_text(at("part.bmp"), runs_bmp_of(4, 2, runs));
    EXPECT_TRUE(contains(failure("part.bmp"), "part.bmp: cannot be decoded: the BMP is damaged"))
        << runs.size() << " bytes of runs: " << failure("part.bmp");
  }
}

TEST_F(HostilePictures, APictureWithoutPixelsIsNone) {
  write_text(at("none.bmp"), bmp_of(0, 10));
  EXPECT_TRUE(contains(failure("none.bmp"), "without pixels")) << failure("none.bmp");
}

TEST_F(HostilePictures, WhatIsNoFileIsNotWaitedFor) {
  mkfifo(at("pipe.png").c_str(), 0600);
  mkfifo(at("pipe.mkv").c_str(), 0600);
  fs::create_directory(at("folder.png"));
  fs::create_symlink("/dev/zero", at("device.png"));
  fs::create_symlink("nowhere", at("nowhere.png"));
  write_text(at("empty.png"), "");
  EXPECT_TRUE(contains(failure("pipe.png"), "pipe.png: is a pipe or a device"));
  EXPECT_TRUE(contains(failure("pipe.mkv"), "pipe.mkv: is a pipe or a device"));
  EXPECT_TRUE(contains(failure("folder.png"), "folder.png: is a folder"));
  EXPECT_TRUE(contains(failure("device.png"), "device.png: is a pipe or a device"));
  EXPECT_TRUE(contains(failure("nowhere.png"), "nowhere.png: there is no such file"));
  EXPECT_TRUE(contains(failure("empty.png"), "empty.png: the file is empty"));
  for (const char* name : {"pipe.png", "folder.png", "device.png", "empty.png"})
    EXPECT_NE(failure_of([&] { read_mask(at(name)); }), "no error") << name;
}

/// Another program writes the file anew, as cameras that always use one name do.
TEST_F(HostilePictures, AFileThatBecomesShorterWhileItIsReadEndsNothing) {
  for (const std::string& contents :
       {png_of(2000, 2000) + std::string(4'000'000, 'x'), bmp_of(1000, 1000),
        tiff_of(2000, 500) + std::string(1'000'000, 'x')}) {
    const std::string name = "changing.png";
    std::atomic<bool> over = false;
    write_text(at(name), contents);
    std::thread writer([&] {
      while (!over) {
        truncate(at(name).c_str(), 200);
        truncate(at(name).c_str(), static_cast<off_t>(contents.size()));
      }
    });
    for (int i = 0; i < 200; ++i) failure(name);
    over = true;
    writer.join();
  }
  SUCCEED() << "the program is still there";
}

TEST_F(HostilePictures, AFileThatIsLargerThanAnyPictureIsAnError) {
  write_text(at("large.png"), png_of(64, 64));
  fs::resize_file(at("large.png"), std::uintmax_t{8} << 30);
  EXPECT_TRUE(contains(failure("large.png"), "larger than any picture")) << failure("large.png");
}

TEST_F(HostilePictures, GarbageIsAnError) {
  std::string garbage;
  for (int i = 0; i < 5000; ++i) garbage += static_cast<char>(i * i * 7 + i / 3);
  for (const std::string& start :
       {png_of(64, 64), bmp_of(64, 64), jpeg_of(64, 64), tiff_of(64, 64), webp_of(64, 64)})
    for (const std::size_t kept : {std::size_t{12}, std::size_t{40}, std::size_t{200}}) {
      write_text(at("garbage"), start.substr(0, kept) + garbage);
      // Without compression and with a whole header, any bytes that are enough are pixels.
      if ((start[0] == 'B' && kept > 54) || (start[0] == 'I' && kept > 110)) continue;
      EXPECT_TRUE(contains(failure("garbage"), "garbage: ")) << start.substr(0, 4) << kept;
    }
}

}  // namespace
}  // namespace mvga::tool
