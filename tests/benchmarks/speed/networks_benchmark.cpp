// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a frame costs with each network: 640x360 I420 with an object on it, overlay=blend, through
// mvgadetect.
//
// usage: networks-benchmark ROUNDS ARCHITECTURE...    (weights: MVGA_WEIGHTS_PATH, or built in)
//
// Every row is measured in processes of its own, in turn, so that each has its own peak of memory
// and no network warms the next one's caches. Ratios are to the first architecture in fp32 on two
// threads, round by round.

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/benchmarks/speed/arguments.h"
#include "tests/benchmarks/speed/elements.h"
#include "tests/benchmarks/speed/rounds.h"
#include "tests/benchmarks/speed/scene.h"
#include "tests/benchmarks/speed/stages.h"

namespace {

using namespace mvga::benchmarks;
namespace fs = std::filesystem;

constexpr int kWarmFrames = 5;
constexpr int kFrames = 25;

struct Row {
  std::string architecture;
  const char* precision;
  int threads;
  // Of each round: milliseconds of a frame.
  std::vector<double> backbone = {}, score = {}, rest = {}, all = {};
  double peak_mb = 0;
};

/// Runs `work` in a process of its own, where no other has left anything, and gets what it returns.
/// @returns the numbers and the peak of its memory in MB
struct Measured {
  Cost cost;
  double peak_mb = 0;
};
Measured in_a_process(const std::function<Cost()>& work) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("no process");
  if (child == 0) {
    try {
      gst_init(nullptr, nullptr);
      const Cost cost = work();
      _exit(write(ends[1], &cost, sizeof cost) == sizeof cost ? 0 : 1);
    } catch (const std::exception& e) {
      std::fprintf(stderr, "%s\n", e.what());
      _exit(1);
    }
  }
  close(ends[1]);
  Measured measured;
  const bool got = read(ends[0], &measured.cost, sizeof measured.cost) == sizeof measured.cost;
  close(ends[0]);
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  if (!got || status != 0) throw std::runtime_error("a measurement failed");
  measured.peak_mb = static_cast<double>(usage.ru_maxrss) / 1024;
  return measured;
}

/// The median frame, stage by stage.
Cost watch(const Row& row, const fs::path& model) {
  const Harness harness =
      harness_for("mvgadetect overlay=blend messages=all device=cpu model=" + model.string() +
                  " precision=" + row.precision + " threads=" + std::to_string(row.threads));
  GstElement* element = gst_harness_find_element(harness.get(), "mvgadetect");
  gst_harness_set_src_caps_str(harness.get(), caps_of("I420", 640, 360).c_str());
  StageReader stages(element);
  std::vector<double> backbone, score, all;
  for (int i = 0; i < kWarmFrames + kFrames; ++i) {
    GstBuffer* frame = scene_frame(Scene::object, "I420", 640, 360, 1000 + i);
    GST_BUFFER_PTS(frame) = i * GST_SECOND / 25;
    const double milliseconds_of_it = milliseconds([&] { push(harness.get(), frame); });
    gst_buffer_unref(gst_harness_pull(harness.get()));
    const Cost cost = stages.read();
    if (i < kWarmFrames) continue;
    backbone.push_back(cost.backbone);
    score.push_back(cost.score);
    all.push_back(milliseconds_of_it);
  }
  gst_object_unref(element);
  Cost median;
  median.backbone = spread(backbone).median;
  median.score = spread(score).median;
  median.all = spread(all).median;
  return median;
}

fs::path model_of(const std::string& architecture) {
  return fs::temp_directory_path() / ("mvga-networks-" + architecture + ".mvga");
}

void report(const std::vector<Row>& rows) {
  std::printf(
      "| network | precision | threads | backbone, ms | scoring, ms | everything else, ms | frames "
      "a "
      "second | times the first (quartiles) | peak memory, MB |\n"
      "|---|---|---|---|---|---|---|---|---|\n");
  for (const Row& row : rows) {
    const Spread faster = ratio(rows.front().all, row.all);
    std::printf("| %s | %s | %d | %.1f | %.2f | %.2f | %.1f | %.2f (%.2f to %.2f) | %.0f |\n",
                row.architecture.c_str(), row.precision, row.threads, spread(row.backbone).median,
                spread(row.score).median, spread(row.rest).median, 1000 / spread(row.all).median,
                faster.median, faster.lower, faster.upper, row.peak_mb);
  }
}

void measure(int rounds, const std::vector<std::string>& architectures) {
  std::vector<Row> rows;
  for (const std::string& architecture : architectures) {
    in_a_process([&] {
      learn("device=cpu backbone=" + architecture, model_of(architecture));
      return Cost();
    });
    for (const char* precision : {"fp32", "bf16"})
      for (const int threads : {2, 1}) rows.push_back({architecture, precision, threads});
  }
  for (int round = 0; round < rounds; ++round)
    for (Row& row : rows) {
      const Measured m = in_a_process([&] { return watch(row, model_of(row.architecture)); });
      row.backbone.push_back(m.cost.backbone);
      row.score.push_back(m.cost.score);
      row.rest.push_back(m.cost.all - m.cost.backbone - m.cost.score);
      row.all.push_back(m.cost.all);
      row.peak_mb = std::max(row.peak_mb, m.peak_mb);
    }
  for (const std::string& architecture : architectures) fs::remove(model_of(architecture));
  report(rows);
}

}  // namespace

int main(int argc, char** argv) {
  return run_with_architectures(argc, argv, measure);
}
