// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A bounded sample of a stream of vectors that does not depend on the order of
// the stream.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace mvga {

/// Keeps the vectors with the smallest hash ("bottom-k" sampling): a uniform
/// sample that is the same for any order of the blocks (images) and any split
/// of them into parts, hence mergeable. While the stream is shorter than the
/// capacity it is all there. The hash takes in the block and the place in it,
/// so that equal vectors, as flat parts of an image give, are not kept or
/// dropped all together. Each vector carries a tag (the group it came from), so
/// that a part can be left out later.
class VectorSample {
 public:
  VectorSample(int channels, std::size_t capacity);

  void add(const float* vectors, std::size_t rows, int tag);
  void merge(const VectorSample& other);
  /// Puts back what an earlier sample kept, in the order of its indexes.
  /// @param vectors float [hashes.size(), channels]
  /// @param seen how many vectors the earlier sample had seen
  void restore(const float* vectors, std::span<const std::uint64_t> hashes,
               std::span<const int> tags, std::uint64_t seen);
  /// Gives every vector the tag map[old tag].
  void retag(std::span<const int> map);

  int channels() const { return channels_; }
  std::size_t capacity() const { return capacity_; }
  std::size_t size() const { return keys_.size(); }
  std::uint64_t seen() const { return seen_; }
  bool complete() const { return seen_ == size(); }
  const float* vector(std::size_t index) const {
    return values_.data() + keys_[index].slot * static_cast<std::size_t>(channels_);
  }
  std::uint64_t hash(std::size_t index) const { return keys_[index].hash; }
  int tag(std::size_t index) const { return keys_[index].tag; }

 private:
  struct Key {
    std::uint64_t hash;
    std::uint32_t slot;
    std::int32_t tag;
  };
  void offer(const float* vector, std::uint64_t hash, int tag);

  int channels_;
  std::size_t capacity_;
  std::uint64_t seen_ = 0;
  std::vector<Key> keys_;  ///< a heap, largest hash first
  std::vector<float> values_;
};

}  // namespace mvga
