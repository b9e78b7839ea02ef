// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvgadetect as a contender of versus_anomalib.py, which says when: a process of its own that has
// pictures in memory and scores them on request.
//
// usage: versus-mvga PICTURES.rgb WIDTH HEIGHT RESIDENT PROPERTY=VALUE...
//
// PICTURES.rgb: pictures of WIDTH x HEIGHT, three bytes a pixel, one after the other, of which the
// first RESIDENT are kept in memory. The properties are mvgadetect's. Requests are lines on
// standard input, answers are lines of numbers:
//   score     the score of every picture in the file
//   turn N    the milliseconds that the first N pictures in memory took in all, and one by one
//   stream N  the milliseconds that they took in all, pushed as fast as the element takes them

#include <mvga/anomaly.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/benchmarks/speed/elements.h"
#include "tests/benchmarks/speed/rounds.h"
#include "tests/benchmarks/speed/scene.h"

namespace {

using namespace mvga::benchmarks;

struct UnrefAnomaly {
  void operator()(MvgaAnomaly* anomaly) const { mvga_anomaly_unref(anomaly); }
};
using Anomaly = std::unique_ptr<MvgaAnomaly, UnrefAnomaly>;

struct UnrefBytes {
  void operator()(GBytes* bytes) const { g_bytes_unref(bytes); }
};
using Bytes = std::unique_ptr<GBytes, UnrefBytes>;

/// Decoded pictures of one size in a file.
class Pictures {
 public:
  Pictures(const std::string& file, int width, int height)
      : file_(file, std::ios::binary), width_(width), height_(height) {
    if (!file_) throw std::runtime_error(file + " cannot be read");
  }

  /// Empty after the last one.
  std::vector<char> next() {
    std::vector<char> pixels(std::size_t{3} * width_ * height_);
    file_.read(pixels.data(), static_cast<std::streamsize>(pixels.size()));
    if (file_.gcount() == 0) return {};
    if (!file_) throw std::runtime_error("the file of pictures ends within one");
    return pixels;
  }
  void rewind() {
    file_.clear();
    file_.seekg(0);
  }

  /// A frame that shows the pixels where they are: the caller keeps them.
  GstBuffer* frame(std::vector<char>& pixels) const {
    GstBuffer* frame = gst_buffer_new_wrapped_full(
        GST_MEMORY_FLAG_READONLY, pixels.data(), pixels.size(), 0, pixels.size(), nullptr, nullptr);
    // Rows follow each other without the gaps that GStreamer would leave.
    gsize offsets[GST_VIDEO_MAX_PLANES] = {};
    gint strides[GST_VIDEO_MAX_PLANES] = {3 * width_};
    gst_buffer_add_video_meta_full(frame, GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_FORMAT_RGB, width_,
                                   height_, 1, offsets, strides);
    return frame;
  }

 private:
  std::ifstream file_;
  int width_;
  int height_;
};

class Watcher {
 public:
  Watcher(const std::string& file, int width, int height, std::size_t resident,
          const std::string& properties)
      : pictures_(file, width, height),
        harness_(
            harness_for("mvgadetect attach=score+regions+map qos-policy=ignore " + properties)) {
    gst_harness_set_src_caps_str(harness_.get(), caps_of("RGB", width, height).c_str());
    while (resident_.size() < resident) {
      resident_.push_back(pictures_.next());
      if (resident_.back().empty()) throw std::runtime_error("there are too few pictures");
    }
  }

  void score() {
    pictures_.rewind();
    for (std::vector<char> pixels = pictures_.next(); !pixels.empty(); pixels = pictures_.next()) {
      push_picture(pixels);
      std::printf("%.9g ", take_result(gst_harness_pull(harness_.get())));
    }
  }

  void turn(std::size_t count) {
    double all = 0;
    std::string each;
    for (std::size_t i = 0; i < count; ++i) {
      const double one = milliseconds([&] {
        push_picture(resident_.at(i));
        take_result(gst_harness_pull(harness_.get()));
      });
      all += one;
      each.append(" ").append(std::to_string(one));
    }
    std::printf("%f%s", all, each.c_str());
  }

  void stream(std::size_t count) {
    const double all = milliseconds([&] {
      std::size_t results = 0;
      for (std::size_t i = 0; i < count; ++i) {
        push_picture(resident_.at(i));
        while (GstBuffer* frame = gst_harness_try_pull(harness_.get())) {
          take_result(frame);
          ++results;
        }
      }
      for (; results < count; ++results) take_result(gst_harness_pull(harness_.get()));
    });
    std::printf("%f", all);
  }

 private:
  void push_picture(std::vector<char>& pixels) {
    GstBuffer* frame = pictures_.frame(pixels);
    GST_BUFFER_PTS(frame) = number_++ * GST_SECOND / 25;
    push(harness_.get(), frame);
  }

  /// Reads what a program behind the element would: score and map.
  static double take_result(GstBuffer* frame) {
    const Buffer owned(frame);
    if (frame == nullptr) throw std::runtime_error("a frame did not come back");
    const Anomaly anomaly(mvga_buffer_get_anomaly(frame));
    if (!anomaly || !mvga_anomaly_has_result(anomaly.get()))
      throw std::runtime_error("a frame came back without a result");
    guint width = 0;
    guint height = 0;
    const Bytes map(mvga_anomaly_get_map(anomaly.get(), &width, &height, nullptr, nullptr));
    if (!map || width * height == 0) throw std::runtime_error("a frame came back without a map");
    return mvga_anomaly_get_score(anomaly.get());
  }

  Pictures pictures_;
  Harness harness_;
  std::vector<std::vector<char>> resident_;
  guint64 number_ = 0;
};

void serve(Watcher& watcher) {
  std::string request;
  std::size_t count = 0;
  while (std::cin >> request) {
    if (request == "score")
      watcher.score();
    else if (request == "turn" && std::cin >> count)
      watcher.turn(count);
    else if (request == "stream" && std::cin >> count)
      watcher.stream(count);
    else
      throw std::runtime_error("there is no request " + request);
    std::printf("\n");
    std::fflush(stdout);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) {
    std::fprintf(stderr, "usage: %s PICTURES.rgb WIDTH HEIGHT RESIDENT PROPERTY=VALUE...\n",
                 argv[0]);
    return 2;
  }
  gst_init(nullptr, nullptr);
  try {
    std::string properties;
    for (int i = 5; i < argc; ++i) properties += std::string(argv[i]) + " ";
    Watcher watcher(argv[1], std::atoi(argv[2]), std::atoi(argv[3]),
                    static_cast<std::size_t>(std::atoi(argv[4])), properties);
    serve(watcher);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
  }
}
