// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What one stream that comes as fast as it can gets from inference-mode=async: frames a second,
// against sync, with so many frames in flight and in batches.
//
// usage: modes-benchmark ROUNDS ARCHITECTURE...    (weights: MVGA_WEIGHTS_PATH, or built in)
//
// 640x360 I420 with an object on it, drawn (overlay=blend). Rows are measured in turn, each with an
// element of its own; ratios are to sync, round by round.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/benchmarks/speed/arguments.h"
#include "tests/benchmarks/speed/elements.h"
#include "tests/benchmarks/speed/rounds.h"
#include "tests/benchmarks/speed/scene.h"

namespace {

using namespace mvga::benchmarks;
namespace fs = std::filesystem;

constexpr int kWarmFrames = 8;
constexpr std::chrono::seconds kTime{4};

struct Row {
  std::string name;
  std::string settings;
  std::vector<double> frames_a_second = {};
};

std::vector<Row> rows() {
  std::vector<Row> rows{{"sync", ""}};
  for (const int line : {1, 2, 4, 8})
    rows.push_back({"async, " + std::to_string(line) + " in flight",
                    " inference-mode=async max-in-flight=" + std::to_string(line)});
  for (const int batch : {2, 4})
    rows.push_back({"async, 8 in flight, batches of " + std::to_string(batch),
                    " inference-mode=async max-in-flight=8 batch-size=" + std::to_string(batch)});
  return rows;
}

class Stream {
 public:
  explicit Stream(const std::string& settings)
      : harness_(harness_for("mvgadetect device=cpu messages=none overlay=blend " + settings)),
        frame_(scene_frame(Scene::object, "I420", 640, 360, 1000)) {
    gst_harness_set_drop_buffers(harness_.get(), TRUE);
    gst_harness_set_src_caps_str(harness_.get(), caps_of("I420", 640, 360).c_str());
  }
  void watch(int frames) {
    for (int i = 0; i < frames; ++i) {
      GstBuffer* frame = gst_buffer_copy_deep(frame_.get());
      GST_BUFFER_PTS(frame) = number_++ * GST_SECOND / 25;
      push(harness_.get(), frame);
    }
    // Serialized: answered when all frames have left.
    GstQuery* drain = gst_query_new_drain();
    gst_pad_peer_query(harness_->srcpad, drain);
    gst_query_unref(drain);
  }

 private:
  Harness harness_;
  Buffer frame_;
  guint64 number_ = 0;
};

double frames_a_second(const std::string& settings) {
  using Clock = std::chrono::steady_clock;
  Stream stream(settings);
  stream.watch(kWarmFrames);
  const auto start = Clock::now();
  const auto since = [&] { return std::chrono::duration<double>(Clock::now() - start); };
  int frames = 0;
  // Many at a time: the line runs empty in between.
  for (int many = 16; since() < kTime; frames += many) {
    stream.watch(many);
    if (since() < kTime / 8) many *= 2;
  }
  return frames / since().count();
}

void measure(const std::string& architecture, int rounds) {
  const fs::path model = fs::temp_directory_path() / ("mvga-modes-" + architecture + ".mvga");
  learn("device=cpu backbone=" + architecture, model);
  std::vector<Row> measured = rows();
  for (int round = 0; round < rounds; ++round)
    for (Row& row : measured)
      row.frames_a_second.push_back(frames_a_second("model=" + model.string() + row.settings));
  fs::remove(model);
  std::printf("| %s | frames a second | times sync (quartiles) |\n|---|---|---|\n",
              architecture.c_str());
  for (const Row& row : measured) {
    const Spread faster = ratio(row.frames_a_second, measured[0].frames_a_second);
    std::printf("| %s | %.1f | %.2f (%.2f to %.2f) |\n", row.name.c_str(),
                spread(row.frames_a_second).median, faster.median, faster.lower, faster.upper);
  }
}

}  // namespace

int main(int argc, char** argv) {
  gst_init(nullptr, nullptr);
  return run_with_architectures(argc, argv, [](int rounds, const auto& architectures) {
    for (const std::string& architecture : architectures) measure(architecture, rounds);
  });
}
