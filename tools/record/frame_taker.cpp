// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/frame_taker.h"

#include <utility>

#include "gst/drawing/blend.h"
#include "gst/frames/formats.h"
#include "gst/frames/mapped_frame.h"
#include "tools/drawing/picture.h"
#include "tools/media/stream_orientation.h"
#include "tools/record/pipelines.h"

namespace mvga::tool {
namespace {

/// In the time of the recording: behind the entrance it is the running time, and an encoder may
/// count from elsewhere.
GstClockTime time_of(GstSample* sample) {
  const GstBuffer* buffer = gst_sample_get_buffer(sample);
  return gst_segment_to_running_time(gst_sample_get_segment(sample), GST_FORMAT_TIME,
                                     GST_BUFFER_PTS(buffer));
}

int orientation_at(GstAppSink* sink) {
  const gst::Owned<GstPad> pad(gst_element_get_static_pad(GST_ELEMENT(sink), "sink"));
  return stream_orientation(pad.get());
}

/// A copy: the stream's own buffers may be few, or parts of larger ones.
gst::Owned<GstBuffer> copy_of(GstBuffer* buffer) {
  return gst::Owned<GstBuffer>(gst_buffer_copy_deep(buffer));
}

}  // namespace

void FrameTaker::connect(GstElement* graph) {
  GstAppSinkCallbacks encoded{};
  encoded.new_sample = [](GstAppSink* sink, gpointer self) {
    const gst::Owned<GstSample> sample(gst_app_sink_pull_sample(sink));
    auto* const taker = static_cast<FrameTaker*>(self);
    return sample ? taker->failure_.guard([&] { taker->take_encoded(sink, sample.get()); })
                  : GST_FLOW_EOS;
  };
  gst_app_sink_set_callbacks(GST_APP_SINK(part_of(graph, "encoded").get()), &encoded, this,
                             nullptr);

  GstAppSinkCallbacks watched{};
  watched.new_sample = [](GstAppSink* sink, gpointer self) {
    const gst::Owned<GstSample> sample(gst_app_sink_pull_sample(sink));
    auto* const taker = static_cast<FrameTaker*>(self);
    return sample ? taker->failure_.guard([&] { taker->take_frame(sink, sample.get()); })
                  : GST_FLOW_EOS;
  };
  watched.eos = [](GstAppSink*, gpointer self) {
    auto* const taker = static_cast<FrameTaker*>(self);
    if (taker->drawn_) gst_app_src_end_of_stream(GST_APP_SRC(taker->drawn_.get()));
  };
  const gst::Owned<GstElement> sink = part_of(graph, "watched");
  const gst::Owned<GstCaps> formats(gst_caps_from_string(MVGA_VIDEO_CAPS));
  g_object_set(sink.get(), "caps", formats.get(), nullptr);
  gst_app_sink_set_callbacks(GST_APP_SINK(sink.get()), &watched, this, nullptr);

  for (const char* name : {"encoded", "watched"}) start(part_of(graph, name));
  drawn_ = part_of(graph, "drawn");
}

void FrameTaker::stop() {
  for (const gst::Owned<GstElement>& sink : sinks_)
    gst_element_set_state(sink.get(), GST_STATE_NULL);
}

/// A sink that waits for its pipeline to play would keep the tee from feeding the decoder, and the
/// pipeline does not play until that has shown a frame.
void FrameTaker::start(gst::Owned<GstElement> sink) {
  gst_element_set_locked_state(sink.get(), TRUE);
  gst_element_set_state(sink.get(), GST_STATE_PLAYING);
  sinks_.push_back(std::move(sink));
}

void FrameTaker::take_encoded(GstAppSink* sink, GstSample* sample) {
  GstBuffer* buffer = gst_sample_get_buffer(sample);
  const GstClockTime time = time_of(sample);
  last_frame_ = Clock::now();
  if (!GST_CLOCK_TIME_IS_VALID(time)) {
    ++lost_;
    return;
  }
  ++recorded_;
  recorder_.add({copy_of(buffer), gst::Owned<GstCaps>(gst_caps_ref(gst_sample_get_caps(sample))),
                 time, !GST_BUFFER_FLAG_IS_SET(buffer, GST_BUFFER_FLAG_DELTA_UNIT), Clock::now(),
                 orientation_at(sink)});
}

void FrameTaker::take_frame(GstAppSink* sink, GstSample* sample) {
  GstBuffer* buffer = gst_sample_get_buffer(sample);
  // A gap is filler, not something that a camera saw.
  if (GST_BUFFER_FLAG_IS_SET(buffer, GST_BUFFER_FLAG_GAP)) return;
  // Nor is one whose data came in damaged what the camera saw.
  if (GST_BUFFER_FLAG_IS_SET(buffer, GST_BUFFER_FLAG_CORRUPTED)) {
    ++damaged_;
    return;
  }
  const GstClockTime time = time_of(sample);
  if (!GST_CLOCK_TIME_IS_VALID(time)) {
    ++lost_;
    return;
  }
  Frame frame(gst_sample_ref(sample));
  frame.set_orientation(orientation_at(sink));
  const Detection detection = watcher_.infer(frame);
  recorder_.watched(frame, detection, time);
  ++watched_;
  last_watched_ = Clock::now();
  if (!drawn_) return;
  if (frame.orientation() == 1)
    pass_drawn(sample, detection, time);
  else
    pass_turned(frame, detection, time);
}

void FrameTaker::pass_drawn(GstSample* sample, const Detection& detection, GstClockTime time) {
  GstVideoInfo info;
  gst_video_info_from_caps(&info, gst_sample_get_caps(sample));
  const gst::Owned<GstBuffer> copy = copy_of(gst_sample_get_buffer(sample));
  if (const auto drawing = painter_.paint(detection, "", info.width, info.height)) {
    gst::MappedFrame frame(info, copy.get(), GST_MAP_READWRITE);
    if (frame) overlay::blend(drawing.get(), frame.get());
  }
  GST_BUFFER_PTS(copy.get()) = time;
  const gst::Owned<GstSample> drawn(
      gst_sample_new(copy.get(), gst_sample_get_caps(sample), nullptr, nullptr));
  gst_app_src_push_sample(GST_APP_SRC(drawn_.get()), drawn.get());
}

/// So that the label can be read.
void FrameTaker::pass_turned(const Frame& frame, const Detection& detection, GstClockTime time) {
  Picture picture(frame);
  picture.draw(detection, painter_);
  GstVideoInfo info = picture.pixels().info;
  info.fps_n = frame.info().fps_n;
  info.fps_d = frame.info().fps_d;
  const gst::Owned<GstCaps> caps(gst_video_info_to_caps(&info));
  GstBuffer* buffer = picture.pixels().buffer.get();
  GST_BUFFER_PTS(buffer) = time;
  const gst::Owned<GstSample> drawn(gst_sample_new(buffer, caps.get(), nullptr, nullptr));
  gst_app_src_push_sample(GST_APP_SRC(drawn_.get()), drawn.get());
}

}  // namespace mvga::tool
