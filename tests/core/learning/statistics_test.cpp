// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/learning/statistics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>
#include <vector>

#include "core/base/content_hash.h"
#include "tests/core/learning/fake_backbone.h"

namespace mvga {
namespace {

using test::FakeBackbone;

constexpr std::size_t kStored = 30;

Statistics none(std::uint64_t first = 0, std::size_t stored = kStored) {
  return {FakeBackbone().info().levels, FakeBackbone::kSide, stored, first};
}

// Of the pictures from `begin` to `end`, which know their numbers or not.
Statistics part(unsigned begin, unsigned end, bool placed = true, std::size_t stored = kStored) {
  static const FakeBackbone backbone;
  Statistics statistics = none(placed ? begin : 0, stored);
  for (unsigned i = begin; i < end; ++i) {
    const test::Pixels pixels = test::normal_picture(i);
    statistics.add(test::view_of(pixels), backbone.extract(test::view_of(pixels)));
  }
  return statistics;
}

std::vector<std::uint64_t> group_sizes(const Statistics& statistics) {
  std::vector<std::uint64_t> sizes;
  for (const FrameGroup& group : statistics.groups) sizes.push_back(group.frames);
  return sizes;
}

// The stored pictures, as hashes, with the groups they belong to, in an order of its own.
std::vector<std::pair<std::uint64_t, int>> stored(const Statistics& statistics) {
  std::vector<std::pair<std::uint64_t, int>> all;
  for (std::size_t i = 0; i < statistics.store.size(); ++i) {
    const std::vector<std::uint8_t> pixels = statistics.store.read(i);
    all.emplace_back(content_hash(pixels.data(), pixels.size()), statistics.store.tag(i));
  }
  std::sort(all.begin(), all.end());
  return all;
}

std::vector<std::pair<std::uint64_t, int>> kept(const VectorSample& sample) {
  std::vector<std::pair<std::uint64_t, int>> all;
  for (std::size_t i = 0; i < sample.size(); ++i) all.emplace_back(sample.hash(i), sample.tag(i));
  std::sort(all.begin(), all.end());
  return all;
}

void expect_same(const Statistics& found, const Statistics& whole) {
  EXPECT_EQ(found.frames, whole.frames);
  EXPECT_EQ(found.frames_a_group, whole.frames_a_group);
  ASSERT_EQ(group_sizes(found), group_sizes(whole)) << "pictures are left out in other groups";
  for (std::size_t g = 0; g < whole.groups.size(); ++g) {
    for (std::size_t l = 0; l < 2; ++l) {
      const Moments& a = found.groups[g].levels[l].pixel;
      const Moments& b = whole.groups[g].levels[l].pixel;
      EXPECT_EQ(a.count(), b.count());
      EXPECT_LT((a.mean() - b.mean()).norm(), 1e-12 * b.mean().norm()) << "group " << g;
      EXPECT_LT((a.scatter() - b.scatter()).norm(), 1e-10 * b.scatter().norm()) << "group " << g;
    }
  }
  EXPECT_TRUE(stored(found) == stored(whole)) << "another sample of pictures, or other groups";
  for (std::size_t l = 0; l < 2; ++l) {
    EXPECT_TRUE(kept(found.samples[l].image) == kept(whole.samples[l].image));
    EXPECT_TRUE(kept(found.samples[l].pixel) == kept(whole.samples[l].pixel));
    EXPECT_EQ(found.samples[l].pixel.seen(), whole.samples[l].pixel.seen());
  }
}

TEST(Statistics, OfPartsThatKnowTheirNumbersAreThoseOfTheWhole) {
  const Statistics whole = part(0, 203);
  for (const std::vector<unsigned>& borders :
       std::vector<std::vector<unsigned>>{{0, 203},
                                          {0, 67, 135, 203},
                                          {0, 1, 100, 203},
                                          {0, 5, 7, 9, 150, 202, 203},
                                          {0, 64, 128, 203}}) {
    Statistics merged = none();
    for (std::size_t i = 0; i + 1 < borders.size(); ++i)
      merged.append(part(borders[i], borders[i + 1]));
    expect_same(merged, whole);
    EXPECT_TRUE(merged.on_grid);
  }
}

TEST(Statistics, GoOnLearningAfterAPartAsAfterTheirOwnPictures) {
  Statistics merged = none();
  merged.append(part(0, 67));
  const FakeBackbone backbone;
  for (unsigned i = 67; i < 203; ++i) {
    const test::Pixels pixels = test::normal_picture(i);
    merged.add(test::view_of(pixels), backbone.extract(test::view_of(pixels)));
  }
  expect_same(merged, part(0, 203));
}

TEST(Statistics, OfPartsWithoutNumbersFitTheGridWhereTheyHappenTo) {
  Statistics merged = none();
  merged.append(part(0, 64, false));
  merged.append(part(64, 203, false));
  EXPECT_EQ(group_sizes(merged), group_sizes(part(0, 203)));
}

// Groups without a grid: still at most eight of consecutive pictures, of about the same size.
TEST(Statistics, OfPartsWithoutNumbersStayInFewGroups) {
  Statistics merged = none();
  std::uint64_t frames = 0;
  for (const unsigned size : {70U, 33U, 50U, 1U, 49U, 90U}) {
    merged.append(part(static_cast<unsigned>(frames), static_cast<unsigned>(frames) + size, false));
    frames += size;
    const std::vector<std::uint64_t> sizes = group_sizes(merged);
    EXPECT_LE(sizes.size(), Statistics::kMostGroups);
    EXPECT_EQ(std::accumulate(sizes.begin(), sizes.end(), std::uint64_t{0}), frames);
    EXPECT_EQ(merged.frames, frames);
    EXPECT_LE(*std::max_element(sizes.begin(), sizes.end()), frames / 2)
        << "hardly anything is left to learn from when the largest group is left out";
  }
  EXPECT_FALSE(merged.on_grid);
  EXPECT_GE(group_sizes(merged).size(), 4U);
}

TEST(Statistics, WithoutAGridGoOnLearningInFewGroups) {
  Statistics merged = part(0, 33, false);
  merged.append(part(33, 70, false));
  ASSERT_FALSE(merged.on_grid) << "not what is to be tested";
  const FakeBackbone backbone;
  for (unsigned i = 70; i < 400; ++i) {
    const test::Pixels pixels = test::normal_picture(i);
    merged.add(test::view_of(pixels), backbone.extract(test::view_of(pixels)));
    const std::vector<std::uint64_t> sizes = group_sizes(merged);
    ASSERT_LE(sizes.size(), Statistics::kMostGroups);
    ASSERT_GE(sizes.size(), 4U);
    ASSERT_LE(*std::max_element(sizes.begin(), sizes.end()), merged.frames / 2);
  }
}

// Every vector and picture must carry the group that really holds it, or it would be scored by
// Gaussians that have seen it. Each picture's group is found by its moments: one picture a group.
TEST(Statistics, KeepPicturesInTheGroupsThatSawThem) {
  Statistics merged = none(0, 300);
  merged.append(part(0, 33, false, 300));
  merged.append(part(33, 70, false, 300));
  const std::vector<std::uint64_t> sizes = group_sizes(merged);
  const std::vector<std::size_t> in_order = merged.store.in_order();
  ASSERT_EQ(in_order.size(), 70U);
  std::size_t next = 0;
  for (std::size_t g = 0; g < sizes.size(); ++g)
    for (std::uint64_t i = 0; i < sizes[g]; ++i, ++next) {
      EXPECT_EQ(merged.store.tag(in_order[next]), static_cast<int>(g)) << "picture " << next;
      EXPECT_EQ(merged.store.read(in_order[next]),
                test::normal_picture(static_cast<unsigned>(next)));
    }
  std::vector<std::uint64_t> vectors(sizes.size());
  for (std::size_t i = 0; i < merged.samples[0].image.size(); ++i)
    ++vectors[static_cast<std::size_t>(merged.samples[0].image.tag(i))];
  EXPECT_EQ(vectors, sizes);
}

// A part that keeps 10 of 100 pictures and one that keeps 30 of 100 give no sample of both but
// where both have everything.
TEST(Statistics, StoreAFairSampleOfPartsThatStoredDifferentShares) {
  Statistics merged = none();
  merged.append(part(0, 100, true, 10));
  const std::uint64_t bound = merged.store.bound();
  merged.append(part(100, 200, true, 30));
  EXPECT_EQ(merged.store.bound(), bound);
  EXPECT_LT(merged.store.size(), 30U) << "a third of the pictures is from each half of the hashes";
  EXPECT_GE(merged.store.size(), 10U);
}

}  // namespace
}  // namespace mvga
