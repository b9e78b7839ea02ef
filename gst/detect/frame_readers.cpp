// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/frame_readers.h"

#include <utility>

namespace mvga::gst {

FrameReaders::Borrowed::Borrowed(FrameReaders& owner, std::unique_ptr<Entry> entry)
    : owner_(owner), entry_(std::move(entry)) {}

FrameReaders::Borrowed::~Borrowed() {
  const std::lock_guard lock(owner_.mutex_);
  owner_.idle_.push_back(std::move(entry_));
}

FrameReaders::Borrowed FrameReaders::borrow(const ReaderSetup& setup) {
  std::unique_ptr<Entry> entry;
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      entry = std::move(idle_.back());  // the one whose memory was used last
      idle_.pop_back();
    }
  }
  if (!entry) entry = std::make_unique<Entry>();
  if (entry->setup != setup) {
    entry->setup = {};  // of no use if what follows fails
    entry->reader.configure(*setup.video, setup.roi, setup.side, setup.bits);
    entry->setup = setup;
  }
  return {*this, std::move(entry)};
}

}  // namespace mvga::gst
