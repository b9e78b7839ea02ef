// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a decoder is kept from.

#include "tools/record/decoder_gate.h"

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>
#include <gtest/gtest.h>

#include <string>

#include "tools/record/pipelines.h"

namespace mvga::testing {
namespace {

using gst::Owned;
using tool::DecoderGate;

/// A frame for each letter: k a key frame, d one that needs those before; K and D the first after a
/// loss; c is damaged.
GstBuffer* frame_of(char letter, unsigned number) {
  GstBuffer* buffer = gst_buffer_new_allocate(nullptr, 1, nullptr);
  gst_buffer_memset(buffer, 0, static_cast<guint8>(letter), 1);
  GST_BUFFER_PTS(buffer) = number * GST_SECOND;
  if (letter != 'k' && letter != 'K') GST_BUFFER_FLAG_SET(buffer, GST_BUFFER_FLAG_DELTA_UNIT);
  if (letter == 'K' || letter == 'D') GST_BUFFER_FLAG_SET(buffer, GST_BUFFER_FLAG_DISCONT);
  if (letter == 'c') GST_BUFFER_FLAG_SET(buffer, GST_BUFFER_FLAG_CORRUPTED);
  return buffer;
}

struct Passed {
  std::string frames;
  std::uint64_t losses = 0;
  std::uint64_t kept_back = 0;
};

Passed passed(const std::string& frames, DecoderGate::Delivery delivery) {
  const gst::Pipeline pipeline = tool::parse_pipeline(
      "appsrc name=in format=time ! queue name=queue ! appsink name=out sync=false");
  const Owned<GstElement> in = tool::part_of(pipeline.get(), "in");
  const Owned<GstElement> out = tool::part_of(pipeline.get(), "out");
  DecoderGate gate(tool::part_of(pipeline.get(), "queue").get(), DecoderGate::Source::film,
                   delivery);
  gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
  for (unsigned i = 0; i < frames.size(); ++i)
    gst_app_src_push_buffer(GST_APP_SRC(in.get()), frame_of(frames[i], i));
  gst_app_src_end_of_stream(GST_APP_SRC(in.get()));
  Passed passed;
  while (const Owned<GstSample> sample{gst_app_sink_pull_sample(GST_APP_SINK(out.get()))}) {
    char letter = 0;
    gst_buffer_extract(gst_sample_get_buffer(sample.get()), 0, &letter, 1);
    passed.frames += letter;
  }
  passed.losses = gate.losses();
  passed.kept_back = gate.kept_back();
  return passed;
}

TEST(DecoderGate, LetsAWholeStreamPass) {
  for (const std::string frames : {"kddkdd", "Kddkdd", "Ddkdd"})
    EXPECT_EQ(passed(frames, DecoderGate::Delivery::frames).frames, frames)
        << "a stream begins with a discontinuity, and a decoder knows how to begin";
}

TEST(DecoderGate, WaitsForAKeyFrameAfterALoss) {
  const Passed result = passed("kddDddkdd", DecoderGate::Delivery::frames);
  EXPECT_EQ(result.frames, "kddkdd");
  EXPECT_EQ(result.losses, 1u);
  EXPECT_EQ(result.kept_back, 3u);
}

TEST(DecoderGate, TrustsAKeyFrameAfterALossUnlessPacketsAreLost) {
  EXPECT_EQ(passed("kdKddkd", DecoderGate::Delivery::frames).frames, "kdKddkd");
  EXPECT_EQ(passed("kdKddkd", DecoderGate::Delivery::packets).frames, "kdkd")
      << "it may lack a packet itself";
}

TEST(DecoderGate, KeepsDamagedFramesBack) {
  EXPECT_EQ(passed("kdcddkd", DecoderGate::Delivery::frames).frames, "kdkd");
}

TEST(DecoderGate, DoesNotWaitForEver) {
  const std::string renewed = "kd" + std::string(1, 'D') + std::string(50, 'd');
  EXPECT_GT(passed(renewed, DecoderGate::Delivery::packets).frames.size(), 15u)
      << "a stream may have no key frames at all";
}

}  // namespace
}  // namespace mvga::testing
