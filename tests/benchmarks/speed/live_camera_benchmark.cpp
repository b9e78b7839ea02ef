// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A camera of 1920x1080 at 30 frames a second before mvgadetect: what it adds to each frame, how
// many are looked at, and whether memory and threads stay what they are.
//
// usage: live-camera-benchmark MODEL.mvga [MODE [SECONDS [PROPERTY=VALUE...]]]
// MODE: inference-mode, decoupled if not given. Prints a line for every tenth of the time.

#include <gst/gst.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

/// How long frames are between two pads.
class Passages {
 public:
  void enter(GstBuffer* frame) {
    const std::lock_guard lock(mutex_);
    entered_[GST_BUFFER_PTS(frame)] = Clock::now();
    ++in_;
  }
  void leave(GstBuffer* frame) {
    const auto now = Clock::now();
    const std::lock_guard lock(mutex_);
    const auto found = entered_.find(GST_BUFFER_PTS(frame));
    if (found == entered_.end()) return;
    ms_.push_back(std::chrono::duration<double, std::milli>(now - found->second).count());
    entered_.erase(found);
    ++out_;
  }

  struct Summary {
    std::size_t in, out;
    double median, p95, largest;
  };
  /// Of the passages since the last call.
  Summary take() {
    const std::lock_guard lock(mutex_);
    std::vector<double> ms;
    ms.swap(ms_);
    if (ms.empty()) ms.push_back(0);
    std::sort(ms.begin(), ms.end());
    const auto at = [&](double share) {
      return ms[static_cast<std::size_t>(share * static_cast<double>(ms.size() - 1))];
    };
    return {in_, out_, at(0.5), at(0.95), ms.back()};
  }

 private:
  std::mutex mutex_;
  std::map<GstClockTime, Clock::time_point> entered_;
  std::vector<double> ms_;
  std::size_t in_ = 0;
  std::size_t out_ = 0;
};

void watch(GstElement* element, const char* pad_name, void (Passages::*note)(GstBuffer*),
           Passages& passages) {
  struct Watch {
    Passages& passages;
    void (Passages::*note)(GstBuffer*);
  };
  GstPad* pad = gst_element_get_static_pad(element, pad_name);
  gst_pad_add_probe(
      pad, GST_PAD_PROBE_TYPE_BUFFER,
      [](GstPad*, GstPadProbeInfo* info, gpointer data) {
        auto* watch = static_cast<Watch*>(data);
        (watch->passages.*watch->note)(GST_PAD_PROBE_INFO_BUFFER(info));
        return GST_PAD_PROBE_OK;
      },
      new Watch{passages, note}, [](gpointer data) { delete static_cast<Watch*>(data); });
  gst_object_unref(pad);
}

/// A field of /proc/self/status, such as VmRSS (in KiB) or Threads.
long status_field(const std::string& field) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.rfind(field + ":", 0) == 0) return std::stol(line.substr(field.size() + 1));
  return 0;
}

guint64 count(GstElement* detect, const char* field) {
  GstStructure* stats = nullptr;
  g_object_get(detect, "stats", &stats, nullptr);
  guint64 value = 0;
  gst_structure_get_uint64(stats, field, &value);
  gst_structure_free(stats);
  return value;
}

std::string description(int argc, char** argv) {
  std::string detect = "mvgadetect name=detect model=" + std::string(argv[1]) +
                       " inference-mode=" + (argc > 2 ? argv[2] : "decoupled");
  for (int i = 4; i < argc; ++i) detect += std::string(" ") + argv[i];
  return "videotestsrc is-live=true pattern=ball ! "
         "video/x-raw,format=I420,width=1920,height=1080,framerate=30/1 ! " +
         detect + " ! fakesink sync=false";
}

void run(int argc, char** argv) {
  const double seconds = argc > 3 ? std::atof(argv[3]) : 60;
  GError* error = nullptr;
  GstElement* pipeline = gst_parse_launch(description(argc, argv).c_str(), &error);
  if (error != nullptr) throw std::runtime_error(error->message);
  GstElement* detect = gst_bin_get_by_name(GST_BIN(pipeline), "detect");
  Passages passages;
  watch(detect, "sink", &Passages::enter, passages);
  watch(detect, "src", &Passages::leave, passages);
  if (gst_element_set_state(pipeline, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE)
    throw std::runtime_error("the pipeline does not start");
  std::printf("%8s %8s %8s %8s %9s %9s %9s %8s %8s\n", "second", "in", "out", "looked", "median ms",
              "p95 ms", "max ms", "MiB", "threads");
  constexpr int kLines = 10;
  for (int i = 1; i <= kLines; ++i) {
    g_usleep(static_cast<gulong>(seconds / kLines * G_USEC_PER_SEC));
    const Passages::Summary s = passages.take();
    std::printf("%8.0f %8zu %8zu %8lu %9.2f %9.2f %9.2f %8.1f %8ld\n", seconds * i / kLines, s.in,
                s.out, static_cast<unsigned long>(count(detect, "inferred")), s.median, s.p95,
                s.largest, static_cast<double>(status_field("VmRSS")) / 1024,
                status_field("Threads"));
    std::fflush(stdout);
  }
  gst_element_set_state(pipeline, GST_STATE_NULL);
  gst_object_unref(detect);
  gst_object_unref(pipeline);
}

}  // namespace

int main(int argc, char** argv) {
  gst_init(&argc, &argv);
  if (argc < 2) {
    std::fprintf(stderr,
                 "usage: live-camera-benchmark MODEL.mvga [MODE [SECONDS [PROPERTY=VALUE...]]]\n");
    return 2;
  }
  try {
    run(argc, argv);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
  }
}
