// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/recording_pipeline.h"

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <utility>

#include "core/base/error.h"
#include "gst/drawing/blend.h"
#include "gst/frames/formats.h"
#include "gst/frames/mapped_frame.h"
#include "tools/drawing/picture.h"
#include "tools/media/stream_orientation.h"
#include "tools/media/whole_file.h"
#include "tools/output/progress.h"
#include "tools/record/encoding.h"
#include "tools/record/pipelines.h"

namespace mvga::tool {
namespace {

using namespace std::chrono_literals;

/// A camera that says nothing, no error either, is not there any more.
constexpr auto kLongestSilence = 30s;

constexpr const char* kSink = "sync=false async=false enable-last-sample=false";

std::string media_type(const GstCaps* caps) {
  if (caps == nullptr || gst_caps_is_any(caps) || gst_caps_is_empty(caps)) return {};
  return gst_structure_get_name(gst_caps_get_structure(caps, 0));
}

bool is_video(const std::string& type) {
  return type.starts_with("video/") || type == "image/jpeg";
}

gst::Owned<GstCaps> caps_of(GstPad* pad) {
  GstCaps* caps = gst_pad_get_current_caps(pad);
  return gst::Owned<GstCaps>(caps != nullptr ? caps : gst_pad_query_caps(pad, nullptr));
}

/// What a pad gives that cannot be video, such as sound, when it is known before anything flows.
std::string other_media(GstPad* pad) {
  const gst::Owned<GstCaps> caps = caps_of(pad);
  std::string type = media_type(caps.get());
  if (type == "application/x-rtp") {
    const gchar* media = gst_structure_get_string(gst_caps_get_structure(caps.get(), 0), "media");
    return media == nullptr || std::string(media) == "video" ? "" : media;
  }
  const bool other = type.starts_with("audio/") || type.starts_with("text/");
  return other ? type : "";
}

bool is_live(GstPad* pad) {
  const gst::Owned<GstQuery> query(gst_query_new_latency());
  gboolean live = FALSE;
  if (gst_pad_query(pad, query.get()) != FALSE)
    gst_query_parse_latency(query.get(), &live, nullptr, nullptr);
  return live != FALSE;
}

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

/// Whether frames may be shown in another order than they come in.
bool reorders(const std::string& type) {
  static const std::set<std::string> in_order{"video/x-raw", "image/jpeg", "video/x-vp8",
                                              "video/x-vp9"};
  return in_order.count(type) == 0;
}

/// A copy: the stream's own buffers may be few, or parts of larger ones.
gst::Owned<GstBuffer> copy_of(GstBuffer* buffer) {
  return gst::Owned<GstBuffer>(gst_buffer_copy_deep(buffer));
}

using See = std::function<void(GstElement*)>;

void for_each_of(GstIterator* iterator, const See& see) {
  const gst::Owned<GstIterator> owner(iterator);
  gst_iterator_foreach(
      iterator,
      [](const GValue* item, gpointer user) {
        (*static_cast<const See*>(user))(GST_ELEMENT(g_value_get_object(item)));
      },
      const_cast<gpointer>(static_cast<const void*>(&see)));
}

void for_each_element(GstElement* bin, const See& see) {
  for_each_of(gst_bin_iterate_elements(GST_BIN(bin)), see);
}

/// In bins within it as well.
bool has_element(GstElement* bin, bool (*wanted)(GstElement*)) {
  bool found = false;
  for_each_of(gst_bin_iterate_recurse(GST_BIN(bin)),
              [&](GstElement* element) { found = found || wanted(element); });
  return found;
}

/// As a user writes it: a filter at the end is no element to GStreamer, which wants one after it.
gst::Owned<GstElement> parse_source(const std::string& description) {
  try {
    return parse_bin(description);
  } catch (const Error& e) {
    try {
      return parse_bin(description + " ! identity");
    } catch (const Error&) {
      throw Error(e.kind(), std::string("the source is not understood: ").append(e.what()));
    }
  }
}

/// Others have frames that are never shown, or fields.
bool has_one_picture_each(const GstCaps* caps) {
  const std::string type = media_type(caps);
  if (type == "image/jpeg") return true;
  const gchar* fields = gst_structure_get_string(gst_caps_get_structure(caps, 0), "interlace-mode");
  return (type == "video/x-h264" || type == "video/x-h265") &&
         (fields == nullptr || std::string(fields) == "progressive");
}

bool is_source_of_bytes(GstElement* element) {
  const gst::Owned<GstQuery> query(gst_query_new_seeking(GST_FORMAT_BYTES));
  gboolean seekable = FALSE;
  if (GST_OBJECT_FLAG_IS_SET(element, GST_ELEMENT_FLAG_SOURCE) &&
      gst_element_query(element, query.get()) != FALSE)
    gst_query_parse_seeking(query.get(), nullptr, &seekable, nullptr, nullptr);
  return seekable != FALSE;
}

std::vector<std::string> files_read_by(GstElement* bin) {
  std::vector<std::string> files;
  for_each_of(gst_bin_iterate_recurse(GST_BIN(bin)), [&](GstElement* element) {
    GstElementFactory* factory = gst_element_get_factory(element);
    if (factory == nullptr || std::string(GST_OBJECT_NAME(factory)) != "filesrc") return;
    gchar* location = nullptr;
    g_object_get(element, "location", &location, nullptr);
    const gst::Owned<gchar> owner(location);
    if (location != nullptr) files.emplace_back(location);
  });
  return files;
}

bool takes_packets(GstElement* element) {
  GstElementFactory* factory = gst_element_get_factory(element);
  return factory != nullptr &&
         gst_element_factory_list_is_type(factory, GST_ELEMENT_FACTORY_TYPE_DEPAYLOADER) != FALSE;
}

void on_pad_added(GstElement* element, void (*see)(GstElement*, GstPad*, gpointer), gpointer self) {
  g_signal_connect(element, "pad-added", G_CALLBACK(see), self);
}

}  // namespace

RecordingPipeline::RecordingPipeline(const RecordSettings& settings, Watcher& watcher,
                                     Recorder& recorder)
    : settings_(settings),
      watcher_(watcher),
      recorder_(recorder),
      pipeline_(GST_ELEMENT(gst_object_ref_sink(gst_pipeline_new("record")))),
      source_(parse_source(settings.source)),
      bus_(gst_element_get_bus(pipeline_.get())) {
  gst_bin_add(GST_BIN(pipeline_.get()), source_.get());
  for_each_element(source_.get(), [this](GstElement* element) { follow(element); });
  gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING);
}

