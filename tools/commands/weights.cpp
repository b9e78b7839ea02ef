// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/weights.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <utility>

#include "core/base/error.h"
#include "core/base/sha256.h"
#include "core/io/atomic_file.h"
#include "core/io/safetensors.h"
#include "models/catalogue.h"
#include "models/open_backbone.h"
#include "tools/commands/commands.h"
#include "tools/output/output_folder.h"
#include "tools/output/progress.h"
#include "tools/weights/download.h"
#include "tools/weights/part_file.h"
#include "tools/weights/place.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

std::string in_megabytes(std::uint64_t bytes) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.1f MB", static_cast<double>(bytes) / 1e6);
  return text.data();
}

/// What the engine says when it opens it.
/// @throws Error unreadable
void require_tensors(const std::string& architecture, const fs::path& file) {
  BackboneSettings settings;
  settings.architecture = architecture;
  settings.weights = file;
  settings.level_set = LevelSet::extended;
  settings.device = "cpu";
  open_backbone(settings);
}

struct Checked {
  SafetensorsFile file;
  std::string sha256;
};

struct GetCommand {
  std::string name;
  std::string folder;
  std::string from;
  std::string sha256;
  bool force = false;
  bool quiet = false;

  void run() const;

 private:
  const PretrainedWeights& pretrained() const { return *find_pretrained(name); }
  std::string expected_sha256() const {
    return sha256.empty() ? std::string(pretrained().sha256) : sha256;
  }
  fs::path present() const;
  void judge(const fs::path& file) const;
  void fetch(const std::string& address, const fs::path& target) const;
  std::string receive(PartFile& part, const fs::path& target) const;
  Checked checked(const PartFile& part, const std::string& wanted) const;
};

fs::path GetCommand::present() const {
  if (folder.empty()) return present_weights(name);
  fs::path file = fs::path(folder) / weights_file_name(name);
  std::error_code ignored;
  return fs::exists(file, ignored) ? file : fs::path();
}

void GetCommand::run() const {
  if (pretrained().built_in && from.empty()) {
    if (!quiet) std::printf("%s is built in: there is nothing to get\n", name.c_str());
    return;
  }
  const std::string address = from.empty() ? pretrained().address() : from;
  if (address.empty())
    throw Error(ErrorKind::settings,
                name + ": timm has no pretrained weights for it; name an address with --from");
  check_address(address);
  const fs::path file = present();
  if (!file.empty() && !force) {
    judge(file);
    return;
  }
  if (!file.empty()) {
    check_writable(file);
    fetch(address, file);
    return;
  }
  if (!folder.empty()) make_output_folder(folder);
  const fs::path into = folder.empty() ? writable_weights_folder() : fs::path(folder);
  fetch(address, into / weights_file_name(name));
}

/// Says what is right with a file that is there.
void GetCommand::judge(const fs::path& file) const {
  const std::string way_out = "; --force replaces it, --to names another folder";
  std::string is = "no SHA-256 is known for it, but it has the tensors of " + name;
  try {
    const std::string expected = expected_sha256();
    if (expected.empty()) {
      require_tensors(name, file);
    } else {
      const std::string sum = sha256_hex(SafetensorsFile::open(file).bytes());
      if (sum != expected)
        throw Error(ErrorKind::unreadable, file.string() + ": it is there already, with SHA-256 " +
                                               sum + ", not " + expected);
      is = "its SHA-256 is right";
    }
  } catch (const Error& e) {
    throw Error(e.kind(), e.what() + way_out);
  }
  if (!quiet) std::printf("%s is there already: %s\n", file.c_str(), is.c_str());
}

void GetCommand::fetch(const std::string& address, const fs::path& target) const {
  if (!quiet && from.empty())
    say(pretrained().name() + ", licence " + std::string(pretrained().licence) + ", from " +
        address);
  PartFile part(target, address);
  const std::string named = receive(part, target);
  const std::string expected = expected_sha256();
  const auto [file, sum] = checked(part, expected.empty() ? named : expected);
  write_file_atomically(target, file.bytes());
  part.remove();
  if (quiet) return;
  const char* const known = !expected.empty() ? "as it should be"
                            : !named.empty()  ? "as the server says"
                                              : "which is not known here";
  std::printf("wrote %s: %s, SHA-256 %s, %s\n", target.c_str(),
              in_megabytes(file.bytes().size()).c_str(), sum.c_str(), known);
  const std::string hint = why_not_found(name, target);
  if (!hint.empty()) std::printf("%s\n", hint.c_str());
}

