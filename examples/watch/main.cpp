// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvga-watch: watches a video with a learned model and says what is not normal in it.
//
// Shows how an application uses mvgadetect: events from the bus (event_log.h), results from the
// metadata of buffers (snapshots.h), the pipeline around it (watcher.h).

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "examples/common/pipeline.h"
#include "examples/common/structure.h"
#include "examples/watch/contact_sheet.h"
#include "examples/watch/describe.h"
#include "examples/watch/events_json.h"
#include "examples/watch/ground_truth.h"
#include "examples/watch/watcher.h"

namespace {

constexpr const char* kHelp =
    "Usage: mvga-watch VIDEO MODEL.mvga FOLDER [GROUND-TRUTH.json]\n\n"
    "Watches VIDEO and leaves in FOLDER: annotated.mkv (every frame, with a heat map where it is\n"
    "not normal), events.json, contact-sheet.png. With the ground truth that mvga-inspection-line\n"
    "writes, also says which of the planted defects were found.\n\n"
    "Example:\n  mvga-watch shift.mp4 line.mvga seen/\n";

void report(GstMessage* message) {
  if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_WARNING)
    std::fprintf(stderr, "%s\n", mvga::examples::text_of(message).c_str());
  if (GST_MESSAGE_TYPE(message) != GST_MESSAGE_ELEMENT || !isatty(STDOUT_FILENO)) return;
  const GstStructure* s = gst_message_get_structure(message);
  if (!gst_structure_has_name(s, "progress")) return;
  std::printf("\r\033[K%.0f %%", mvga::examples::number(s, "percent-double"));
  std::fflush(stdout);
}

void print(const watch::Watched& watched) {
  const auto frames = static_cast<unsigned long long>(watched.snapshots.frames());
  if (watched.events.empty()) {
    std::printf("%llu frames, nothing unusual\n", frames);
    return;
  }
  std::printf("%llu frames, %zu event%s:\n", frames, watched.events.size(),
              watched.events.size() == 1 ? "" : "s");
  for (const watch::Event& event : watched.events)
    std::printf("  %s\n", watch::describe(event).c_str());
}

void run(const watch::Settings& settings, const std::string& ground_truth) {
  std::vector<watch::Planted> planted;
  if (!ground_truth.empty()) planted = watch::load_ground_truth(ground_truth);
  std::filesystem::create_directories(settings.folder);
  watch::Watched watched;
  watch::watch_video(settings, watched, report);
  if (isatty(STDOUT_FILENO)) std::printf("\r\033[K");
  watch::save_json(watched, settings, settings.folder + "/events.json");
  watch::save_contact_sheet(watched, settings.folder + "/contact-sheet.png");
  print(watched);
  if (!ground_truth.empty())
    std::fputs(watch::describe(watch::compare(planted, watched.events)).c_str(), stdout);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::string(argv[1]) == "--help") {
    std::fputs(kHelp, stdout);
    return EXIT_SUCCESS;
  }
  try {
    if (argc != 4 && argc != 5)
      throw std::runtime_error("wants VIDEO MODEL FOLDER [GROUND-TRUTH] (see --help)");
    gst_init(nullptr, nullptr);
    run({argv[1], argv[2], argv[3]}, argc == 5 ? argv[4] : "");
    return EXIT_SUCCESS;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "mvga-watch: %s\n", e.what());
    return EXIT_FAILURE;
  }
}
