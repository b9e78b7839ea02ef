// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "gst/publish/publish_settings.h"
#include "tests/fuzz/storm/complaints.h"
#include "tests/fuzz/storm/folder.h"
#include "tests/fuzz/storm/storm.h"

namespace {

using namespace mvga;

constexpr const char* kFull = "/dev/full";
constexpr guint kPatience = 5;  ///< ms

class Publish {
 public:
  Publish() {
    fuzz::start_gstreamer();
    test::write_text(credentials(), "username=storm\npassword=secret\n");
    subject_.prepare = [this](GstElement* element) {
      g_object_set(element, "file-path", file().c_str(), "drain-timeout", kPatience, nullptr);
    };
    subject_.mend = [this](GstElement* element) { keep_from_waiting(element); };
    subject_.check = [this] { check_documents(); };
  }

  const fuzz::Subject& subject() const { return subject_; }

 private:
  std::string file() const { return folder_.path("documents"); }
  std::string credentials() const { return folder_.path("credentials"); }

  /// For ever, for a full disk.
  void keep_from_waiting(GstElement* element) const {
    int on_full = 0;
    gchar* path = nullptr;
    g_object_get(element, "on-full", &on_full, "file-path", &path, nullptr);
    const gst::String owner(path);
    if (on_full == static_cast<int>(gst::publish::OnFull::block) && g_strcmp0(path, kFull) == 0)
      g_object_set(element, "file-path", file().c_str(), nullptr);
  }

  /// Each line is a document.
  void check_documents() const {
    std::ifstream lines(file());
    for (std::string line; std::getline(lines, line);)
      fuzz::require(nlohmann::json::accept(line), "a line that is no JSON");
    std::filesystem::remove(file());
  }

  fuzz::Folder folder_;
  fuzz::Subject subject_{
      .factory = "mvgapublish",
      .limits = {
          .files = {{"file-path",
                     {file(), "/dev/null", kFull, folder_.folder(), folder_.nowhere(), ""}},
                    {"credentials-file", {"", credentials(), folder_.garbage(), folder_.nowhere()}},
                    {"ca-file", {"", folder_.garbage(), folder_.nowhere()}},
                    {"cert-file", {"", folder_.garbage()}},
                    {"key-file", {"", folder_.garbage()}}},
          .texts = {{"tags", {"", R"({"line": 3})", "[1]"}}, {"address", {"", "localhost"}}},
          .most = {{"drain-timeout", kPatience}}}};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Publish publish;
  fuzz::run_storm(publish.subject(), data, size);
  return 0;
}
