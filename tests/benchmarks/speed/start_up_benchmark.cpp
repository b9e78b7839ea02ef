// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How long it takes from the start of a process to the first result, with a warm disk cache.
//
// usage: start-up-benchmark ARCHITECTURE WEIGHTS.safetensors [ROUNDS [THREADS]]
//
// First gst-launch-1.0 from its start to its first mvga-result message, then a process of our own
// that takes the same steps one by one.

#include <glib.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "core/base/sha256.h"
#include "core/files/model_file.h"
#include "core/io/safetensors.h"
#include "core/scoring/detector.h"
#include "models/engine.h"
#include "models/open_backbone.h"
#include "tests/benchmarks/speed/elements.h"
#include "tests/benchmarks/speed/rounds.h"

namespace {

using namespace mvga;
using namespace mvga::benchmarks;
namespace fs = std::filesystem;

struct Phase {
  const char* name;
  std::vector<double> rounds = {};  ///< milliseconds
};

constexpr std::array kPhases = {"process and gst_init",
                                "model file",
                                "LibTorch",
                                "backbone",
                                "first frame",
                                "all of these",
                                "(SHA-256 of the weights, in `backbone`)",
                                "(a second backbone of the same weights)"};

double now_ms() {
  return static_cast<double>(g_get_monotonic_time()) / 1000;
}

/// In a process of its own: prints the milliseconds of every phase.
void print_phases(double started, const fs::path& model_path, const fs::path& weights,
                  int threads) {
  gst_init(nullptr, nullptr);
  double last = started;
  const auto lap = [&] {
    const double now = now_ms();
    std::printf("%f ", now - last);
    last = now;
  };
  lap();
  Model model = load_model(model_path);
  lap();
  engine();
  lap();
  BackboneSettings settings = backbone_settings_for(model);
  settings.weights = weights;
  settings.device = "cpu";
  settings.threads = threads;
  auto backbone = open_backbone(settings);
  lap();
  const int side = model.input_size;
  const Detector detector(std::move(backbone), std::move(model));
  const std::vector<std::uint8_t> pixels(static_cast<std::size_t>(3) * side * side, 128);
  detector.detect({pixels.data(), side, side, 3 * side}, {});
  lap();
  std::printf("%f ", now_ms() - started);
  const auto file = SafetensorsFile::open(weights);
  last = now_ms();
  sha256_hex(file.bytes());
  lap();
  const auto second = open_backbone(settings);
  lap();
}

/// Runs a command; milliseconds until a line of its output contains `text`, and that line.
std::pair<double, std::string> time_to_line(const std::string& command, const std::string& text) {
  const double start = now_ms();
  const std::unique_ptr<FILE, int (*)(FILE*)> output(popen(command.c_str(), "r"), pclose);
  std::pair<double, std::string> found{-1, ""};
  char line[4096];
  while (output && std::fgets(line, sizeof line, output.get())) {
    if (found.first < 0 && std::strstr(line, text.c_str())) found = {now_ms() - start, line};
  }
  if (found.first < 0) throw std::runtime_error("no " + text + " from: " + command);
  return found;
}

void measure(const std::string& self, const std::string& architecture, const std::string& weights,
             int rounds, int threads) {
  const fs::path model = fs::temp_directory_path() / "mvga-start-up.mvga";
  const std::string settings =
      "device=cpu threads=" + std::to_string(threads) + " weights=" + weights;
  learn("backbone=" + architecture + " " + settings, model);

  std::vector<double> whole;
  std::vector<Phase> phases(kPhases.size());
  for (int round = 0; round < rounds; ++round) {
    whole.push_back(time_to_line("exec gst-launch-1.0 -m videotestsrc num-buffers=1 ! mvgadetect "
                                 "messages=all model=" +
                                     model.string() + " " + settings + " ! fakesink",
                                 "mvga-result")
                        .first);
    std::string line =
        time_to_line("exec " + self + " --phases " + std::to_string(now_ms()) + " " +
                         model.string() + " " + weights + " " + std::to_string(threads),
                     ".")
            .second;
    char* rest = line.data();
    for (Phase& phase : phases) phase.rounds.push_back(std::strtod(rest, &rest));
  }
  fs::remove(model);

  const auto print = [](const char* name, const std::vector<double>& values) {
    const Spread s = spread(values);
    std::printf("| %s | %.2f (%.2f to %.2f) |\n", name, s.median, s.lower, s.upper);
  };
  std::printf("| start-up, %s | ms (quartiles) |\n|---|---|\n", architecture.c_str());
  print("gst-launch-1.0 to its first result", whole);
  for (std::size_t i = 0; i < phases.size(); ++i) print(kPhases[i], phases[i].rounds);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: %s ARCHITECTURE WEIGHTS [ROUNDS [THREADS]]\n", argv[0]);
    return 2;
  }
  try {
    if (std::strcmp(argv[1], "--phases") == 0 && argc == 6) {
      print_phases(std::strtod(argv[2], nullptr), argv[3], argv[4], std::atoi(argv[5]));
      return 0;
    }
    gst_init(nullptr, nullptr);
    measure(argv[0], argv[1], argv[2], argc > 3 ? std::atoi(argv[3]) : 7,
            argc > 4 ? std::atoi(argv[4]) : 2);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
  }
}
