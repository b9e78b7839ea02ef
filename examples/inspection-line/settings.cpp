// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "examples/inspection-line/settings.h"

#include <glib.h>

#include <cmath>
#include <stdexcept>

#include "examples/common/handles.h"

namespace film {
namespace {

void require(bool good, const char* text) {
  if (!good) throw std::runtime_error(text);
}

void check(const Settings& s) {
  require(s.width >= 160 && s.width <= 7680, "--width: from 160 to 7680");
  require(s.height >= 90 && s.height <= 4320, "--height: from 90 to 4320");
  require(s.width % 2 == 0 && s.height % 2 == 0, "--width, --height: H.264 wants even numbers");
  require(s.fps >= 1 && s.fps <= 240, "--fps: from 1 to 240");
  require(s.good_seconds >= 0 && s.good_seconds <= 86400, "--good-seconds: from 0 to 86400");
  require(s.watch_seconds >= 0 && s.watch_seconds <= 86400, "--watch-seconds: from 0 to 86400");
  require(s.frames() > 0, "--good-seconds, --watch-seconds: not both 0");
  require(!s.output.empty(), "--output: name the file to write");
}

std::string text_or_empty(gchar* text) {
  const mvga::examples::Text owner(text);
  return text ? text : "";
}

}  // namespace

Settings read_command_line(int argc, char** argv) {
  Settings s;
  auto seed = static_cast<gint64>(s.seed);
  gchar* output = g_strdup(s.output.c_str());
  gchar* ground_truth = nullptr;
  gchar* dataset = nullptr;
  const GOptionEntry entries[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "film (H.264 in Matroska)", "FILE.mkv"},
      {"ground-truth", 0, 0, G_OPTION_ARG_FILENAME, &ground_truth,
       "what is wrong, when and where; default: not written", "FILE.json"},
      {"dataset", 0, 0, G_OPTION_ARG_FILENAME, &dataset,
       "write frames and masks for mvga evaluate instead of a film", "FOLDER"},
      {"good-seconds", 0, 0, G_OPTION_ARG_DOUBLE, &s.good_seconds,
       "first stretch, only normal parts; default 30", "S"},
      {"watch-seconds", 0, 0, G_OPTION_ARG_DOUBLE, &s.watch_seconds,
       "second stretch, defects among good parts; default 40", "S"},
      {"width", 0, 0, G_OPTION_ARG_INT, &s.width, "default 640", "PIXELS"},
      {"height", 0, 0, G_OPTION_ARG_INT, &s.height, "default 360", "PIXELS"},
      {"fps", 0, 0, G_OPTION_ARG_INT, &s.fps, "frames a second; default 25", "N"},
      {"seed", 0, 0, G_OPTION_ARG_INT64, &seed, "another seed is another film; default 1", "N"},
      {nullptr, 0, 0, G_OPTION_ARG_NONE, nullptr, nullptr, nullptr}};
  const mvga::examples::OptionContext context(g_option_context_new(nullptr));
  g_option_context_set_summary(context.get(),
                               "Renders a film of parts on a conveyor: first only good ones, then "
                               "with defects among them.");
  g_option_context_set_description(
      context.get(),
      "Examples:\n  mvga-inspection-line --output line.mkv --ground-truth line.json\n"
      "  mvga-inspection-line --dataset line\n");
  g_option_context_add_main_entries(context.get(), entries, nullptr);

  GError* error = nullptr;
  const bool good = g_option_context_parse(context.get(), &argc, &argv, &error);
  const mvga::examples::GErrorOwner owner(error);
  s.seed = static_cast<std::uint64_t>(seed);
  s.output = text_or_empty(output);
  s.ground_truth = text_or_empty(ground_truth);
  s.dataset = text_or_empty(dataset);
  if (!good) throw std::runtime_error(std::string(error->message) + " (see --help)");
  if (argc > 1) throw std::runtime_error(std::string("unknown argument ") + argv[1]);
  check(s);
  return s;
}

}  // namespace film
