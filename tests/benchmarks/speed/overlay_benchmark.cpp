// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What drawing costs: heat map, contours, box and label, painted and blended into a frame.
//
// usage: overlay-benchmark [ROUNDS [WIDTH HEIGHT]]
//
// Every case in turn in every round. The label is another one for every frame, as a score is, and
// the frame is one that a source has just written. One thread.

#include <gst/video/video.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "gst/drawing/blend.h"
#include "gst/drawing/overlay_painter.h"
#include "tests/benchmarks/speed/rounds.h"

namespace {

using namespace mvga;
using namespace mvga::benchmarks;

constexpr int kCells = 48;  // of EfficientNet-B4's finest level

struct Size {
  int width;
  int height;
};

/// One round anomaly whose heat map covers about this share of the frame.
Detection anomaly(double share) {
  Detection d;
  d.score = 7.31;
  d.threshold = 2.9;
  d.anomalous = true;
  d.map_scale = {1, 2};
  d.map = {kCells, kCells, {}};
  const double radius = std::sqrt(share / 3.14159);
  for (int y = 0; y < kCells; ++y) {
    for (int x = 0; x < kCells; ++x) {
      const double dx = ((x + 0.5) / kCells - 0.55) / radius;
      const double dy = ((y + 0.5) / kCells - 0.5) / radius;
      // 1, the end of the normal range, at the radius; some roughness, as real maps have.
      const double roughness = 0.1 * std::sin(1.7 * x) * std::cos(2.3 * y);
      d.map.values.push_back(
          static_cast<float>(3 * std::exp(-1.1 * (dx * dx + dy * dy)) * (1 + roughness)));
    }
  }
  d.regions = regions_above(d.map, d.map_scale.threshold, 16);
  return d;
}

class Frame {
 public:
  Frame(GstVideoFormat format, Size size) {
    GstVideoInfo info;
    gst_video_info_set_format(&info, format, size.width, size.height);
    buffer_ = gst_buffer_new_allocate(nullptr, info.size, nullptr);
    gst_video_frame_map(&frame_, &info, buffer_, GST_MAP_READWRITE);
  }
  ~Frame() {
    gst_video_frame_unmap(&frame_);
    gst_buffer_unref(buffer_);
  }
  Frame(const Frame&) = delete;
  Frame& operator=(const Frame&) = delete;

  GstVideoFrame* get() { return &frame_; }
  void write() {
    for (guint p = 0; p < GST_VIDEO_FRAME_N_PLANES(&frame_); ++p) {
      auto* data = static_cast<guint8*>(GST_VIDEO_FRAME_PLANE_DATA(&frame_, p));
      std::fill_n(
          data, GST_VIDEO_FRAME_PLANE_STRIDE(&frame_, p) * GST_VIDEO_FRAME_COMP_HEIGHT(&frame_, p),
          guint8{100});
    }
  }

 private:
  GstBuffer* buffer_;
  GstVideoFrame frame_ = {};
};

struct Case {
  std::string name;
  Detection detection;
  std::unique_ptr<Frame> frame;
  std::vector<double> paint = {}, blend = {}, both = {};  ///< milliseconds
};

std::vector<Case> cases(Size size) {
  std::vector<Case> all;
  for (const GstVideoFormat format :
       {GST_VIDEO_FORMAT_I420, GST_VIDEO_FORMAT_NV12, GST_VIDEO_FORMAT_BGRx}) {
    for (const auto& [what, share] : {std::pair{"1 %", 0.01}, {"10 %", 0.1}, {"all over", 3.0}})
      all.push_back({std::string(gst_video_format_to_string(format)) + ", " + what, anomaly(share),
                     std::make_unique<Frame>(format, size)});
  }
  return all;
}

void frame(overlay::OverlayPainter& painter, Case& c, Size size) {
  c.frame->write();
  c.detection.score += 0.01;
  overlay::CompositionPtr composition;
  c.paint.push_back(
      milliseconds([&] { composition = painter.paint(c.detection, "", size.width, size.height); }));
  // What is painted is freed with the frame.
  c.blend.push_back(milliseconds([&] {
    overlay::blend(composition.get(), c.frame->get());
    composition.reset();
  }));
  c.both.push_back(c.paint.back() + c.blend.back());
}

void report(const std::vector<Case>& all, Size size, int rounds) {
  std::printf("%dx%d, %d rounds, milliseconds: fastest and median\n\n", size.width, size.height,
              rounds);
  std::printf("| format, heat map on | paint | blend | both |\n|---|---|---|---|\n");
  for (const Case& c : all) {
    const auto cell = [](const std::vector<double>& times) {
      return std::pair(*std::min_element(times.begin(), times.end()), spread(times).median);
    };
    const auto [paint, usual_paint] = cell(c.paint);
    const auto [blend, usual_blend] = cell(c.blend);
    const auto [both, usual_both] = cell(c.both);
    std::printf("| %s | %.2f, %.2f | %.2f, %.2f | %.2f, %.2f |\n", c.name.c_str(), paint,
                usual_paint, blend, usual_blend, both, usual_both);
  }
}

}  // namespace

int main(int argc, char** argv) {
  gst_init(nullptr, nullptr);
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 200;
  const Size size = argc > 3 ? Size{std::atoi(argv[2]), std::atoi(argv[3])} : Size{1920, 1080};
  overlay::OverlayPainter painter(
      {.style = overlay::heatmap | overlay::contour | overlay::box | overlay::label});
  std::vector<Case> all = cases(size);
  for (int round = 0; round < rounds; ++round)
    for (Case& c : all) frame(painter, c, size);
  report(all, size, rounds);
}
