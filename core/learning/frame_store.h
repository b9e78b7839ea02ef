// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A bounded set of images on disk, for looking at them a second time.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <span>
#include <vector>

#include "core/features/rgb_view.h"

namespace mvga {

/// Keeps up to `capacity` square images in an anonymous temporary file (in TMPDIR), so that
/// memory does not grow with their number. Which ones are kept depends on their content alone, not
/// on their order: those with the smallest hash. So stores of parts merge into that of the whole.
class FrameStore {
 public:
  /// @throws Error unwritable, no_space if no temporary file can be made
  FrameStore(int side, std::size_t capacity);

  /// Offers an image of side x side pixels. When the disk is full, the store stays at the size it
  /// has reached.
  /// @throws Error no_space, unwritable if that is less than two images: nothing can be
  ///         calibrated with those
  void add(const RgbView& image, int tag);
  /// Takes the image only if no other has to go for it.
  /// @return whether it did; if not, it may still be offered with add
  bool add_if_room(const RgbView& image, int tag);
  void retag(std::span<const int> map);
  /// Takes in what another store kept. Its images keep their tags.
  /// @throws Error as add and read
  void merge(const FrameStore& other);
  /// Forgets the images whose hash is not below `bound`, and takes none of them in later: a store
  /// that keeps more of one part than of another is no fair sample.
  void keep_below(std::uint64_t bound);

  std::size_t capacity() const { return capacity_; }
  std::size_t size() const { return keys_.size(); }
  /// Every image with a smaller hash is there.
  std::uint64_t bound() const { return bound_; }
  /// Every image at all.
  bool complete() const { return bound_ == UINT64_MAX; }
  /// The indexes in the order in which the images came.
  std::vector<std::size_t> in_order() const;
  int tag(std::size_t index) const { return keys_[index].tag; }
  /// Reads an image back: 3 * side * side bytes, rows without padding.
  /// @throws Error unreadable
  std::vector<std::uint8_t> read(std::size_t index) const;

 private:
  struct Key {
    std::uint64_t hash;
    std::uint64_t place;  ///< among those that were offered
    std::uint32_t slot;
    std::int32_t tag;
  };
  static bool smaller(const Key& a, const Key& b) { return a.hash < b.hash; }
  struct Close {
    void operator()(std::FILE* f) const { std::fclose(f); }
  };
  std::vector<std::uint8_t> without_padding(const RgbView& image) const;
  bool write(const std::vector<std::uint8_t>& pixels, std::uint32_t slot);
  void offer(const std::vector<std::uint8_t>& pixels, int tag, std::uint64_t place);
  bool append(const std::vector<std::uint8_t>& pixels, Key key);
  void replace_largest(const std::vector<std::uint8_t>& pixels, Key key);

  std::size_t side_;
  std::size_t capacity_;
  std::unique_ptr<std::FILE, Close> file_;
  std::vector<Key> keys_;  ///< a heap, largest hash first
  std::vector<std::uint32_t> free_slots_;
  std::uint64_t offered_ = 0;
  std::uint64_t bound_ = UINT64_MAX;
};

}  // namespace mvga
