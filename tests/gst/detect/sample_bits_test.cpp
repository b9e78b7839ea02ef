// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Frames of 16 bits under a model that was learned from fewer in them.
#include <gtest/gtest.h>

#include <filesystem>

#include "core/files/model_file.h"
#include "gst/frames/mapped_frame.h"
#include "tests/gst/harness/detect_harness.h"
#include "tests/gst/harness/small_model.h"
#include "tests/models/temporary_folder.h"

namespace mvga::testing {
namespace {

constexpr int kBits = 12;
constexpr int kWidth = 96;
constexpr int kHeight = 64;

class DetectSampleBits : public ::testing::TestWithParam<GstVideoFormat> {
 protected:
  void SetUp() override {
    Model model = load_model(small_model());
    model.reading.bits = kBits;
    save_model(model, folder_ / "deep.mvga");
  }

  /// The frame of bytes, each a number of 12 bits and as bright.
  static Buffer deep(GstBuffer* bytes) {
    const GstVideoInfo from = video_info(GST_VIDEO_FORMAT_GRAY8, kWidth, kHeight);
    const GstVideoInfo to = video_info(GetParam(), kWidth, kHeight);
    Buffer result = still_frame(to, 0);
    gst::MappedFrame in(from, bytes, GST_MAP_READ);
    gst::MappedFrame out(to, result.get(), GST_MAP_WRITE);
    for (int y = 0; y < kHeight; ++y)
      for (int x = 0; x < kWidth; ++x) {
        const guint8 byte = row(in, y)[x];
        write(out, x, y, static_cast<guint16>((byte * 4095 + 127) / 255));
      }
    return result;
  }
  static guint8* row(gst::MappedFrame& frame, int y) {
    return static_cast<guint8*>(GST_VIDEO_FRAME_PLANE_DATA(frame.get(), 0)) +
           static_cast<std::ptrdiff_t>(y) * GST_VIDEO_FRAME_PLANE_STRIDE(frame.get(), 0);
  }
  static void write(gst::MappedFrame& frame, int x, int y, guint16 number) {
    guint8* at = row(frame, y) + std::ptrdiff_t{2} * x;
    if (GetParam() == GST_VIDEO_FORMAT_GRAY16_LE)
      GST_WRITE_UINT16_LE(at, number);
    else
      GST_WRITE_UINT16_BE(at, number);
  }

  TemporaryFolder folder_;
};

TEST_P(DetectSampleBits, AreReadAsTheModelsPicturesWere) {
  const GstVideoInfo grey = video_info(GST_VIDEO_FORMAT_GRAY8, kWidth, kHeight);
  const Buffer scene = anomalous_frame(grey, 7);
  Detect bytes;
  bytes.set("model", small_model().c_str());
  bytes.start(grey);
  const double wanted = bytes.look_at(anomalous_frame(grey, 7)).score.value();

  const GstVideoInfo info = video_info(GetParam(), kWidth, kHeight);
  Detect detect;
  detect.set("model", (folder_ / "deep.mvga").c_str());
  detect.start(info);
  EXPECT_NEAR(detect.look_at(deep(scene.get())).score.value(), wanted, 0.06 * wanted)
      << "a sixteenth of the contrast?";
  EXPECT_FALSE(detect.warning()) << "nothing is brighter than white";
}

TEST_P(DetectSampleBits, AboveTheModelsWhiteAreSaidOnce) {
  const GstVideoInfo grey = video_info(GST_VIDEO_FORMAT_GRAY8, kWidth, kHeight);
  Detect detect;
  detect.set("model", (folder_ / "deep.mvga").c_str());
  detect.start(video_info(GetParam(), kWidth, kHeight));
  for (const bool first : {true, false}) {
    Buffer frame = deep(normal_frame(grey, 1).get());
    {
      gst::MappedFrame mapped(detect.info, frame.get(), GST_MAP_WRITE);
      write(mapped, kWidth - 1, kHeight - 1, 4096);
    }
    detect.watch(std::move(frame));
    const auto warning = detect.warning();
    ASSERT_EQ(warning.has_value(), first);
    if (!first) continue;
    EXPECT_NE(warning->text.find("above 4095"), std::string::npos) << warning->text;
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, DetectSampleBits,
                         ::testing::Values(GST_VIDEO_FORMAT_GRAY16_LE, GST_VIDEO_FORMAT_GRAY16_BE),
                         [](const auto& info) {
                           return std::string(gst_video_format_to_string(info.param));
                         });

}  // namespace
}  // namespace mvga::testing
