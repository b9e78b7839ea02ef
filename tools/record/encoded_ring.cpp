// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/encoded_ring.h"

#include <algorithm>
#include <utility>

namespace mvga::tool {

void EncodedRing::add(EncodedFrame frame) {
  if (frames_.empty() && !frame.key) return;
  bytes_ += frame.bytes();
  frames_.push_back(std::move(frame));
  while (bytes_ > most_bytes_) {
    const std::uint64_t kept = next_key_frame(begin_);
    pushed_out_ = (*this)[kept - 1].time;
    drop_until(kept);
  }
}

void EncodedRing::drop_before(GstClockTime time, std::uint64_t from) {
  for (;;) {
    const std::uint64_t next = next_key_frame(begin_);
    if (next >= end() || next > from || (*this)[next].time > time) return;
    drop_until(next);
  }
}

void EncodedRing::clear() {
  drop_until(end());
  pushed_out_.reset();
}

const EncodedFrame& EncodedRing::operator[](std::uint64_t number) const {
  return frames_[static_cast<std::size_t>(number - begin_)];
}

std::uint64_t EncodedRing::key_frame_before(GstClockTime time) const {
  std::uint64_t found = begin_;
  for (std::uint64_t i = begin_; i < end(); ++i)
    if ((*this)[i].key && (*this)[i].time <= time) found = i;
  return found;
}

const EncodedFrame& EncodedRing::shown_at(GstClockTime time) const {
  const auto found = std::find_if(frames_.begin(), frames_.end(),
                                  [&](const EncodedFrame& frame) { return frame.time >= time; });
  return found == frames_.end() ? frames_.back() : *found;
}

void EncodedRing::drop_until(std::uint64_t number) {
  for (; begin_ < number; ++begin_) {
    bytes_ -= frames_.front().bytes();
    frames_.pop_front();
  }
}

/// end() when there is none.
std::uint64_t EncodedRing::next_key_frame(std::uint64_t after) const {
  std::uint64_t next = after + 1;
  while (next < end() && !(*this)[next].key) ++next;
  return next;
}

}  // namespace mvga::tool
