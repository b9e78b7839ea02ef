// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/recording_pipeline.h"

#include <chrono>
#include <exception>

#include "core/base/error.h"
#include "tools/output/progress.h"
#include "tools/record/film_end.h"
#include "tools/record/pipelines.h"
#include "tools/record/recording_graph.h"
#include "tools/record/source.h"
#include "tools/record/stream_kind.h"

namespace mvga::tool {
namespace {

using namespace std::chrono_literals;

/// A camera that says nothing, no error either, is not there any more.
constexpr auto kLongestSilence = 30s;

}  // namespace

RecordingPipeline::RecordingPipeline(const RecordSettings& settings, Watcher& watcher,
                                     Recorder& recorder)
    : settings_(settings),
      recorder_(recorder),
      taker_(watcher, recorder, failure_),
      pipeline_(GST_ELEMENT(gst_object_ref_sink(gst_pipeline_new("record")))),
      source_(parse_source(settings.source)),
      bus_(gst_element_get_bus(pipeline_.get())) {
  gst_bin_add(GST_BIN(pipeline_.get()), source_.get());
  for_each_element(source_.get(), [this](GstElement* element) { follow(element); });
  gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING);
}

void RecordingPipeline::stop() {
  gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
  taker_.stop();
}

/// The pads that nothing in the description takes, now or later, are what the source gives.
void RecordingPipeline::follow(GstElement* element) {
  for_each_source_pad(
      element,
      [](GstElement*, GstPad* pad, gpointer self) {
        static_cast<RecordingPipeline*>(self)->parse(pad);
      },
      this);
}

/// Whatever it is, a file, packets, or raw video: what is in it, frame by frame.
void RecordingPipeline::parse(GstPad* pad) {
  if (GST_PAD_IS_SRC(pad) == FALSE || gst_pad_is_linked(pad) != FALSE) return;
  if (const std::string other = other_media(pad); !other.empty()) {
    const std::lock_guard lock(mutex_);
    other_media_ = other;
    return;
  }
  GstElement* parser = gst_element_factory_make("parsebin", nullptr);
  if (parser == nullptr) {
    failure_.keep(
        std::make_exception_ptr(Error(ErrorKind::settings,
                                      "GStreamer's element parsebin is missing; install its base "
                                      "plugins (gstreamer1.0-plugins-base)")));
    return;
  }
  for_each_source_pad(
      parser,
      [](GstElement*, GstPad* found, gpointer self) {
        static_cast<RecordingPipeline*>(self)->offer(found);
      },
      this);
  gst_bin_add(GST_BIN(pipeline_.get()), parser);
  GstPad* outside = gst_ghost_pad_new(nullptr, pad);
  // One of a source that has not started yet is activated with it, the way its parser wants.
  if (GST_PAD_IS_ACTIVE(pad)) gst_pad_set_active(outside, TRUE);
  gst_element_add_pad(source_.get(), outside);
  const gst::Owned<GstPad> sink(gst_element_get_static_pad(parser, "sink"));
  gst_pad_link(outside, sink.get());
  gst_element_sync_state_with_parent(parser);
}

/// The first video is taken.
void RecordingPipeline::offer(GstPad* pad) {
  const gst::Owned<GstCaps> caps = caps_of(pad);
  const std::string type = media_type(caps.get());
  {
    const std::lock_guard lock(mutex_);
    if (!is_video(type)) other_media_ = type;
    if (found_ || !is_video(type)) return;
    found_ = true;
  }
  failure_.guard([&] { build(pad, caps.get()); });
}

void RecordingPipeline::build(GstPad* pad, const GstCaps* caps) {
  live_ = is_live(pad);
  recorder_.set_patient(!live_);
  taker_.begin();
  one_picture_each_ = has_one_picture_each(caps);
  const gst::Owned<GstElement> bin =
      parse_bin(recording_graph(caps, {live_, settings_.overlay, settings_.bitrate}));
  let_in(bin.get(), reorders(media_type(caps)));
  taker_.connect(bin.get());
  const gst::Owned<GstElement> entrance = part_of(bin.get(), "in");
  const gst::Owned<GstPad> inside(gst_element_get_static_pad(entrance.get(), "sink"));
  GstPad* outside = gst_ghost_pad_new("sink", inside.get());
  gst_pad_set_active(outside, TRUE);
  gst_element_add_pad(bin.get(), outside);
  gst_bin_add(GST_BIN(pipeline_.get()), bin.get());
  gst_element_sync_state_with_parent(bin.get());
  gst_pad_link(pad, outside);
}

