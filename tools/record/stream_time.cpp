// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/stream_time.h"

#include <algorithm>
#include <cstdlib>

namespace mvga::tool {
namespace {

using Time = StreamTime::Time;

constexpr Time kMillisecond = 1'000'000;
constexpr Time kSecond = 1'000 * kMillisecond;

/// Where a source may begin without being moved to 0.
constexpr Time kLatestBeginning = 10 * kSecond;
/// A gap in a stream of unknown pace.
constexpr Time kLongestFirstGap = 10 * kSecond;
/// A gap that may be one, where frames are closer than that.
constexpr Time kLongestGap = 2 * kSecond;
constexpr Time kLongestGapInFrames = 5;
/// By which a clock may tremble.
constexpr Time kJitter = kSecond / 2;
/// Frames that a decoder may hold back to bring them into order: of all standards.
constexpr Time kMostReordered = 16;
constexpr Time kUsualInterval = kSecond / 25;
/// Between decoding and showing a frame; more is an error.
constexpr Time kLongestDelay = 10 * kSecond;

/// PTS, for parsers make DTS up where there are none.
std::optional<Time> said_of(const StreamTime::Stamp& stamp) {
  return stamp.shown ? stamp.shown : stamp.decoded;
}

}  // namespace

StreamTime::Placed StreamTime::place(const Stamp& stamp, Time arrival) {
  jump_.reset();
  const Time waited = front_ ? std::max<Time>(arrival - arrival_, 0) : 0;
  arrival_ = arrival;
  if (!front_) return begin(stamp);
  const Time next = expected(waited);
  const std::optional<Time> said = said_of(stamp);
  if (!said || repeats(*said)) {
    front_ = next;
    return {next, std::nullopt};
  }
  if (!fits(*said, offset_, waited)) {
    if (last_offset_ && fits(*said, *last_offset_, waited)) {
      anchor(*last_offset_);
    } else {
      jump_ = Jump{next, *said + offset_ - next};
      anchor(next - *said);
    }
  }
  recent_.push_back(*said);
  if (recent_.size() > kMostReordered + 1) recent_.pop_front();
  ++frames_at_offset_;
  Time reference = *said + offset_;
  if (!pace_.reorders && reference <= *front_) reference = *front_ + kMillisecond;
  const Time step = reference - *front_;
  if (step > 0) {
    front_ = reference;
    step_ = std::min(step, kLongestFirstGap);
  }
  return placed(stamp, reference);
}

/// At the source's own time where that is near 0, so that a film's times are those of its file.
StreamTime::Placed StreamTime::begin(const Stamp& stamp) {
  const std::optional<Time> said = said_of(stamp);
  const Time first = said.value_or(0);
  offset_ = std::abs(first) <= kLatestBeginning ? 0 : -first;
  frames_at_offset_ = 1;
  if (said) recent_.push_back(*said);
  front_ = first + offset_;
  return placed(stamp, *front_);
}

StreamTime::Placed StreamTime::placed(const Stamp& stamp, Time reference) {
  Placed placed{std::max<Time>(reference, 0), std::nullopt};
  if (!stamp.shown || !stamp.decoded) return placed;
  const Time delay = *stamp.shown - *stamp.decoded;
  if (delay >= 0 && delay <= kLongestDelay) placed.decoded = reference - delay;
  return placed;
}

/// No two frames have one time: who says so does not know it.
bool StreamTime::repeats(Time reference) const {
  return std::find(recent_.begin(), recent_.end(), reference) != recent_.end();
}

bool StreamTime::fits(Time reference, Time offset, Time waited) const {
  const Time ahead = reference + offset - *front_;
  if (ahead >= 0) return ahead <= longest_gap(waited);
  return pace_.reorders ? reordered(reference, offset) : -ahead <= kJitter;
}

/// A frame that is shown before others that came in earlier. A decoder holds no more than 16 back:
/// all but the latest 16 have been shown, and this one comes after them.
bool StreamTime::reordered(Time reference, Time offset) const {
  if (offset == offset_ && recent_.size() > kMostReordered)
    return reference > *std::min_element(recent_.begin(), recent_.end());
  const Time interval = std::max({pace_.interval, std::min(step_, kSecond), kUsualInterval});
  return *front_ - (reference + offset) <= kMostReordered * interval;
}

void StreamTime::anchor(Time offset) {
  if (frames_at_offset_ > 1) last_offset_ = offset_;
  offset_ = offset;
  frames_at_offset_ = 0;
  recent_.clear();
}

Time StreamTime::expected(Time waited) const {
  if (pace_.live || (pace_.interval == 0 && !pace_.stored))
    return *front_ + std::max(waited, kMillisecond);
  return *front_ + (pace_.interval > 0 ? pace_.interval : kUsualInterval);
}

/// A camera's times and the time that really passes go together.
Time StreamTime::longest_gap(Time waited) const {
  const Time interval = pace_.interval > 0 ? pace_.interval : step_;
  const Time frames = kLongestGapInFrames + (pace_.reorders ? kMostReordered : 0);
  const Time gap = interval > 0 ? std::max(kLongestGap, frames * interval) : kLongestFirstGap;
  return gap + (pace_.live ? waited : 0);
}

}  // namespace mvga::tool
