// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A frame reader for each thread that reads.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "core/base/box.h"
#include "gst/frames/frame_reader.h"

namespace mvga::gst {

/// What a reader is to be set up for.
struct ReaderSetup {
  std::shared_ptr<const GstVideoInfo> video;
  Box roi;
  int side = 0;
  int bits = kAllBits;  ///< in samples of 16

  bool operator==(const ReaderSetup&) const = default;
};

/// As many readers as were ever in use at the same time, each kept as it was set up last.
/// Thread-safe.
class FrameReaders {
  struct Entry {
    ReaderSetup setup;
    FrameReader reader;
  };

 public:
  /// A reader that is the caller's own for as long as this lives, as does what it reads.
  class Borrowed {
   public:
    RgbView read(GstBuffer* buffer) { return entry_->reader.read(buffer); }
    bool saturated() const { return entry_->reader.saturated(); }
    ~Borrowed();
    Borrowed(const Borrowed&) = delete;
    Borrowed& operator=(const Borrowed&) = delete;

   private:
    friend class FrameReaders;
    Borrowed(FrameReaders& owner, std::unique_ptr<Entry> entry);

    FrameReaders& owner_;
    std::unique_ptr<Entry> entry_;
  };

  /// @throws Error settings if GStreamer cannot convert such frames
  Borrowed borrow(const ReaderSetup& setup);

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<Entry>> idle_;
};

}  // namespace mvga::gst
