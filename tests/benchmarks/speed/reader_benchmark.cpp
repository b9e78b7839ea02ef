// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What it costs to bring a frame to a network's input: by the elements' reader, and by
// GstVideoConverter with the same part, size and taps, in turn, on one thread, by the time that it
// had of a processor.
//
// usage: reader-benchmark [ROUNDS [SIDE]]

#include <gst/video/video.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "gst/frames/frame_reader.h"
#include "tests/benchmarks/speed/rounds.h"

namespace {

using namespace mvga::benchmarks;

constexpr int kRepeats = 5;

struct Frame {
  Frame(GstVideoFormat format, int width, int height) {
    gst_video_info_set_format(&info, format, static_cast<guint>(width), static_cast<guint>(height));
    buffer = gst_buffer_new_allocate(nullptr, info.size, nullptr);
    GstMapInfo map;
    gst_buffer_map(buffer, &map, GST_MAP_WRITE);
    for (gsize i = 0; i < map.size; ++i) map.data[i] = static_cast<guint8>((i * 2654435761U) >> 24);
    gst_buffer_unmap(buffer, &map);
  }
  Frame(const Frame&) = delete;
  Frame& operator=(const Frame&) = delete;
  ~Frame() { gst_buffer_unref(buffer); }

  GstVideoInfo info{};
  GstBuffer* buffer;
};

class Converter {
 public:
  Converter(const GstVideoInfo& info, int side) : info_(info) {
    gst_video_info_set_format(&rgb_, GST_VIDEO_FORMAT_RGB, static_cast<guint>(side),
                              static_cast<guint>(side));
    converter_.reset(gst_video_converter_new(
        &info_, &rgb_,
        gst_structure_new("benchmark", GST_VIDEO_CONVERTER_OPT_RESAMPLER_METHOD,
                          GST_TYPE_VIDEO_RESAMPLER_METHOD, GST_VIDEO_RESAMPLER_METHOD_LINEAR,
                          GST_VIDEO_CONVERTER_OPT_DITHER_METHOD, GST_TYPE_VIDEO_DITHER_METHOD,
                          GST_VIDEO_DITHER_NONE, nullptr)));
    pixels_.resize(rgb_.size);
    out_.info = rgb_;
    out_.data[0] = pixels_.data();
  }
  void convert(GstBuffer* buffer) {
    GstVideoFrame frame;
    gst_video_frame_map(&frame, &info_, buffer, GST_MAP_READ);
    gst_video_converter_frame(converter_.get(), &frame, &out_);
    gst_video_frame_unmap(&frame);
  }

 private:
  struct Free {
    void operator()(GstVideoConverter* p) const { gst_video_converter_free(p); }
  };
  GstVideoInfo info_;
  GstVideoInfo rgb_{};
  GstVideoFrame out_{};
  std::unique_ptr<GstVideoConverter, Free> converter_;
  std::vector<std::uint8_t> pixels_;
};

void measure(GstVideoFormat format, int width, int height, int side, int rounds) {
  const Frame frame(format, width, height);
  Converter converter(frame.info, side);
  mvga::gst::FrameReader reader;
  reader.configure(frame.info, mvga::Box(), side);
  std::vector<Contender> both;
  both.push_back({"reader", [&] { reader.read(frame.buffer); }});
  both.push_back({"GstVideoConverter", [&] { converter.convert(frame.buffer); }});
  run_in_turn(both, rounds, kRepeats, processor_milliseconds);
  const Spread times = ratio(both[0].rounds, both[1].rounds);
  std::printf("| %dx%d %s | %.2f | %.2f | %.2f (%.2f to %.2f) |\n", width, height,
              gst_video_format_to_string(format), spread(both[0].rounds).median,
              spread(both[1].rounds).median, times.median, times.lower, times.upper);
}

}  // namespace

int main(int argc, char** argv) {
  gst_init(nullptr, nullptr);
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 20;
  const int side = argc > 2 ? std::atoi(argv[2]) : 380;
  std::printf(
      "| frame to %dx%d RGB | reader, ms | GstVideoConverter, ms | ratio (quartiles) |\n"
      "|---|---|---|---|\n",
      side, side);
  const GstVideoFormat usual[] = {GST_VIDEO_FORMAT_NV12,     GST_VIDEO_FORMAT_I420,
                                  GST_VIDEO_FORMAT_BGRx,     GST_VIDEO_FORMAT_RGB,
                                  GST_VIDEO_FORMAT_YUY2,     GST_VIDEO_FORMAT_GRAY8,
                                  GST_VIDEO_FORMAT_P010_10LE};
  for (const auto& [width, height] : {std::pair{640, 360}, {1920, 1080}, {3840, 2160}})
    for (const GstVideoFormat format : usual) measure(format, width, height, side, rounds);
}
