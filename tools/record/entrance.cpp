// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/entrance.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <optional>
#include <utility>

#include "gst/frames/frame_times.h"

namespace mvga::tool {
namespace {

using Time = StreamTime::Time;

/// More of them say nothing new.
constexpr std::uint64_t kMostComplaints = 5;
/// Rates that caps have because they know none.
constexpr double kHighestRate = 1000;
/// What is longer is no duration, but an error.
constexpr GstClockTime kLongestDuration = 60 * GST_SECOND;

Time now() {
  return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Of a stream in bytes, sources stamp frames with the running time itself.
std::optional<Time> running_time(const GstSegment& segment, GstClockTime time) {
  constexpr GstClockTime kMost = GstClockTime{1} << 62;
  if (!GST_CLOCK_TIME_IS_VALID(time) || time > kMost) return std::nullopt;
  if (segment.format != GST_FORMAT_TIME) return static_cast<Time>(time);
  if (!gst::tells_times(segment)) return std::nullopt;
  guint64 running = 0;
  const gint sign = gst_segment_to_running_time_full(&segment, GST_FORMAT_TIME, time, &running);
  if (sign == 0 || running > kMost) return std::nullopt;
  return sign > 0 ? static_cast<Time>(running) : -static_cast<Time>(running);
}

GstEvent* whole_segment() {
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  return gst_event_new_segment(&segment);
}

std::string seconds(Time time) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.1f", static_cast<double>(time) / 1e9);
  return text.data();
}

}  // namespace

Entrance::Entrance(GstPad* pad, const StreamTime::Pace& pace, Warn warn) : warn_(std::move(warn)) {
  time_.set_pace(pace);
  gst_segment_init(&segment_, GST_FORMAT_TIME);
  constexpr auto kWhat = static_cast<GstPadProbeType>(
      static_cast<unsigned>(GST_PAD_PROBE_TYPE_BUFFER) | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM);
  gst_pad_add_probe(pad, kWhat, on_data, this, nullptr);
}

GstPadProbeReturn Entrance::on_data(GstPad* pad, GstPadProbeInfo* info, gpointer self) {
  return static_cast<Entrance*>(self)->pass(pad, info);
}

GstPadProbeReturn Entrance::pass(GstPad* pad, GstPadProbeInfo* info) {
  if ((GST_PAD_PROBE_INFO_TYPE(info) & GST_PAD_PROBE_TYPE_BUFFER) != 0) {
    pass_buffer(pad, info);
    return GST_PAD_PROBE_OK;
  }
  GstEvent* event = GST_PAD_PROBE_INFO_EVENT(info);
  switch (GST_EVENT_TYPE(event)) {
    case GST_EVENT_SEGMENT:
      gst_event_copy_segment(event, &segment_);
      GST_PAD_PROBE_INFO_DATA(info) = whole_segment();
      gst_event_unref(event);
      return GST_PAD_PROBE_OK;
    case GST_EVENT_GAP:  // has times of the source
      return GST_PAD_PROBE_DROP;
    case GST_EVENT_CAPS:
      take_caps(event);
      return GST_PAD_PROBE_OK;
    default:
      return GST_PAD_PROBE_OK;
  }
}

void Entrance::pass_buffer(GstPad* pad, GstPadProbeInfo* info) {
  gint64 duration = 0;
  if (!began_ && gst_pad_query_duration(pad, GST_FORMAT_TIME, &duration) != FALSE)
    playing_time_.promise(duration);
  began_ = true;
  GstBuffer* buffer = gst_buffer_make_writable(GST_PAD_PROBE_INFO_BUFFER(info));
  GST_PAD_PROBE_INFO_DATA(info) = buffer;
  playing_time_.add(segment_, buffer);
  const StreamTime::Placed placed = time_.place({running_time(segment_, GST_BUFFER_PTS(buffer)),
                                                 running_time(segment_, GST_BUFFER_DTS(buffer))},
                                                now());
  GST_BUFFER_PTS(buffer) = static_cast<GstClockTime>(placed.shown);
  const bool known = placed.decoded && *placed.decoded >= 0;
  GST_BUFFER_DTS(buffer) = known ? static_cast<GstClockTime>(*placed.decoded) : GST_CLOCK_TIME_NONE;
  if (GST_BUFFER_DURATION_IS_VALID(buffer) && GST_BUFFER_DURATION(buffer) > kLongestDuration)
    GST_BUFFER_DURATION(buffer) = GST_CLOCK_TIME_NONE;
  if (time_.jump()) complain_of(*time_.jump());
}

void Entrance::take_caps(GstEvent* event) {
  GstCaps* caps = nullptr;
  gst_event_parse_caps(event, &caps);
  StreamTime::Pace pace = time_.pace();
  pace.interval = 0;
  int numerator = 0;
  int denominator = 1;
  if (gst_structure_get_fraction(gst_caps_get_structure(caps, 0), "framerate", &numerator,
                                 &denominator) != FALSE &&
      numerator > 0 && numerator <= kHighestRate * denominator)
    pace.interval = static_cast<Time>(1e9 * denominator / numerator);
  time_.set_pace(pace);
}

void Entrance::complain_of(const StreamTime::Jump& jump) {
  if (++jumps_ > kMostComplaints) return;
  const std::string by = seconds(jump.by < 0 ? -jump.by : jump.by);
  warn_("warning: at " + seconds(jump.at) + " s the times of the source jump " +
        (jump.by < 0 ? "back" : "ahead") + " by " + by + " s; the recording goes on without that" +
        (jumps_ == kMostComplaints ? ", and says no more of it" : ""));
}

}  // namespace mvga::tool
