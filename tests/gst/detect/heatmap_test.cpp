// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The request pad with the heat map.
#include <gst/check/gstharness.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "gst/frames/handles.h"
#include "tests/gst/harness/detect_harness.h"
#include "tests/gst/harness/play.h"
#include "tests/gst/harness/small_model.h"
#include "tests/models/temporary_folder.h"

namespace mvga::testing {
namespace {

using gst::Caps;
using gst::Owned;

constexpr int kWidth = 96;
constexpr int kHeight = 64;

// The heat map's side of an element under test.
class Branch {
 public:
  explicit Branch(GstElement* element, const char* caps = nullptr)
      : harness_(gst_harness_new_with_element(element, nullptr, "heatmap")) {
    if (caps != nullptr) gst_harness_set_sink_caps_str(harness_, caps);
  }
  ~Branch() { gst_harness_teardown(harness_); }
  Branch(const Branch&) = delete;
  Branch& operator=(const Branch&) = delete;

  Buffer pull() { return Buffer(gst_harness_try_pull(harness_)); }
  std::vector<GstEventType> events() {
    std::vector<GstEventType> types;
    while (GstEvent* event = gst_harness_try_pull_event(harness_)) {
      types.push_back(GST_EVENT_TYPE(event));
      gst_event_unref(event);
    }
    return types;
  }
  GstVideoInfo info() {
    GstVideoInfo info;
    GstCaps* caps = gst_pad_get_current_caps(harness_->sinkpad);
    if (caps == nullptr || !gst_video_info_from_caps(&info, caps))
      throw std::runtime_error("no caps");
    gst_caps_unref(caps);
    return info;
  }

 private:
  GstHarness* harness_;
};

// The raw map that the frame carries.
struct Map {
  int width = 0;
  int height = 0;
  double normal = 0;
  double threshold = 0;
  std::vector<float> values;

  double normalised(std::size_t i) const {
    return std::clamp(0.5 * (values[i] - normal) / (threshold - normal), 0.0, 1.0);
  }
};

Map map_of(GstBuffer* buffer) {
  GstStructure* found = nullptr;
  if (!gst_structure_get(places(buffer), "map", GST_TYPE_STRUCTURE, &found, nullptr))
    throw std::runtime_error("no map");
  Map map;
  GBytes* bytes = nullptr;
  gst_structure_get(found, "width", G_TYPE_INT, &map.width, "height", G_TYPE_INT, &map.height,
                    "normal", G_TYPE_DOUBLE, &map.normal, "threshold", G_TYPE_DOUBLE,
                    &map.threshold, "values", G_TYPE_BYTES, &bytes, nullptr);
  map.values.resize(g_bytes_get_size(bytes) / sizeof(float));
  std::memcpy(map.values.data(), g_bytes_get_data(bytes, nullptr), g_bytes_get_size(bytes));
  g_bytes_unref(bytes);
  gst_structure_free(found);
  return map;
}

// With another input size than the small model's, and so another map.
std::string learn(const std::filesystem::path& path, int input_size) {
  ElementHarness fit("mvgafit");
  fit.set("model", path.c_str(), "backbone", kSmallArchitecture, "weights", small_weights().c_str(),
          "levels", "0-1", "input-size", input_size, "threads", 1);
  if (!fit.play()) throw std::runtime_error(fit.error().value_or(Complaint{}).text);
  const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_I420, kWidth, kHeight);
  fit.set_caps(info);
  for (unsigned i = 0; i < 20; ++i) fit.push(normal_frame(info, i));
  fit.push_event(gst_event_new_eos());
  return path.string();
}

class DetectHeatmap : public ::testing::Test {
 protected:
  void start() {
    gst_util_set_object_arg(G_OBJECT(detect.element()), "attach", "score+regions+map");
    detect.start(info);
  }
  Buffer anomalous(unsigned seed) { return anomalous_frame(info, seed); }

