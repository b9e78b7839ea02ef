// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/gaussian/vector_sample.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <random>
#include <span>
#include <utility>
#include <vector>

#include "tests/core/gaussian/random_vectors.h"

namespace mvga {
namespace {

using test::random_vectors;
using test::Rows;
using test::sample_of;

using Tagged = std::pair<std::vector<float>, int>;

// What is in the sample, in an order of its own.
std::vector<Tagged> contents(const VectorSample& sample) {
  std::vector<Tagged> vectors;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const float* v = sample.vector(i);
    vectors.emplace_back(std::vector<float>(v, v + sample.channels()), sample.tag(i));
  }
  std::sort(vectors.begin(), vectors.end());
  return vectors;
}

TEST(VectorSample, KeepsEverythingWhileItFits) {
  const Rows vectors = random_vectors(100, 5, 1);
  const VectorSample sample = sample_of(vectors, 100, 3);
  std::vector<Tagged> expected;
  for (Eigen::Index i = 0; i < vectors.rows(); ++i)
    expected.push_back({{vectors.row(i).begin(), vectors.row(i).end()}, 3});
  std::sort(expected.begin(), expected.end());
  EXPECT_TRUE(contents(sample) == expected) << "shrinkage would not be exact for few frames";
  EXPECT_TRUE(sample.complete());
}

TEST(VectorSample, StaysAtItsCapacityAndCountsWhatItSaw) {
  const Rows vectors = random_vectors(1000, 5, 2);
  const VectorSample sample = sample_of(vectors, 64);
  EXPECT_EQ(sample.size(), 64u) << "memory would grow with the stream";
  EXPECT_EQ(sample.seen(), 1000u);
  EXPECT_FALSE(sample.complete());
}

TEST(VectorSample, HoldsNothingWithoutCapacity) {
  const VectorSample sample = sample_of(random_vectors(10, 2, 3), 0);
  EXPECT_EQ(sample.size(), 0u);
  EXPECT_EQ(sample.seen(), 10u);
}

// 100 pictures of ten vectors.
constexpr int kPictures = 100;
constexpr int kPositions = 10;

VectorSample sample_of_pictures(const Rows& vectors, std::span<const int> pictures) {
  VectorSample sample(static_cast<int>(vectors.cols()), 64);
  for (const int p : pictures) sample.add(vectors.row(p * kPositions).data(), kPositions, 0);
  return sample;
}

TEST(VectorSample, IsTheSameForAnyOrderOfThePictures) {
  const Rows vectors = random_vectors(kPictures * kPositions, 5, 4);
  std::vector<int> order(kPictures);
  std::iota(order.begin(), order.end(), 0);
  const auto in_order = contents(sample_of_pictures(vectors, order));
  std::shuffle(order.begin(), order.end(), std::mt19937(5));
  EXPECT_TRUE(contents(sample_of_pictures(vectors, order)) == in_order)
      << "a model would depend on the order of its frames";
}

TEST(VectorSample, IsTheSameForAnySplitAndMerge) {
  const Rows vectors = random_vectors(kPictures * kPositions, 5, 6);
  std::vector<int> pictures(kPictures);
  std::iota(pictures.begin(), pictures.end(), 0);
  const auto whole = contents(sample_of_pictures(vectors, pictures));
  for (const std::size_t first : {1u, 30u, 50u, 99u}) {
    const std::span all(pictures);
    VectorSample merged = sample_of_pictures(vectors, all.first(first));
    merged.merge(sample_of_pictures(vectors, all.subspan(first)));
    EXPECT_TRUE(contents(merged) == whole)
        << "two parts, the first of " << first << " pictures, do not merge into the whole";
    EXPECT_EQ(merged.seen(), 1000u);
  }
}

// The numbers 0, 1, 2, ...: neighbours differ in a few bits only, so a weak
// hash would show.
TEST(VectorSample, IsSpreadEvenlyOverTheStream) {
  Rows vectors(20000, 1);
  for (int i = 0; i < 20000; ++i) vectors(i, 0) = static_cast<float>(i);
  const VectorSample sample = sample_of(vectors, 2000);
  std::array<int, 10> in_tenth{};
  for (std::size_t i = 0; i < sample.size(); ++i)
    ++in_tenth[static_cast<std::size_t>(*sample.vector(i)) / 2000];
  for (const int count : in_tenth)
    EXPECT_NEAR(count, 200, 5 * std::sqrt(200 * 0.9 * 0.9))
        << "one part of the stream is favoured by more than five standard "
           "deviations";
}

// A property of the values must not decide either: the mean of the sample is
// that of the stream.
TEST(VectorSample, HasTheMomentsOfTheStream) {
  const Rows vectors = random_vectors(20000, 1, 7);
  const VectorSample sample = sample_of(vectors, 2000);
  const Moments stream = test::moments_of(vectors);
  Moments kept(1);
  for (std::size_t i = 0; i < sample.size(); ++i) kept.add(sample.vector(i), 1);
  const double variance = stream.scatter()(0, 0) / 20000;
  EXPECT_NEAR(kept.mean()[0], stream.mean()[0], 5 * std::sqrt(variance / 2000))
      << "the sample is biased";
  EXPECT_NEAR(kept.scatter()(0, 0) / 2000 / variance, 1, 5 * std::sqrt(2.0 / 2000))
      << "the spread of the sample is not that of the stream";
}

// A white background: half of all positions give the very same vector. Kept or
// dropped all together, they would make the shrinkage of a ResNet's first level
// wrong by a quarter.
TEST(VectorSample, HoldsEqualVectorsInTheirShareOfTheStream) {
  VectorSample sample(1, 1000);
  for (int picture = 0; picture < 200; ++picture) {
    std::vector<float> positions(100, 7.0f);
    for (std::size_t i = 0; i < 50; ++i)
      positions[i] = 1000.0f + 50.0f * static_cast<float>(picture) + static_cast<float>(i);
    sample.add(positions.data(), positions.size(), 0);
  }
  int equal = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) equal += *sample.vector(i) == 7.0f;
  EXPECT_NEAR(equal, 500, 5 * std::sqrt(1000 * 0.25)) << "the sample is not uniform";
}

TEST(VectorSample, RemembersWhichGroupAVectorCameFrom) {
  const Rows vectors = random_vectors(90, 2, 8);
  VectorSample sample(2, 40);
  for (int group = 0; group < 3; ++group) sample.add(vectors.row(30 * group).data(), 30, group);
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const Rows block = vectors.middleRows(30 * sample.tag(i), 30);
    bool found = false;
    for (Eigen::Index r = 0; r < 30; ++r)
      found |= std::equal(block.row(r).begin(), block.row(r).end(), sample.vector(i));
    EXPECT_TRUE(found) << "a vector carries the tag of another group, so that "
                          "leaving out a group "
                          "would leave out the wrong vectors";
  }
}

TEST(VectorSample, RetagsEveryVector) {
  const Rows vectors = random_vectors(4, 2, 9);
  VectorSample sample(2, 40);
  for (int tag = 0; tag < 4; ++tag) sample.add(vectors.row(tag).data(), 1, tag);
  const auto before = contents(sample);
  sample.retag(std::array{0, 0, 1, 1});
  auto expected = before;
  for (Tagged& t : expected) t.second /= 2;
  std::sort(expected.begin(), expected.end());
  EXPECT_TRUE(contents(sample) == expected) << "a vector has lost its group";
}

}  // namespace
}  // namespace mvga
