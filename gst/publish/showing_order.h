// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Frames in the order in which they are shown.
#pragma once

#include <gst/gst.h>

#include <optional>
#include <utility>
#include <vector>

namespace mvga::gst::publish {

/// An encoder hands its frames on in the order in which they are decoded. What belongs to one is
/// kept here until no frame can come that is shown before it: all that come later are decoded
/// later, and shown after that. Where frames have no DTS, nothing is kept.
template <typename Item>
class ShowingOrder {
 public:
  /// What can go on now, in order.
  std::vector<Item> add(GstClockTime pts, GstClockTime dts, Item item) {
    std::vector<Item> ready;
    const bool known = GST_CLOCK_TIME_IS_VALID(pts) && GST_CLOCK_TIME_IS_VALID(dts);
    // Times that begin again are of another stream, and so are those that are missing.
    if (!known || (decoded_ && dts < *decoded_)) ready = take_all();
    if (!known) {
      ready.push_back(std::move(item));
      return ready;
    }
    decoded_ = dts;
    auto place = kept_.end();
    while (place != kept_.begin() && std::prev(place)->first > pts) --place;
    kept_.insert(place, {pts, std::move(item)});
    while (!kept_.empty() && (kept_.front().first <= dts || kept_.size() > kMostKept)) {
      ready.push_back(std::move(kept_.front().second));
      kept_.erase(kept_.begin());
    }
    return ready;
  }

  /// The stream is over or goes on elsewhere.
  std::vector<Item> take_all() {
    std::vector<Item> all;
    for (auto& [pts, item] : std::exchange(kept_, {})) all.push_back(std::move(item));
    decoded_.reset();
    return all;
  }

 private:
  /// As many as a decoder may hold back.
  static constexpr std::size_t kMostKept = 16;

  std::vector<std::pair<GstClockTime, Item>> kept_;  ///< by PTS
  std::optional<GstClockTime> decoded_;              ///< DTS of the last frame
};

}  // namespace mvga::gst::publish
