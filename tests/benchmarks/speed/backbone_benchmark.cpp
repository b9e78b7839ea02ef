// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Our network against the frozen TorchScript of the same one (freeze_torchscript.py), on the same
// LibTorch, in one process and in turn.
//
// usage: backbone-benchmark ARCHITECTURE WEIGHTS.safetensors SCRIPT.pt [ROUNDS [THREADS]]
//
// Ours starts from a picture of bytes, as in a pipeline; TorchScript gets its tensor ready made. A
// matrix product of as many operations as the network's convolutions shows the machine's limit.

#include <ATen/Parallel.h>
#include <torch/script.h>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>

#include "models/open_backbone.h"
#include "tests/benchmarks/speed/rounds.h"

namespace {

using namespace mvga;
using namespace mvga::benchmarks;

constexpr double kTolerance = 1e-4;  // of the largest value of a level
constexpr int kRepeats = 3;

std::vector<std::uint8_t> picture(int side) {
  std::vector<std::uint8_t> pixels;
  std::uint32_t state = 1;
  for (int i = 0; i < 3 * side * side; ++i) {
    state = state * 1664525 + 1013904223;
    // Waves with some noise: neither flat nor only noise.
    pixels.push_back(static_cast<std::uint8_t>((i / 40 + i / (3 * side)) % 192 + (state >> 27)));
  }
  return pixels;
}

torch::Tensor normalised(const std::vector<std::uint8_t>& pixels, int side) {
  const auto bytes =
      torch::from_blob(const_cast<std::uint8_t*>(pixels.data()), {1, side, side, 3}, torch::kUInt8);
  const auto mean = torch::tensor({0.485f, 0.456f, 0.406f});
  const auto deviation = torch::tensor({0.229f, 0.224f, 0.225f});
  return ((bytes.to(torch::kFloat) / 255 - mean) / deviation).permute({0, 3, 1, 2});
}

/// Largest difference, as a part of the largest value.
double difference(const FeatureMap& ours, const torch::Tensor& theirs) {
  const auto tensor = torch::from_blob(const_cast<float*>(ours.values.get()),
                                       {1, ours.height, ours.width, ours.channels})
                          .permute({0, 3, 1, 2});
  if (tensor.sizes() != theirs.sizes()) throw std::runtime_error("the levels differ in shape");
  return ((tensor - theirs).abs().max() / theirs.abs().max()).item<double>();
}

void check_same_levels(const Levels& ours, const c10::IValue& theirs, const char* name) {
  const auto elements = theirs.toTupleRef().elements().vec();
  if (elements.size() != ours.size()) throw std::runtime_error("the numbers of levels differ");
  for (std::size_t i = 0; i < ours.size(); ++i) {
    const double off = difference(ours[i], elements[i].toTensor());
    if (!(off <= kTolerance))
      throw std::runtime_error("level " + std::to_string(ours[i].level) + " differs from " + name +
                               " by " + std::to_string(off));
  }
}

void report(const std::string& architecture, std::vector<Contender>& contenders) {
  const Contender& ours = contenders.front();
  std::printf("| %s | ms | ours / it (quartiles) |\n|---|---|---|\n", architecture.c_str());
  for (const Contender& c : contenders) {
    std::printf("| %s | %.1f |", c.name.c_str(), spread(c.rounds).median);
    if (&c == &ours) {
      std::printf(" |\n");
      continue;
    }
    const Spread r = ratio(ours.rounds, c.rounds);
    std::printf(" %.2f (%.2f to %.2f) |\n", r.median, r.lower, r.upper);
  }
}

// A product of matrices that fit the cache well is next to what the processor's arithmetic allows.
constexpr std::int64_t kSide = 1024;

std::int64_t rows_for(double operations) {
  return std::llround(operations / (2.0 * kSide * kSide));
}

void compare(const std::string& architecture, const std::string& weights, const std::string& script,
             int rounds, int threads) {
  BackboneSettings settings;
  settings.architecture = architecture;
  settings.weights = weights;
  settings.device = "cpu";
  settings.threads = threads;
  const auto backbone = open_backbone(settings);
  const int side = backbone->info().input_size;
  const auto pixels = picture(side);
  const RgbView image{pixels.data(), side, side, 3 * side};

  at::set_num_threads(threads);
  const c10::InferenceMode no_gradients;
  torch::jit::ExtraFilesMap extra{{"operations", ""}};
  torch::jit::Module frozen = torch::jit::load(script, c10::nullopt, extra);
  torch::jit::Module optimised = torch::jit::optimize_for_inference(frozen);
  const std::vector<c10::IValue> input{
      normalised(pixels, side).contiguous(torch::MemoryFormat::ChannelsLast)};

  // TorchScript rewrites itself in the first runs.
  for (int i = 0; i < 4; ++i) {
    const Levels levels = backbone->extract(image);
    check_same_levels(levels, frozen.forward(input), "the frozen TorchScript");
    check_same_levels(levels, optimised.forward(input), "the optimised TorchScript");
  }
  std::vector<Contender> contenders{
      {"mvga", [&] { backbone->extract(image); }},
      {"TorchScript, frozen", [&] { frozen.forward(input); }},
      {"TorchScript, frozen, optimize_for_inference", [&] { optimised.forward(input); }}};
  run_in_turn(contenders, rounds, kRepeats);
  // Afterwards, as its threads go on spinning for a while.
  const torch::Tensor a = torch::rand({rows_for(std::stod(extra["operations"])), kSide});
  const torch::Tensor b = torch::rand({kSide, kSide});
  std::vector<Contender> limit{{"as many operations in one matrix product", [&] { a.mm(b); }}};
  run_in_turn(limit, rounds, kRepeats);
  report(architecture, contenders);
  const double least = spread(limit[0].rounds).median;
  std::printf("| %s | %.1f | %.2f (of the medians) |\n", limit[0].name.c_str(), least,
              spread(contenders[0].rounds).median / least);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "usage: %s ARCHITECTURE WEIGHTS SCRIPT.pt [ROUNDS [THREADS]]\n", argv[0]);
    return 2;
  }
  try {
    compare(argv[1], argv[2], argv[3], argc > 4 ? std::atoi(argv[4]) : 40,
            argc > 5 ? std::atoi(argv[5]) : 2);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
  }
}
