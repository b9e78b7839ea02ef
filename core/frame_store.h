// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A bounded set of pictures on disk, for looking at them a second time.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <span>
#include <vector>

#include "models/rgb_view.h"

namespace mvga {

/// Keeps up to `capacity` square pictures in an anonymous temporary file (in TMPDIR), so that
/// memory does not grow with their number. Which ones are kept depends on their content alone, not
/// on their order: those with the smallest hash.
class FrameStore {
 public:
  /// @throws Error unwritable, no_space if no temporary file can be made
  FrameStore(int side, std::size_t capacity);

  /// Offers a picture of side x side pixels. When the disk is full, the store stays at the size it
  /// has reached.
  /// @throws Error no_space, unwritable if that is less than two pictures: nothing can be
  ///         calibrated with those
  void add(const RgbView& image, int tag);
  void retag(std::span<const int> map);

  std::size_t size() const { return keys_.size(); }
  int tag(std::size_t index) const { return keys_[index].tag; }
  /// Reads a picture back: 3 * side * side bytes, rows without padding.
  /// @throws Error unreadable
  std::vector<std::uint8_t> read(std::size_t index) const;

 private:
  struct Key {
    std::uint64_t hash;
    std::uint32_t slot;
    std::int32_t tag;
  };
  struct Close {
    void operator()(std::FILE* f) const { std::fclose(f); }
  };
  bool write(const std::vector<std::uint8_t>& pixels, std::uint32_t slot);

  std::size_t side_;
  std::size_t capacity_;
  std::unique_ptr<std::FILE, Close> file_;
  std::vector<Key> keys_;  ///< a heap, largest hash first
};

}  // namespace mvga
