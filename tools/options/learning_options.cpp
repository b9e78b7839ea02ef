// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/options/learning_options.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <string>
#include <system_error>

#include "core/base/error.h"
#include "core/base/parse_settings.h"
#include "core/gaussian/reduction.h"
#include "core/light/light_changes.h"
#include "core/scoring/calibration.h"

namespace mvga::tool {

Precision parse_precision(const std::string& name) {
  if (name == "auto") return Precision::automatic;
  if (name == "fp32") return Precision::fp32;
  if (name == "bf16") return Precision::bf16;
  if (name == "fp16") return Precision::fp16;
  throw Error(ErrorKind::settings, "unknown precision '" + name + "': use fp32, bf16 or fp16");
}

namespace {

std::string shortest(double number) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%g", number);
  return text.data();
}

/// Empty: none.
std::string complaint_about_light(const std::string& text) {
  double share = 0;
  const char* end = text.data() + text.size();
  const auto [read, error] = std::from_chars(text.data(), end, share);
  const bool number = error == std::errc() && read == end;
  if (text == "auto" || (number && share >= 0 && share <= kMostLight)) return {};
  return "wants auto, or a share from 0 to 0.5";
}

}  // namespace

void LearningOptions::add_to(CLI::App& command) {
  command.add_option("--backbone", backbone,
                     "Architecture: mvga_small (built in), or one of timm's names, which mvga "
                     "weights list has; default: what "
                     "the weights are of, mvga_small, or tf_efficientnet_b4 for the profile paper");
  command.add_option("--weights", weights,
                     "Weights file (safetensors); default: BACKBONE.safetensors in "
                     "MVGA_WEIGHTS_PATH, the user's or the installed data folder, or the "
                     "built-in weights");
  command.add_option("--levels", levels,
                     "Feature levels, such as 3-7 or 3,4,6; default: what suits the backbone");
  command
      .add_option("--input-size", input_size,
                  "Side of the square input in pixels; 0: what suits the backbone")
      ->capture_default_str()
      ->check(CLI::Range(0, 2048));
  command
      .add_option("--tiles", tiles,
                  "See pictures at their own size in so many overlapping tiles in a row and a "
                  "column (2 to 16), for defects that are small in the frame; auto: as many as it "
                  "takes; 0: the frame as a whole alone")
      ->capture_default_str()
      ->check([](const std::string& text) {
        try {
          parse_tiles(text);
          return std::string();
        } catch (const Error& e) {
          return std::string(e.what());
        }
      });
  add_method_to(command);
  command
      .add_option("--light", light,
                  "Learn every frame also brighter and darker by up to this share (0 to 0.5), with "
                  "a warm and a cool cast; 0: only as it is; auto: only as it is, and with the "
                  "profile calibrated frames in another light are brought back to the learned one")
      ->capture_default_str()
      ->check(complaint_about_light);
  command
      .add_option("--augment", augment,
                  "Learn every frame also as it would lie otherwise: moved (shifted, turned and "
                  "scaled a little) or turned (in any direction, and mirrored); auto: moved for "
                  "fewer than four frames, none for more")
      ->capture_default_str()
      ->check(CLI::IsMember({"auto", "none", "moved", "turned"}));
  command.add_option("--roi", roi, "Part of the frame: x,y,w,h in fractions of it");
  command
      .add_option(
          "--bits", bits,
          "Bits that the pictures have in samples of 16, whose largest number is white: 10, "
          "12, 14 or 16; auto: the fewest that hold all of them")
      ->capture_default_str()
      ->check(CLI::IsMember({"auto", "10", "12", "14", "16"}));
  command.add_option("--max-frames", max_frames, "Learn from so many frames; 0: from all")
      ->capture_default_str();
  add_engine_to(command);
}

void LearningOptions::add_method_to(CLI::App& command) {
  command.add_option("--reduction", reduction, "Principal components that are kept")
      ->capture_default_str()
      ->check(CLI::IsMember({"auto", "none", "opca", "pca"}));
  command.add_option("--variance", variance, "Share of the variance that the reduction keeps")
      ->capture_default_str()
      ->check(CLI::Range(1e-6, 1.0));
  command.add_option("--profile", profile, "How distances become scores and maps")
      ->capture_default_str()
      ->check(CLI::IsMember(profile_names()));
  command.add_option("--target-fpr", target_fpr, "Share of normal frames that may raise an alarm")
      ->capture_default_str()
      ->check(CLI::Range(0.001, 0.5));
}

void LearningOptions::add_engine_to(CLI::App& command) {
  command.add_option("--device", device, "auto, cpu, cuda, cuda:N")->capture_default_str();
  command.add_option("--precision", precision, "Number format of the backbone")
      ->capture_default_str()
      ->check(CLI::IsMember({"auto", "fp32", "bf16", "fp16"}));
  command.add_option("--threads", threads, "Processor threads; 0: as many as cores")
      ->capture_default_str()
      ->check(CLI::Range(0, 1024));
}

BackboneSettings LearningOptions::backbone_settings() const {
  BackboneSettings settings;
  settings.architecture = backbone_for(profile_from(profile), backbone, weights);
  settings.weights = weights;
  settings.levels = parse_levels(levels);
  settings.level_set = level_set_for(profile_from(profile));
  settings.input_size = input_size;
  settings.tiles = parse_tiles(tiles).value_or(1);
  settings.device = device;
  settings.precision = parse_precision(precision);
  settings.threads = threads;
  return settings;
}

void LearningOptions::describe(const Model& model) {
  backbone = model.architecture;
  profile = name_of(model.calibration.profile);
  reduction = name_of(model.reduction.kind);
  variance = model.reduction.variance;
  light = model.lights.empty() ? shortest(model.light) : "auto";
  tiles = std::to_string(model.tiles);
  augment = name_of(model.views);
  bits = std::to_string(model.reading.bits);
  if (model.roi == Box()) return;
  std::array<char, 120> text{};
  std::snprintf(text.data(), text.size(), "%g,%g,%g,%g", model.roi.x, model.roi.y, model.roi.width,
                model.roi.height);
  roi = text.data();
}

std::optional<int> LearningOptions::sample_bits() const {
  return bits == "auto" ? std::nullopt : std::optional(std::stoi(bits));
}

FitSettings LearningOptions::fit_settings() const {
  FitSettings settings;
  settings.profile = profile_from(profile);
  if (reduction != "auto") settings.reduction = {reduction_from(reduction), variance};
  settings.target_fpr = target_fpr;
  if (light != "auto") settings.light = std::stod(light);
  if (augment != "auto") settings.views = views_from(augment);
  settings.fewest = 1;
  if (!roi.empty()) settings.roi = parse_roi(roi);
  return settings;
}

}  // namespace mvga::tool
