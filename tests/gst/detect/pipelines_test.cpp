// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvgadetect among other elements: what it attached arrives at the other end.
#include <gst/app/gstappsink.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/gst/harness/detect_harness.h"
#include "tests/gst/harness/small_model.h"
#include "tests/models/temporary_folder.h"

namespace mvga::testing {
namespace {

constexpr GstClockTime kTimeout = 60 * GST_SECOND;

std::string detector(const std::string& properties = "") {
  return "mvgadetect name=detect model=" + small_model().string() +
         " weights=" + small_weights().string() + " " + properties + " ";
}

/// Colour bars are nothing that the small model calls normal.
std::string bars(int frames) {
  return "videotestsrc pattern=smpte num-buffers=" + std::to_string(frames) +
         " ! video/x-raw,format=I420,width=96,height=64,framerate=25/1 ! ";
}

struct UnrefSample {
  void operator()(GstSample* sample) const { gst_sample_unref(sample); }
};
using Sample = std::unique_ptr<GstSample, UnrefSample>;

class Pipeline {
 public:
  explicit Pipeline(const std::string& description) {
    GError* error = nullptr;
    pipeline_ = gst_parse_launch(description.c_str(), &error);
    if (error == nullptr) return;
    const std::string text = error->message;
    g_error_free(error);
    throw std::runtime_error(text);
  }
  ~Pipeline() {
    gst_element_set_state(pipeline_, GST_STATE_NULL);
    gst_object_unref(pipeline_);
  }
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  void set_state(GstState state) {
    if (gst_element_set_state(pipeline_, state) == GST_STATE_CHANGE_FAILURE)
      throw std::runtime_error("state change failed");
  }
  bool seek(GstClockTime start, GstClockTime stop) {
    return gst_element_seek(pipeline_, 1, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH, GST_SEEK_TYPE_SET,
                            static_cast<gint64>(start), GST_SEEK_TYPE_SET,
                            static_cast<gint64>(stop)) != FALSE;
  }
  /// What the sinks are told to wait at least; throws if the pipeline is not live.
  GstClockTime live_latency() {
    GstQuery* query = gst_query_new_latency();
    gboolean live = FALSE;
    GstClockTime min = 0;
    if (gst_element_query(pipeline_, query)) gst_query_parse_latency(query, &live, &min, nullptr);
    gst_query_unref(query);
    if (!live) throw std::runtime_error("not live");
    return min;
  }
  /// The next sample of an appsink; null at EOS.
  Sample pull(const char* name = "out") {
    GstElement* sink = gst_bin_get_by_name(GST_BIN(pipeline_), name);
    Sample sample(gst_app_sink_try_pull_sample(GST_APP_SINK(sink), kTimeout));
    gst_object_unref(sink);
    return sample;
  }
  /// Plays to the end.
  std::vector<Sample> samples(const char* name = "out") {
    set_state(GST_STATE_PLAYING);
    std::vector<Sample> all;
    while (Sample sample = pull(name)) all.push_back(std::move(sample));
    return all;
  }
  /// Plays to the end, and says what went wrong.
  std::string run() {
    set_state(GST_STATE_PLAYING);
    GstBus* bus = gst_element_get_bus(pipeline_);
    GstMessage* message = gst_bus_timed_pop_filtered(
        bus, kTimeout, static_cast<GstMessageType>(GST_MESSAGE_EOS | GST_MESSAGE_ERROR));
    gst_object_unref(bus);
    std::string trouble = message == nullptr ? "no EOS" : "";
    if (message != nullptr && GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR) {
      GError* error = nullptr;
      gst_message_parse_error(message, &error, nullptr);
      trouble = error->message;
      g_error_free(error);
    }
    if (message != nullptr) gst_message_unref(message);
    return trouble;
  }