/// Frames have their time from the entrance on, where they are whole.
void RecordingPipeline::let_in(GstElement* graph, bool reorders) {
  StreamTime::Pace pace;
  pace.live = live_;
  stored_ = reads_bytes(source_.get());
  pace.stored = stored_;
  pace.reorders = reorders;
  const gst::Owned<GstElement> whole = part_of(graph, "whole");
  const gst::Owned<GstPad> pad(gst_element_get_static_pad(whole.get(), "src"));
  entrance_ = std::make_unique<Entrance>(pad.get(), pace, say);
  const gst::Owned<GstElement> undecoded = part_of(graph, "undecoded");
  if (!undecoded) return;
  const bool packets = takes_packets(pipeline_.get());
  gate_ = std::make_unique<DecoderGate>(
      undecoded.get(), live_ ? DecoderGate::Source::camera : DecoderGate::Source::film,
      packets ? DecoderGate::Delivery::packets : DecoderGate::Delivery::frames);
}

std::optional<RecordingPipeline::Ending> RecordingPipeline::poll() {
  failure_.rethrow();
  while (const gst::Owned<GstMessage> message{gst_bus_pop(bus_.get())})
    if (auto ending = ending_in(message.get())) return ending;
  return silence();
}

std::optional<RecordingPipeline::Ending> RecordingPipeline::ending_in(GstMessage* message) {
  switch (GST_MESSAGE_TYPE(message)) {
    case GST_MESSAGE_EOS:
      if (taker_.recorded() == 0) return Ending{true, "the source has ended without any video"};
      return live_ ? Ending{true, "the source has ended"}
                   : Ending{false, what_is_cut(source_.get(), taker_.recorded(),
                                               stored_ && entrance_ ? &entrance_->playing_time()
                                                                    : nullptr)};
    case GST_MESSAGE_ERROR:
      return Ending{true, failure_text(message)};
    case GST_MESSAGE_WARNING:
      say("warning: " + text_of(message));
      return std::nullopt;
    case GST_MESSAGE_LATENCY:
      gst_bin_recalculate_latency(GST_BIN(pipeline_.get()));
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

std::string RecordingPipeline::failure_text(GstMessage* message) {
  const std::string text = text_of(message);
  if (is_about_decoding(message)) return "the video could not be decoded: " + text;
  const std::lock_guard lock(mutex_);
  if (found_ || text.find("not-linked") == std::string::npos) return "the source failed: " + text;
  return "there is no video in what the source gives" +
         (other_media_.empty() ? std::string() : ", only " + other_media_);
}

FrameCounts RecordingPipeline::counts() const {
  const std::uint64_t recorded = taker_.recorded();
  const std::uint64_t watched = taker_.watched();
  FrameCounts counts{recorded, watched};
  counts.damaged = taker_.damaged();
  counts.lost = taker_.lost();
  if (gate_) {
    counts.losses = gate_->losses();
    counts.kept_back = gate_->kept_back();
  }
  const std::uint64_t seen = watched + counts.damaged + counts.kept_back;
  if (live_ && recorded > seen) counts.skipped = recorded - seen;
  if (!live_ && one_picture_each_ && recorded > seen) counts.undecoded = recorded - seen;
  return counts;
}

std::optional<RecordingPipeline::Ending> RecordingPipeline::silence() const {
  // A disk may sleep, and a film waits for the detector.
  if (FrameTaker::Clock::now() - taker_.last() < kLongestSilence ||
      (taker_.recorded() > 0 && stored_))
    return std::nullopt;
  return Ending{true, "the source has given no video for " +
                          std::to_string(kLongestSilence.count()) + " seconds"};
}

}  // namespace mvga::tool
