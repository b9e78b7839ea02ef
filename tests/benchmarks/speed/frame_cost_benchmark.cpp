// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What mvgadetect spends on a frame besides the backbone, in parts of the backbone's own time.
//
// usage: frame-cost-benchmark ARCHITECTURE WEIGHTS.safetensors [ROUNDS [THREADS [CASE]]]
// CASE: a part of the names of the cases to measure, such as "640x360 I420".
//
// The element is pushed frames in every case in turn. Stages are its property `stats`; all of it
// is the time that a push takes, so that metadata, messages and GStreamer's own work count.

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "tests/benchmarks/speed/elements.h"
#include "tests/benchmarks/speed/rounds.h"
#include "tests/benchmarks/speed/scene.h"
#include "tests/benchmarks/speed/stages.h"

namespace {

using namespace mvga::benchmarks;

constexpr int kFramesInARound = 6;  // timed, after one that is not

struct Case {
  std::string format;
  int width;
  int height;
  const char* overlay;
  Scene scene;
  std::array<Buffer, 2> frames;  ///< in turn, so that score and label change with every frame
  // Of each round: parts of the backbone's time.
  std::vector<double> backbone = {}, convert = {}, score = {}, draw = {}, rest = {}, besides = {};
  std::vector<double> besides_ms = {};

  std::string name() const {
    const char* scenes[] = {"normal", "object", "all"};
    return std::to_string(width) + "x" + std::to_string(height) + " " + format + ", " + overlay +
           (std::string(overlay) == "none" ? "" : std::string(", ") + scenes[int(scene)]);
  }
};

class Watcher {
 public:
  Watcher(const std::string& settings, const std::filesystem::path& model)
      : harness_(
            harness_for("mvgadetect name=d messages=all model=" + model.string() + " " + settings)),
        element_(gst_harness_find_element(harness_.get(), "mvgadetect")),
        stages_(element_) {}
  ~Watcher() { gst_object_unref(element_); }
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;

  void round(Case& c) {
    gst_util_set_object_arg(G_OBJECT(element_), "overlay", c.overlay);
    gst_harness_set_src_caps_str(harness_.get(), caps_of(c.format, c.width, c.height).c_str());
    frame(c);
    Cost fastest = frame(c);
    double besides = fastest.besides();
    double rest = fastest.rest();
    for (int i = 1; i < kFramesInARound; ++i) {
      const Cost cost = frame(c);
      // Stage by stage: on a busy machine no whole frame is undisturbed.
      fastest.convert = std::min(fastest.convert, cost.convert);
      fastest.backbone = std::min(fastest.backbone, cost.backbone);
      fastest.score = std::min(fastest.score, cost.score);
      fastest.draw = std::min(fastest.draw, cost.draw);
      besides = std::min(besides, cost.besides());
      rest = std::min(rest, cost.rest());
    }
    c.backbone.push_back(fastest.backbone);
    c.convert.push_back(fastest.convert / fastest.backbone);
    c.score.push_back(fastest.score / fastest.backbone);
    c.draw.push_back(fastest.draw / fastest.backbone);
    c.rest.push_back(rest / fastest.backbone);
    c.besides.push_back(besides / fastest.backbone);
    c.besides_ms.push_back(besides);
  }

 private:
  Cost frame(const Case& c) {
    GstBuffer* buffer = gst_buffer_copy_deep(c.frames[number_ % c.frames.size()].get());
    GST_BUFFER_PTS(buffer) = number_++ * GST_SECOND / 25;
    const double all = milliseconds([&] { push(harness_.get(), buffer); });
    gst_buffer_unref(gst_harness_pull(harness_.get()));
    Cost cost = stages_.read();
    cost.all = all;
    return cost;
  }

  Harness harness_;
  GstElement* element_;
  StageReader stages_;
  guint64 number_ = 0;
};

std::vector<Case> cases() {
  std::vector<Case> all;
  for (const auto& [width, height] : {std::pair{640, 360}, std::pair{1920, 1080}})
    for (const char* format : {"I420", "NV12", "BGRx"})
      for (const auto& [overlay, scene] :
           {std::pair{"none", Scene::object}, std::pair{"blend", Scene::object},
            std::pair{"blend", Scene::all}})
        all.push_back({format,
                       width,
                       height,
                       overlay,
                       scene,
                       {Buffer(scene_frame(scene, format, width, height, 1000)),
                        Buffer(scene_frame(scene, format, width, height, 1001))}});
  return all;
}

void report(const std::vector<Case>& all) {
  std::printf(
      "| frame, overlay, what is strange | backbone, ms | convert %% | score %% | draw %% | rest "
      "%% "
      "| all besides the backbone %% (quartiles) | ms |\n|---|---|---|---|---|---|---|---|\n");
  const auto percent = [](const std::vector<double>& v) { return 100 * spread(v).median; };
  for (const Case& c : all) {
    const Spread sum = spread(c.besides);
    std::printf("| %s | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f (%.1f to %.1f) | %.2f |\n",
                c.name().c_str(), spread(c.backbone).median, percent(c.convert), percent(c.score),
                percent(c.draw), percent(c.rest), 100 * sum.median, 100 * sum.lower,
                100 * sum.upper, spread(c.besides_ms).median);
  }
}

void measure(const std::string& architecture, const std::string& weights, int rounds, int threads,
             const std::string& wanted) {
  const auto model = std::filesystem::temp_directory_path() / "mvga-frame-cost.mvga";
  const std::string settings =
      "device=cpu threads=" + std::to_string(threads) + " weights=" + weights;
  learn("backbone=" + architecture + " " + settings, model);
  std::vector<Case> all = cases();
  std::erase_if(all, [&](const Case& c) { return c.name().find(wanted) == std::string::npos; });
  {
    Watcher watcher(settings, model);
    for (int round = 0; round < rounds; ++round)
      for (Case& c : all) watcher.round(c);
  }
  std::filesystem::remove(model);
  report(all);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: %s ARCHITECTURE WEIGHTS [ROUNDS [THREADS [CASE]]]\n", argv[0]);
    return 2;
  }
  gst_init(nullptr, nullptr);
  try {
    measure(argv[1], argv[2], argc > 3 ? std::atoi(argv[3]) : 15, argc > 4 ? std::atoi(argv[4]) : 2,
            argc > 5 ? argv[5] : "");
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
  }
}
