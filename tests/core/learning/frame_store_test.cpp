// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/learning/frame_store.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <numeric>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "tests/core/io/file_size_limit.h"

namespace mvga {
namespace {

constexpr int kSide = 6;
constexpr std::size_t kBytes = 3 * kSide * kSide;
using Pixels = std::vector<std::uint8_t>;

std::vector<Pixels> pictures(int count) {
  std::mt19937 random(1);
  std::vector<Pixels> all(static_cast<std::size_t>(count), Pixels(kBytes));
  for (Pixels& p : all)
    for (std::uint8_t& v : p) v = static_cast<std::uint8_t>(random());
  return all;
}

RgbView view(const Pixels& pixels) {
  return {pixels.data(), kSide, kSide, 3 * kSide};
}

using TaggedPictures = std::vector<std::pair<Pixels, int>>;

TaggedPictures contents(const FrameStore& store) {
  TaggedPictures all;
  for (std::size_t i = 0; i < store.size(); ++i) all.emplace_back(store.read(i), store.tag(i));
  return all;
}

bool same_in_any_order(const TaggedPictures& a, const TaggedPictures& b) {
  return std::is_permutation(a.begin(), a.end(), b.begin(), b.end());
}

TEST(FrameStore, GivesBackWhatItWasGiven) {
  FrameStore store(kSide, 20);
  TaggedPictures expected;
  int tag = 0;
  for (const Pixels& p : pictures(20)) {
    store.add(view(p), tag);
    expected.emplace_back(p, tag++);
  }
  EXPECT_TRUE(same_in_any_order(contents(store), expected))
      << "calibration would see other pictures than the fit";
}

TEST(FrameStore, LeavesOutThePaddingOfRows) {
  const Pixels tight = pictures(1)[0];
  constexpr int stride = 3 * kSide + 7;
  Pixels padded(kSide * stride, 0xee);
  for (int y = 0; y < kSide; ++y)
    std::copy_n(tight.begin() + y * 3 * kSide, 3 * kSide, padded.begin() + y * stride);
  FrameStore store(kSide, 4);
  store.add({padded.data(), kSide, kSide, stride}, 0);
  ASSERT_EQ(store.size(), 1u);
  EXPECT_EQ(store.read(0), tight);
}

TEST(FrameStore, ReadsUpsideDownPicturesByTheirNegativeStride) {
  const Pixels tight = pictures(1)[0];
  FrameStore store(kSide, 4);
  store.add({tight.data() + (kSide - 1) * 3 * kSide, kSide, kSide, -3 * kSide}, 0);
  Pixels expected(kBytes);
  for (int y = 0; y < kSide; ++y)
    std::copy_n(tight.begin() + (kSide - 1 - y) * 3 * kSide, 3 * kSide,
                expected.begin() + y * 3 * kSide);
  EXPECT_EQ(store.read(0), expected);
}

TEST(FrameStore, StaysAtItsCapacity) {
  FrameStore store(kSide, 10);
  for (const Pixels& p : pictures(200)) {
    store.add(view(p), 0);
    EXPECT_LE(store.size(), 10u) << "the disk fills with the length of the video";
  }
  EXPECT_EQ(store.size(), 10u);
}

TEST(FrameStore, KeepsTheSamePicturesForAnyOrder) {
  const std::vector<Pixels> all = pictures(200);
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), 0u);
  FrameStore in_order(kSide, 10);
  for (const std::size_t i : order) in_order.add(view(all[i]), static_cast<int>(i));
  std::shuffle(order.begin(), order.end(), std::mt19937(2));
  FrameStore shuffled(kSide, 10);
  for (const std::size_t i : order) shuffled.add(view(all[i]), static_cast<int>(i));
  EXPECT_TRUE(same_in_any_order(contents(in_order), contents(shuffled)))
      << "which pictures calibrate depends on their order, or they lose their tags";
}

TEST(FrameStore, PrefersNoPartOfTheStream) {
  FrameStore store(kSide, 400);
  int tag = 0;
  for (const Pixels& p : pictures(4000)) store.add(view(p), tag++ / 1000);
  std::array<int, 4> quarter{};
  for (std::size_t i = 0; i < store.size(); ++i) ++quarter[static_cast<std::size_t>(store.tag(i))];
  for (const int count : quarter)
    EXPECT_NEAR(count, 100, 5 * 8.3) << "more than five standard deviations from an equal share";
}

TEST(FrameStore, RetagsEveryPicture) {
  FrameStore store(kSide, 10);
  int tag = 0;
  for (const Pixels& p : pictures(4)) store.add(view(p), tag++);
  TaggedPictures expected = contents(store);
  for (auto& [pixels, t] : expected) t /= 2;
  store.retag(std::array{0, 0, 1, 1});
  EXPECT_TRUE(contents(store) == expected);
}

TEST(FrameStore, KeepsNothingWithoutCapacity) {
  FrameStore store(kSide, 0);
  store.add(view(pictures(1)[0]), 0);
  EXPECT_EQ(store.size(), 0u);
}

TEST(FrameStore, StaysAtTheSizeItHasReachedWhenTheDiskIsFull) {
  const std::vector<Pixels> all = pictures(300);
  FrameStore store(kSide, 50);
  {
    const test::FileSizeLimit limit(10 * kBytes + kBytes / 2);
    for (std::size_t i = 0; i < all.size(); ++i) store.add(view(all[i]), static_cast<int>(i));
  }
  EXPECT_EQ(store.size(), 10u) << "ten pictures had room";
  int latest = 0;
  for (std::size_t i = 0; i < store.size(); ++i) latest = std::max(latest, store.tag(i));
  EXPECT_GT(latest, 10) << "pictures that come after the disk is full have no chance any more";
  for (const auto& [pixels, tag] : contents(store))
    EXPECT_EQ(pixels, all[static_cast<std::size_t>(tag)]) << "a picture was kept in part";
}

// One picture cannot calibrate anything, and that is to be said now, not after hours of learning.
TEST(FrameStore, SaysWhenNotEvenTwoPicturesHaveRoom) {
  const std::vector<Pixels> all = pictures(2);
  FrameStore store(kSide, 50);
  store.add(view(all[0]), 0);
  const test::FileSizeLimit limit(kBytes + kBytes / 2);
  try {
    store.add(view(all[1]), 1);
    ADD_FAILURE() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::unwritable);
    EXPECT_NE(std::string(e.what()).find("TMPDIR"), std::string::npos)
        << "the text must say what to do: " << e.what();
  }
}

TEST(FrameStore, SaysWhenThereIsNoTemporaryFolder) {
  const char* before = std::getenv("TMPDIR");
  const std::optional<std::string> kept =
      before ? std::optional<std::string>(before) : std::nullopt;
  setenv("TMPDIR", "/nowhere/at/all", 1);
  try {
    FrameStore store(kSide, 4);
    ADD_FAILURE() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::unwritable);
    EXPECT_NE(std::string(e.what()).find("TMPDIR"), std::string::npos)
        << "the text must say what to do: " << e.what();
  } catch (const std::exception& e) {
    ADD_FAILURE() << "another exception than Error leaves the library: " << e.what();
  }
  if (kept)
    setenv("TMPDIR", kept->c_str(), 1);
  else
    unsetenv("TMPDIR");
}

}  // namespace
}  // namespace mvga