/// @return the SHA-256 that the server names, if any
std::string GetCommand::receive(PartFile& part, const fs::path& target) const {
  try {
    DownloadSettings settings;
    settings.title = name;
    settings.sha256 = expected_sha256();
    // From elsewhere it may be another file, in another number format.
    settings.largest = from.empty() ? pretrained().most_bytes() : kLargestWeights;
    settings.quiet = quiet;
    return download(part, settings);
  } catch (const Error& e) {
    if (e.kind() != ErrorKind::not_found && e.kind() != ErrorKind::unreadable) throw;
    const std::string kept = part.size() == 0
                                 ? "try again"
                                 : in_megabytes(part.size()) + " are kept: run this again to go on";
    throw Error(e.kind(), e.what() + ("; " + kept) +
                              ", or get the file another way and save it as " + target.string());
  }
}

/// What does not pass goes, so that nothing goes on from it.
Checked GetCommand::checked(const PartFile& part, const std::string& wanted) const {
  try {
    SafetensorsFile file = SafetensorsFile::open(part.path());
    std::string sum = sha256_hex(file.bytes());
    if (!wanted.empty() && sum != wanted)
      throw Error(ErrorKind::unreadable,
                  "its SHA-256 is " + sum + ", not " + wanted +
                      (from.empty() ? "" : " (--sha256 says which one is meant)"));
    require_tensors(name, part.path());
    return {std::move(file), std::move(sum)};
  } catch (const Error& e) {
    if (e.kind() != ErrorKind::unreadable) throw;
    part.remove();
    throw Error(e.kind(), part.address() + ": this is not the weights file of " + name +
                              ", nothing of it is kept: " + e.what());
  }
}

void list() {
  std::printf("%-18s %-17s %-13s %-8s %s\n", "NAME", "TIMM'S TAG", "LICENCE", "SIZE", "FILE");
  for (const PretrainedWeights& each : weights_catalogue()) {
    const auto shown = [](std::string_view text) {
      return text.empty() ? std::string("-") : std::string(text);
    };
    const std::string architecture(each.architecture);
    std::string file = present_weights(architecture).string();
    if (file.empty() && each.built_in) file = "built in";
    std::printf("%-18s %-17s %-13s %-8s %s\n", architecture.c_str(), shown(each.tag).c_str(),
                shown(each.licence).c_str(), shown(each.size).c_str(), shown(file).c_str());
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

/// For CLI11: empty if it is right.
std::string check_name(const std::string& name) {
  if (find_pretrained(name) != nullptr) return {};
  std::string known;
  for (const PretrainedWeights& each : weights_catalogue())
    known.append(known.empty() ? "" : ", ").append(each.architecture);
  return "unknown name '" + name + "'; known are " + known;
}

std::string check_sha256(const std::string& text) {
  const bool right =
      text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
  return right ? "" : "a SHA-256 has 64 digits of 0-9 and a-f";
}

void add_get(CLI::App& weights) {
  auto command = std::make_shared<GetCommand>();
  CLI::App* app = weights.add_subcommand("get", "Download the pretrained weights of a backbone");
  app->footer(
      "The file is checked before it takes its place. What came of an interrupted download is "
      "kept\n"
      "as FILE.part, and the same command goes on from there.\n\n"
      "Example:\n  mvga weights get tf_efficientnet_b4");
  app->add_option("name", command->name, "Architecture, by timm's name; mvga weights list has them")
      ->required()
      ->check(check_name);
  app->add_option(
      "--to", command->folder,
      "Folder to put the file into; default: the first of mvga weights path that can be "
      "written to");
  app->add_option("--from", command->from,
                  "Address to download from (https, http or file://) instead of timm's model hub");
  app->add_option(
         "--sha256", command->sha256,
         "SHA-256 that the file must have; default: that of timm's file, where it is known")
      ->check(check_sha256);
  app->add_flag("--force", command->force, "Replace a file that is there");
  app->add_flag("-q,--quiet", command->quiet, "Say nothing but warnings and errors");
  app->callback([command] { command->run(); });
}

}  // namespace

void add_weights(CLI::App& program) {
  CLI::App* app = program.add_subcommand("weights", "Get the pretrained weights of the backbones");
  app->footer("Example:\n  mvga weights get tf_efficientnet_b4");
  app->require_subcommand(1);
  add_get(*app);

  CLI::App* list_app =
      app->add_subcommand("list", "Show which weights there are, and which are in place");
  list_app->footer("Example:\n  mvga weights list");
  list_app->callback(list);

  auto name = std::make_shared<std::string>();
  CLI::App* path_app = app->add_subcommand(
      "path", "Print the folders that weights are looked for in, or the file that is used");
  path_app->footer("Example:\n  mvga weights path tf_efficientnet_b4");
  path_app->add_option("name", *name, "Architecture, by timm's name")->check(check_name);
  path_app->callback([name] { print_path(*name); });
}

}  // namespace mvga::tool