void RecordingPipeline::stop() {
  gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
  for (const gst::Owned<GstElement>& sink : sinks_)
    gst_element_set_state(sink.get(), GST_STATE_NULL);
}

/// The pads that nothing in the description takes, now or later, are what the source gives.
void RecordingPipeline::follow(GstElement* element) {
  const gst::Owned<GstIterator> pads(gst_element_iterate_src_pads(element));
  gst_iterator_foreach(
      pads.get(),
      [](const GValue* item, gpointer self) {
        static_cast<RecordingPipeline*>(self)->parse(GST_PAD(g_value_get_object(item)));
      },
      this);
  on_pad_added(
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
    fail(std::make_exception_ptr(Error(ErrorKind::settings,
                                       "GStreamer's element parsebin is missing; install its base "
                                       "plugins (gstreamer1.0-plugins-base)")));
    return;
  }
  on_pad_added(
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
  guarded([&] { build(pad, caps.get()); });
}

void RecordingPipeline::build(GstPad* pad, const GstCaps* caps) {
  live_ = is_live(pad);
  recorder_.set_patient(!live_);
  last_frame_ = Clock::now();
  const bool encoded = media_type(caps) != "video/x-raw";
  one_picture_each_ = has_one_picture_each(caps);
  const gst::Owned<GstElement> bin = parse_bin(graph(caps, encoded));
  let_in(bin.get(), reorders(media_type(caps)));
  connect(bin.get());
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
  stored_ = has_element(source_.get(), is_source_of_bytes);
  pace.stored = stored_;
  pace.reorders = reorders;
  const gst::Owned<GstElement> whole = part_of(graph, "whole");
  const gst::Owned<GstPad> pad(gst_element_get_static_pad(whole.get(), "src"));
  entrance_ = std::make_unique<Entrance>(pad.get(), pace, say);
  const gst::Owned<GstElement> undecoded = part_of(graph, "undecoded");
  if (!undecoded) return;
  const bool packets = has_element(pipeline_.get(), takes_packets);
  gate_ = std::make_unique<DecoderGate>(
      undecoded.get(), live_ ? DecoderGate::Source::camera : DecoderGate::Source::film,
      packets ? DecoderGate::Delivery::packets : DecoderGate::Delivery::frames);
}

std::string RecordingPipeline::graph(const GstCaps* caps, bool encoded) const {
  const std::string recorded = std::string(" ! appsink name=encoded ") + kSink;
  const std::string whole =
      "identity name=in ! " + (encoded ? parser_for(caps) + " ! " : "") + "identity name=whole ! ";
  if (settings_.overlay)
    return whole + watched_frames(encoded) +
           "  appsrc name=drawn format=time block=true max-bytes=0 max-buffers=2 ! " +
           encoder_for(caps, settings_.bitrate) + recorded;
  const std::string encode = "queue max-size-buffers=30 max-size-bytes=0 max-size-time=0 ! " +
                             encoder_for(caps, settings_.bitrate);
  return whole + "tee name=both" + (encoded ? "" : " ! " + encode) + recorded + "  both. ! " +
         watched_frames(encoded);
}

/// What the detector sees. Of a camera that is faster than the detector it gets the newest frame;
/// a file waits for it.
std::string RecordingPipeline::watched_frames(bool encoded) const {
  const std::string leaky = live_ ? " leaky=downstream" : "";
  const std::string decoder = "queue name=undecoded ! decodebin ! ";
  return (encoded ? decoder : "") + "queue max-size-buffers=1 max-size-bytes=0 max-size-time=0" +
         leaky + " ! videoconvert ! appsink name=watched " + kSink;
}

void RecordingPipeline::connect(GstElement* graph) {
  GstAppSinkCallbacks encoded{};
  encoded.new_sample = [](GstAppSink* sink, gpointer self) {
    const gst::Owned<GstSample> sample(gst_app_sink_pull_sample(sink));
    auto* const pipeline = static_cast<RecordingPipeline*>(self);
    return sample ? pipeline->guarded([&] { pipeline->take_encoded(sink, sample.get()); })
                  : GST_FLOW_EOS;
  };
  gst_app_sink_set_callbacks(GST_APP_SINK(part_of(graph, "encoded").get()), &encoded, this,
                             nullptr);

  GstAppSinkCallbacks watched{};
  watched.new_sample = [](GstAppSink* sink, gpointer self) {
    const gst::Owned<GstSample> sample(gst_app_sink_pull_sample(sink));
    auto* const pipeline = static_cast<RecordingPipeline*>(self);
    return sample ? pipeline->guarded([&] { pipeline->take_frame(sink, sample.get()); })
                  : GST_FLOW_EOS;
  };
  watched.eos = [](GstAppSink*, gpointer self) {
    auto* const pipeline = static_cast<RecordingPipeline*>(self);
    if (pipeline->drawn_) gst_app_src_end_of_stream(GST_APP_SRC(pipeline->drawn_.get()));
  };
  const gst::Owned<GstElement> sink = part_of(graph, "watched");
  const gst::Owned<GstCaps> formats(gst_caps_from_string(MVGA_VIDEO_CAPS));
  g_object_set(sink.get(), "caps", formats.get(), nullptr);
  gst_app_sink_set_callbacks(GST_APP_SINK(sink.get()), &watched, this, nullptr);

  for (const char* name : {"encoded", "watched"}) start(part_of(graph, name));
  drawn_ = part_of(graph, "drawn");
}

/// A sink that waits for its pipeline to play would keep the tee from feeding the decoder, and the
/// pipeline does not play until that has shown a frame.
void RecordingPipeline::start(gst::Owned<GstElement> sink) {
  gst_element_set_locked_state(sink.get(), TRUE);
  gst_element_set_state(sink.get(), GST_STATE_PLAYING);
  sinks_.push_back(std::move(sink));
}

void RecordingPipeline::take_encoded(GstAppSink* sink, GstSample* sample) {
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

void RecordingPipeline::take_frame(GstAppSink* sink, GstSample* sample) {
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

void RecordingPipeline::pass_drawn(GstSample* sample, const Detection& detection,
                                   GstClockTime time) {
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
void RecordingPipeline::pass_turned(const Frame& frame, const Detection& detection,
                                    GstClockTime time) {
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

/// No exception goes through GStreamer.
template <typename Work>
GstFlowReturn RecordingPipeline::guarded(const Work& work) {
  try {
    work();
    return GST_FLOW_OK;
  } catch (...) {
    fail(std::current_exception());
    return GST_FLOW_ERROR;
  }
}

void RecordingPipeline::fail(std::exception_ptr failure) {
  const std::lock_guard lock(mutex_);
  if (!failure_) failure_ = std::move(failure);
}

std::optional<RecordingPipeline::Ending> RecordingPipeline::poll() {
  {
    const std::lock_guard lock(mutex_);
    if (failure_) std::rethrow_exception(failure_);
  }
  while (const gst::Owned<GstMessage> message{gst_bus_pop(bus_.get())})
    if (auto ending = ending_in(message.get())) return ending;
  return silence();
}

std::optional<RecordingPipeline::Ending> RecordingPipeline::ending_in(GstMessage* message) {
  switch (GST_MESSAGE_TYPE(message)) {
    case GST_MESSAGE_EOS:
      if (recorded_ == 0) return Ending{true, "the source has ended without any video"};
      return live_ ? Ending{true, "the source has ended"} : Ending{false, what_is_cut()};
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

/// Demuxers take the end of a file for the end of the film.
std::string RecordingPipeline::what_is_cut() const {
  const std::string ends = "the film ends early, after " + std::to_string(recorded_) + " frames: ";
  bool known = false;
  for (const std::string& file : files_read_by(source_.get())) {
    const std::optional<FileLength> length = length_of_film(file);
    if (length && length->cut()) return file + ": " + ends + text_of(*length);
    known = known || length;
  }
  if (!known && stored_ && entrance_ && entrance_->playing_time().broke_off())
    return ends + entrance_->playing_time().text();
  return {};
}

std::string RecordingPipeline::failure_text(GstMessage* message) {
  const std::string text = text_of(message);
  const std::lock_guard lock(mutex_);
  if (found_ || text.find("not-linked") == std::string::npos) return "the source failed: " + text;
  return "there is no video in what the source gives" +
         (other_media_.empty() ? std::string() : ", only " + other_media_);
}

FrameCounts RecordingPipeline::counts() const {
  const std::uint64_t recorded = recorded_;
  const std::uint64_t watched = watched_;
  FrameCounts counts{recorded, watched};
  counts.damaged = damaged_;
  counts.lost = lost_;
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
  const Clock::time_point last = std::max(last_frame_.load(), last_watched_.load());
  if (Clock::now() - last < kLongestSilence || (recorded_ > 0 && stored_)) return std::nullopt;
  return Ending{true, "the source has given no video for " +
                          std::to_string(kLongestSilence.count()) + " seconds"};
}

}  // namespace mvga::tool