  GstVideoInfo info = video_info(GST_VIDEO_FORMAT_I420, kWidth, kHeight);
  Detect detect;
};

TEST_F(DetectHeatmap, HasTheMapsOwnSizeAndTheFramesShape) {
  start();
  Branch branch(detect.element());
  const Buffer frame = detect.watch(anomalous(1));
  const Buffer heat = branch.pull();
  ASSERT_TRUE(heat);
  const Map map = map_of(frame.get());
  const GstVideoInfo got = branch.info();
  EXPECT_EQ(got.width, map.width);
  EXPECT_EQ(got.height, map.height);
  EXPECT_NEAR(static_cast<double>(got.width) * got.par_n / (got.height * got.par_d),
              static_cast<double>(kWidth) / kHeight, 1e-3)
      << "shown as it is, it has another shape than the frame";
  EXPECT_EQ(GST_BUFFER_PTS(heat.get()), GST_BUFFER_PTS(frame.get()));
  EXPECT_EQ(GST_BUFFER_DURATION(heat.get()), GST_BUFFER_DURATION(frame.get()));
  EXPECT_EQ(anomaly_meta(heat.get())->score, anomaly_meta(frame.get())->score);
}

TEST_F(DetectHeatmap, IsLinearInTheCalibratedRange) {
  for (const bool deep : {false, true}) {
    Detect one;
    gst_util_set_object_arg(G_OBJECT(one.element()), "attach", "score+map");
    one.start(info);
    Branch branch(one.element(),
                  deep ? "video/x-raw,format=GRAY16_LE" : "video/x-raw,format=GRAY8");
    const Buffer frame = one.watch(anomalous(1));
    const Map map = map_of(frame.get());
    const Bytes heat = bytes_of(branch.pull().get());
    const auto stride = static_cast<std::size_t>(branch.info().stride[0]);
    double largest = 0;
    for (std::size_t i = 0; i < map.values.size(); ++i) {
      const std::size_t at = i / map.width * stride + i % map.width * (deep ? 2 : 1);
      const double value = deep ? (heat[at] + 256 * heat[at + 1]) / 65535.0 : heat[at] / 255.0;
      EXPECT_NEAR(value, map.normalised(i), deep ? 1e-4 : 0.51 / 255) << "position " << i;
      largest = std::max(largest, value);
    }
    EXPECT_GT(largest, 0.5) << "there is a region, so something lies above the threshold";
  }
}

TEST_F(DetectHeatmap, IsTransparentWhereNormalAndOpaqueFromTheThresholdOn) {
  start();
  Branch branch(detect.element(), "video/x-raw,format=BGRA");
  const Buffer frame = detect.watch(anomalous(1));
  const Map map = map_of(frame.get());
  const Bytes heat = bytes_of(branch.pull().get());
  ASSERT_EQ(heat.size(), 4 * map.values.size());
  std::set<bool> seen;
  for (std::size_t i = 0; i < map.values.size(); ++i) {
    const double value = map.normalised(i);
    if (value > 0 && value < 0.51) continue;
    EXPECT_EQ(heat[4 * i + 3], value == 0 ? 0 : 255);
    seen.insert(value == 0);
  }
  EXPECT_EQ(seen.size(), 2u) << "nothing was tested";
}

TEST_F(DetectHeatmap, HasTheSizeThatIsAskedFor) {
  start();
  {
    Branch branch(detect.element(), "video/x-raw,format=GRAY8,width=192,height=128");
    detect.watch(anomalous(1));
    EXPECT_EQ(bytes_of(branch.pull().get()).size(), 192u * 128);
    EXPECT_EQ(branch.info().par_n, branch.info().par_d);
  }
  Branch branch(detect.element(), "video/x-raw,format=GRAY8,width=48,pixel-aspect-ratio=1/1");
  detect.watch(anomalous(2));
  EXPECT_EQ(branch.info().height, 32) << "the missing side, in the frame's shape";
}

TEST_F(DetectHeatmap, ShowsTheWholeFrameOfWhichAPartIsLookedAt) {
  detect.set("roi", "0.5,0,0.5,1");
  start();
  Branch branch(detect.element(), "video/x-raw,format=GRAY8,width=192,height=128");
  detect.watch(anomalous(1));
  const Bytes heat = bytes_of(branch.pull().get());
  int on_the_right = 0;
  for (std::size_t i = 0; i < heat.size(); ++i) {
    if (i % 192 < 96) {
      EXPECT_EQ(heat[i], 0) << "not inferred";
    } else {
      on_the_right += heat[i] > 0;
    }
  }
  EXPECT_GT(on_the_right, 0);
}

TEST_F(DetectHeatmap, OfASmallPartHasNoMoreThanTheFrame) {
  detect.set("roi", "0.5,0.5,0.01,0.01");
  start();
  Branch branch(detect.element());
  detect.watch(anomalous(1));
  ASSERT_TRUE(branch.pull());
  EXPECT_EQ(branch.info().width, kWidth);
  EXPECT_EQ(branch.info().height, kHeight);
}

TEST_F(DetectHeatmap, IsAStreamOfItsOwn) {
  start();
  Branch branch(detect.element());
  detect.watch(anomalous(1));
  EXPECT_TRUE(branch.pull());
  EXPECT_EQ(branch.events(),
            (std::vector<GstEventType>{GST_EVENT_STREAM_START, GST_EVENT_CAPS, GST_EVENT_SEGMENT}));
  detect.push_event(gst_event_new_gap(GST_SECOND, GST_SECOND));
  EXPECT_EQ(branch.events(), (std::vector<GstEventType>{GST_EVENT_GAP}));
  detect.push_event(gst_event_new_flush_start());
  detect.push_event(gst_event_new_flush_stop(TRUE));
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  detect.push_event(gst_event_new_segment(&segment));
  detect.watch(anomalous(2));
  EXPECT_TRUE(branch.pull());
  EXPECT_EQ(branch.events(), (std::vector<GstEventType>{GST_EVENT_FLUSH_START, GST_EVENT_FLUSH_STOP,
                                                        GST_EVENT_SEGMENT}));
  detect.push_event(gst_event_new_eos());
  EXPECT_EQ(branch.events(), (std::vector<GstEventType>{GST_EVENT_EOS}));
}

TEST_F(DetectHeatmap, FollowsAFrameOfAnotherSize) {
  start();
  Branch branch(detect.element());
  detect.watch(anomalous(1));
  const GstVideoInfo before = branch.info();
  info = video_info(GST_VIDEO_FORMAT_I420, 64, 64);
  detect.set_caps(info);
  detect.info = info;
  detect.watch(anomalous(2));
  const GstVideoInfo after = branch.info();
  EXPECT_NE(before.par_n * after.par_d, after.par_n * before.par_d);
}

// Frames that wait when the model is swapped for one with a finer map.
TEST_F(DetectHeatmap, FitsTheModelThatTheResultIsOf) {
  const TemporaryFolder folder;
  const std::string finer = learn(folder / "finer.mvga", 2 * kSmallInput);
  gst_util_set_object_arg(G_OBJECT(detect.element()), "inference-mode", "async");
  detect.set("max-in-flight", 3u);
  start();
  const Branch branch(detect.element());
  std::vector<int> widths;
  const Owned<GstPad> pad(gst_element_get_static_pad(detect.element(), "heatmap"));
  const auto note_width = +[](GstPad* of, GstPadProbeInfo*, gpointer noted) {
    const Caps caps(gst_pad_get_current_caps(of));
    int width = 0;
    gst_structure_get_int(gst_caps_get_structure(caps.get(), 0), "width", &width);
    static_cast<std::vector<int>*>(noted)->push_back(width);
    return GST_PAD_PROBE_OK;
  };
  gst_pad_add_probe(pad.get(), GST_PAD_PROBE_TYPE_BUFFER, note_width, &widths, nullptr);
  const Owned<GstPad> src(gst_element_get_static_pad(detect.element(), "src"));
  const gulong block = gst_pad_add_probe(
      src.get(), static_cast<GstPadProbeType>(GST_PAD_PROBE_TYPE_BLOCK | GST_PAD_PROBE_TYPE_BUFFER),
      [](GstPad*, GstPadProbeInfo*, gpointer) { return GST_PAD_PROBE_OK; }, nullptr, nullptr);
  for (unsigned i = 0; i < 3; ++i) ASSERT_EQ(detect.push(anomalous(i)), GST_FLOW_OK);
  ASSERT_TRUE(detect.change_model(finer));
  gst_pad_remove_probe(src.get(), block);
  ASSERT_EQ(detect.push(anomalous(3)), GST_FLOW_OK);
  std::vector<int> of_results;
  for (unsigned i = 0; i < 4; ++i)
    of_results.push_back(map_of(Buffer(gst_harness_pull(detect.get())).get()).width);
  EXPECT_EQ(widths, of_results);
  EXPECT_LT(of_results[2], of_results[3]) << "nothing was tested";
}

TEST_F(DetectHeatmap, MayComeAndGoWhilePlaying) {
  start();
  detect.watch(anomalous(1));
  for (unsigned i = 0; i < 20; ++i) {
    Branch branch(detect.element());
    detect.watch(anomalous(2 * i));
    EXPECT_TRUE(branch.pull());
    const auto events = branch.events();
    ASSERT_FALSE(events.empty());
    EXPECT_EQ(events[0], GST_EVENT_STREAM_START);
    GstPad* pad = gst_element_get_static_pad(detect.element(), "heatmap");
    ASSERT_NE(pad, nullptr);
    gst_object_unref(pad);
  }
  detect.watch(anomalous(3));
}

TEST_F(DetectHeatmap, IsCountedInStats) {
  const auto painted_ms = [&] {
    GstStructure* stats = nullptr;
    g_object_get(detect.element(), "stats", &stats, nullptr);
    const double ms = real(*stats, "heatmap-total-ms");
    gst_structure_free(stats);
    return ms;
  };
  start();
  detect.watch(anomalous(1));
  EXPECT_EQ(painted_ms(), 0) << "nobody asked for it";
  Branch branch(detect.element());
  detect.watch(anomalous(2));
  EXPECT_GT(painted_ms(), 0);
}

TEST_F(DetectHeatmap, MayGoWhileItBlocks) {
  start();
  GstPad* pad = gst_element_request_pad_simple(detect.element(), "heatmap");
  GstPad* sink = gst_pad_new("sink", GST_PAD_SINK);
  gst_pad_set_active(sink, TRUE);
  ASSERT_EQ(gst_pad_link(pad, sink), GST_PAD_LINK_OK);
  gst_pad_add_probe(
      pad, static_cast<GstPadProbeType>(GST_PAD_PROBE_TYPE_BLOCK | GST_PAD_PROBE_TYPE_BUFFER),
      [](GstPad*, GstPadProbeInfo*, gpointer) { return GST_PAD_PROBE_OK; }, nullptr, nullptr);
  std::thread streaming([&] { EXPECT_EQ(detect.push(anomalous(1)), GST_FLOW_OK); });
  while (!gst_pad_is_blocking(pad)) std::this_thread::yield();
  gst_element_release_request_pad(detect.element(), pad);
  streaming.join();
  EXPECT_TRUE(detect.pull()) << "the frame is lost with the heat map";
  gst_pad_set_active(sink, FALSE);
  gst_object_unref(sink);
  gst_object_unref(pad);
}

TEST_F(DetectHeatmap, HasOnePadOnly) {
  GstPad* one = gst_element_request_pad_simple(detect.element(), "heatmap");
  ASSERT_NE(one, nullptr);
  GstPadTemplate* of_pad = gst_element_get_pad_template(detect.element(), "heatmap");
  EXPECT_EQ(gst_element_request_pad(detect.element(), of_pad, nullptr, nullptr), nullptr);
  gst_element_release_request_pad(detect.element(), one);
  gst_object_unref(one);
}

TEST_F(DetectHeatmap, SaysWhatDoesNotFit) {
  start();
  Branch branch(detect.element(), "video/x-raw,format=I420");
  EXPECT_EQ(detect.push(anomalous(1)), GST_FLOW_NOT_NEGOTIATED);
  const auto complaint = detect.error();
  ASSERT_TRUE(complaint);
  EXPECT_EQ(complaint->domain, GST_STREAM_ERROR);
  for (const char* word : {"heatmap", "videoconvert"})
    EXPECT_NE(complaint->text.find(word), std::string::npos) << complaint->text;
}

// ---- pipelines

std::string watching(const std::string& rest) {
  return "videotestsrc num-buffers=30 ! video/x-raw,width=96,height=64 ! mvgadetect name=d "
         "threads=1 "
         "model=" +
         small_model().string() + " weights=" + small_weights().string() + " " + rest;
}

TEST(DetectHeatmapPipelines, DoNotStallForABranchBehindALeakyQueue) {
  GstElement* pipeline = gst_parse_launch(
      watching("messages=all ! fakesink async=false d.heatmap ! "
               "queue leaky=downstream max-size-buffers=2 ! appsink max-buffers=1 async=false")
          .c_str(),
      nullptr);
  GstBus* bus = gst_element_get_bus(pipeline);
  gst_element_set_state(pipeline, GST_STATE_PLAYING);
  int frames = 0;
  while (frames < 30) {
    GstMessage* message = gst_bus_timed_pop_filtered(bus, 10 * GST_SECOND, GST_MESSAGE_ELEMENT);
    ASSERT_NE(message, nullptr) << "stalled after " << frames << " frames";
    frames += gst_message_has_name(message, "mvga-result");
    gst_message_unref(message);
  }
  gst_element_set_state(pipeline, GST_STATE_NULL);
  gst_object_unref(bus);
  gst_object_unref(pipeline);
}

TEST(DetectHeatmapPipelines, ShowItBesideThePicture) {
  EXPECT_EQ(play(watching("! queue ! compositor name=c sink_1::xpos=96 ! fakesink d.heatmap ! "
                          "video/x-raw,width=96,height=64 ! queue ! c.")),
            "");
}

}  // namespace
}  // namespace mvga::testing
