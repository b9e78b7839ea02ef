// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/gaussian/vector_sample.h"

#include <algorithm>

#include "core/base/content_hash.h"

namespace mvga {
VectorSample::VectorSample(int channels, std::size_t capacity)
    : channels_(channels), capacity_(capacity) {
  // Growing step by step would copy, and for a moment hold twice the memory.
  values_.reserve(capacity * static_cast<std::size_t>(channels));
}

void VectorSample::add(const float* vectors, std::size_t rows, int tag) {
  const std::size_t size = sizeof(float) * static_cast<std::size_t>(channels_);
  // Flat parts of an image give the very same vector many times. Each must
  // have its own chance, so that the sample stays uniform: the hash takes in
  // the whole block and the place in it.
  std::vector<std::uint64_t> hashes(rows);
  for (std::size_t i = 0; i < rows; ++i)
    hashes[i] = content_hash(vectors + i * static_cast<std::size_t>(channels_), size);
  const std::uint64_t block = content_hash(hashes.data(), rows * sizeof hashes[0]);
  for (std::size_t i = 0; i < rows; ++i) {
    const std::uint64_t key[] = {hashes[i], block, i};
    offer(vectors + i * static_cast<std::size_t>(channels_), content_hash(key, sizeof key), tag);
  }
  seen_ += rows;
}

void VectorSample::merge(const VectorSample& other) {
  for (const Key& key : other.keys_)
    offer(other.values_.data() + key.slot * static_cast<std::size_t>(channels_), key.hash, key.tag);
  seen_ += other.seen_;
}

void VectorSample::restore(const float* vectors, std::span<const std::uint64_t> hashes,
                           std::span<const int> tags, std::uint64_t seen) {
  for (std::size_t i = 0; i < hashes.size(); ++i)
    offer(vectors + i * static_cast<std::size_t>(channels_), hashes[i], tags[i]);
  seen_ += seen;
}

void VectorSample::retag(std::span<const int> map) {
  for (Key& key : keys_) key.tag = map[static_cast<std::size_t>(key.tag)];
}

void VectorSample::offer(const float* vector, std::uint64_t hash, int tag) {
  const auto smaller = [](const Key& a, const Key& b) { return a.hash < b.hash; };
  std::uint32_t slot = 0;
  if (keys_.size() < capacity_) {
    slot = static_cast<std::uint32_t>(keys_.size());
    values_.resize(values_.size() + static_cast<std::size_t>(channels_));
  } else {
    if (capacity_ == 0 || hash >= keys_.front().hash) return;
    std::pop_heap(keys_.begin(), keys_.end(), smaller);
    slot = keys_.back().slot;
    keys_.pop_back();
  }
  std::copy_n(vector, channels_, values_.begin() + slot * static_cast<std::size_t>(channels_));
  keys_.push_back({hash, slot, tag});
  std::push_heap(keys_.begin(), keys_.end(), smaller);
}

}  // namespace mvga
