// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Memory for tensors that are made anew for every image, in the same sizes each time. From the
// heap, several threads at once get memory that is fresh from the system for each: with
// EfficientNet-B4 that takes a quarter of an inference's processor time.
#pragma once

#include <cstddef>

namespace mvga {

/// What networks give back is kept for their next image, until the last of them goes.
class TensorMemory {
 public:
  /// Held by everything that runs networks. The last one takes what is kept with it; before that,
  /// each takes what nobody uses at the moment.
  class Share {
   public:
    Share();
    ~Share();
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;
  };

  /// While it lives, LibTorch's CPU tensors that are made on this thread are put here. Not those of
  /// other threads, which may be another user's of LibTorch.
  class Use {
   public:
    Use();
    ~Use();
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;

   private:
    bool before_;
  };

  /// How many blocks had to be taken from the system so far.
  static std::size_t blocks_taken();
};

}  // namespace mvga
