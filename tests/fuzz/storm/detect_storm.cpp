// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include <filesystem>
#include <memory>

#include "core/files/model_file.h"
#include "models/engine.h"
#include "tests/fuzz/learned.h"
#include "tests/fuzz/storm/folder.h"
#include "tests/fuzz/storm/storm.h"

namespace {

using namespace mvga;

/// Two models to change between.
class Detect {
 public:
  Detect() {
    fuzz::start_gstreamer();
    for (const unsigned pictures : {4U, 6U}) {
      Learner learner(engine().open({}), {});
      fuzz::learn(learner, pictures);
      save_model(learner.finish(), pictures == 4 ? model() : other());
    }
    subject_.prepare = [this](GstElement* element) {
      g_object_set(element, "model", model().c_str(), nullptr);
    };
    subject_.check = [this] { std::filesystem::remove(learned()); };
  }

  const fuzz::Subject& subject() const { return subject_; }

 private:
  std::string model() const { return folder_.path("a.mvga"); }
  std::string other() const { return folder_.path("b.mvga"); }
  std::string learned() const { return folder_.path("c.mvga"); }

  fuzz::Folder folder_;
  fuzz::Subject subject_{
      .factory = "mvgadetect",
      .limits = {.files = {{"model",
                            {model(), other(), learned(), folder_.garbage(), folder_.folder(),
                             folder_.nowhere(), ""}},
                           {"weights", {"", folder_.garbage()}}},
                 .texts = {{"device", {"auto", "cpu", "cuda"}},
                           {"model-instance-id", {"", "a"}},
                           {"roi", {"", "0,0,1,1", "0.25,0.25,0.5,0.5", "0,0,0.001,0.001"}}},
                 .most = {{"learn-frames", 4},
                          {"threads", 2},
                          {"batch-size", 4},
                          {"batch-timeout", 1'000'000},
                          {"max-in-flight", 8}}}};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Detect detect;
  fuzz::run_storm(detect.subject(), data, size);
  return 0;
}