 private:
  GstElement* pipeline_ = nullptr;
};

AnomalyMeta meta_of(const Sample& sample) {
  const auto meta = anomaly_meta(gst_sample_get_buffer(sample.get()));
  if (!meta) throw std::runtime_error("the metadata are gone");
  return *meta;
}

GstClockTime pts_of(const Sample& sample) {
  return GST_BUFFER_PTS(gst_sample_get_buffer(sample.get()));
}

TEST(DetectPipelines, MetadataSurviveConversionAndScaling) {
  Pipeline pipeline(bars(5) + detector() + "! tee name=t " +
                    "t. ! queue ! appsink name=plain sync=false " +
                    "t. ! queue ! videoconvert ! videoscale ! "
                    "video/x-raw,format=BGRx,width=192,height=128 ! appsink name=out sync=false");
  const auto scaled = pipeline.samples();
  ASSERT_EQ(scaled.size(), 5u);
  for (const Sample& sample : scaled) {
    const Sample plain = pipeline.pull("plain");
    const AnomalyMeta meta = meta_of(sample);
    EXPECT_EQ(meta.status, "fresh");
    EXPECT_EQ(meta.result_pts, pts_of(sample));
    EXPECT_EQ(meta.score, meta_of(plain).score);
    EXPECT_EQ(meta.regions.size(), meta.n_regions);
    EXPECT_GE(meta.n_regions, 1u);
    const auto before = anomaly_regions(gst_sample_get_buffer(plain.get()));
    const auto after = anomaly_regions(gst_sample_get_buffer(sample.get()));
    ASSERT_EQ(after.size(), before.size());
    EXPECT_EQ(after[0]->x, 2 * before[0]->x) << "the region did not grow with the picture";
    EXPECT_EQ(after[0]->h, 2 * before[0]->h) << "the region did not grow with the picture";
  }
}

// What the metadata go through, and whether the places are still right after it.
struct Passage {
  const char* elements;
  bool keeps_places;
  bool keeps_roi_metas = keeps_places;  ///< GStreamer's own kind
};

class DetectPassages : public ::testing::TestWithParam<Passage> {};

TEST_P(DetectPassages, KeepTheScoreAndPlacesThatAreStillRight) {
  Pipeline pipeline(bars(5) + detector() +
                    "! tee name=t t. ! queue ! appsink name=plain sync=false " + "t. ! queue ! " +
                    GetParam().elements + " ! appsink name=out sync=false");
  const auto passed = pipeline.samples();
  ASSERT_EQ(passed.size(), 5u);
  for (const Sample& sample : passed) {
    GstBuffer* buffer = gst_sample_get_buffer(sample.get());
    const AnomalyMeta before = meta_of(pipeline.pull("plain"));
    const AnomalyMeta after = meta_of(sample);
    EXPECT_EQ(after.score, before.score);
    EXPECT_EQ(after.status, before.status);
    EXPECT_EQ(places(buffer) != nullptr, GetParam().keeps_places);
    EXPECT_EQ(!anomaly_regions(buffer).empty(), GetParam().keeps_roi_metas);
    if (!GetParam().keeps_places) continue;
    ASSERT_EQ(after.regions.size(), before.regions.size());
    EXPECT_EQ(after.regions[0].x, before.regions[0].x);
    EXPECT_EQ(after.regions[0].h, before.regions[0].h);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Elements, DetectPassages,
    ::testing::Values(
        Passage{"videoconvert ! video/x-raw,format=RGB", true},
        Passage{"videoscale ! video/x-raw,width=48,height=32", true},
        // Stretched, as the pixel aspect ratio says.
        Passage{"videoscale ! video/x-raw,width=48,height=64", true},
        // Of another shape: with borders, which GStreamer's own meta does not know of.
        Passage{"videoscale ! video/x-raw,width=64,height=64,pixel-aspect-ratio=1/1", false, true},
        Passage{"videocrop left=8", false}, Passage{"aspectratiocrop aspect-ratio=1/1", false},
        Passage{"queue", true}, Passage{"videobalance saturation=0.5", true},
        Passage{"x264enc tune=zerolatency ! h264parse", true},
        Passage{"x264enc tune=zerolatency ! h264parse ! avdec_h264", true},
        Passage{"jpegenc", true}, Passage{"jpegenc ! jpegdec", true}),
    [](const ::testing::TestParamInfo<Passage>& passage) {
      std::string name = std::to_string(passage.index) + "_" + passage.param.elements;
      std::replace_if(
          name.begin(), name.end(), [](unsigned char c) { return !std::isalnum(c); }, '_');
      return name;
    });

TEST(DetectPipelines, MetadataSurviveAnEncoder) {
  Pipeline pipeline(bars(20) + detector("inference-interval=2") +
                    "! x264enc bframes=2 ! h264parse ! appsink name=out sync=false");
  const auto samples = pipeline.samples();
  ASSERT_EQ(samples.size(), 20u);
  // Encoders move all timestamps by the same time.
  const GstClockTime moved = pts_of(samples[0]) - meta_of(samples[0]).result_pts;
  std::set<GstClockTime> seen;
  for (const Sample& sample : samples) {
    const AnomalyMeta meta = meta_of(sample);
    EXPECT_EQ(meta.result_pts + meta.age, pts_of(sample) - moved) << "another frame's metadata";
    EXPECT_EQ(meta.status, meta.age == 0 ? "fresh" : "held");
    seen.insert(pts_of(sample));
  }
  EXPECT_EQ(seen.size(), 20u);
}

TEST(DetectPipelines, TheRecordingHasEveryFrameAtItsTime) {
  const TemporaryFolder folder;
  const std::string file = (folder / "annotated.mkv").string();
  Pipeline recorder(bars(30) + detector("overlay=blend") +
                    "! videoconvert ! x264enc ! matroskamux ! filesink location=" + file);
  ASSERT_EQ(recorder.run(), "");
  Pipeline player("filesrc location=" + file +
                  " ! matroskademux ! avdec_h264 ! appsink name=out sync=false");
  const auto samples = player.samples();
  ASSERT_EQ(samples.size(), 30u);
  for (std::size_t i = 0; i < samples.size(); ++i)
    EXPECT_NEAR(static_cast<double>(pts_of(samples[i])), static_cast<double>(i) * 40e6, 1e6)
        << "frame " << i;
}

TEST(DetectPipelines, ASeekStartsAfresh) {
  Pipeline pipeline("videotestsrc ! video/x-raw,format=I420,width=96,height=64,framerate=25/1 ! " +
                    detector("inference-interval=1000") +
                    "! appsink name=out sync=false max-buffers=1");
  pipeline.set_state(GST_STATE_PLAYING);
  ASSERT_EQ(meta_of(pipeline.pull()).status, "fresh");
  ASSERT_EQ(meta_of(pipeline.pull()).status, "held");
  for (const GstClockTime start : {3 * GST_SECOND, GST_SECOND}) {
    ASSERT_TRUE(pipeline.seek(start, start + GST_SECOND / 5));
    for (GstClockTime frame = 0; frame < 5; ++frame) {
      const Sample sample = pipeline.pull();
      ASSERT_NE(sample, nullptr);
      EXPECT_EQ(pts_of(sample), start + frame * GST_SECOND / 25);
      EXPECT_EQ(meta_of(sample).status, frame == 0 ? "fresh" : "held");
      EXPECT_EQ(meta_of(sample).result_pts, start) << "held from before the seek";
    }
    EXPECT_EQ(pipeline.pull(), nullptr) << "no EOS";
  }
}

TEST(DetectPipelines, CapsMayChangeUpstream) {
  Pipeline pipeline("concat name=c ! " + detector() + "! appsink name=out sync=false " + bars(3) +
                    "c. videotestsrc num-buffers=3 ! "
                    "video/x-raw,format=BGRx,width=161,height=91,framerate=25/1 ! c.");
  const auto samples = pipeline.samples();
  ASSERT_EQ(samples.size(), 6u);
  for (const Sample& sample : samples) EXPECT_EQ(meta_of(sample).status, "fresh");
}

TEST(DetectPipelines, ALivePipelineIsToldHowLongFramesTake) {
  Pipeline pipeline(
      "videotestsrc is-live=true ! video/x-raw,format=I420,width=96,height=64,framerate=25/1 ! " +
      detector() + "! appsink name=out sync=true");
  pipeline.set_state(GST_STATE_PLAYING);
  for (int i = 0; i < 3; ++i) {
    const guint64 took = meta_of(pipeline.pull()).inference_time;
    EXPECT_GE(pipeline.live_latency(), GST_SECOND / 25 + took) << "one frame is the camera's own";
  }
}

}  // namespace
}  // namespace mvga::testing
