// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/disk_limit.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "tools/record/event_files.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

/// Enough for the end of a clip, its events and pictures.
constexpr std::uintmax_t kLeastFree = 32 << 20;

}  // namespace

void DiskLimit::refresh() {
  std::map<std::string, Clip> before = std::exchange(clips_, {});
  used_ = 0;
  std::error_code error;
  for (fs::directory_iterator entry(folder_, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = clip_of(entry->path().filename().string());
    std::error_code gone;
    if (name.empty() || !entry->is_regular_file(gone)) continue;
    const std::uintmax_t bytes = entry->file_size(gone);
    if (gone) continue;
    Clip& clip = clips_[name];
    clip.files.push_back(entry->path());
    clip.bytes += bytes;
    used_ += bytes;
  }
  for (auto& [name, clip] : clips_) {
    const auto known = before.find(name);
    clip.order = known != before.end() ? known->second.order : ++seen_;
  }
}

std::size_t DiskLimit::enforce(std::uint64_t open) {
  std::size_t removed = 0;
  while (most_ > 0 && used_ + open > most_ && clips_.size() > 1) {
    const auto oldest = std::min_element(
        clips_.begin(), clips_.end(),
        [](const auto& a, const auto& b) { return a.second.order < b.second.order; });
    std::error_code ignored;
    for (const fs::path& file : oldest->second.files) fs::remove(file, ignored);
    used_ -= oldest->second.bytes;
    clips_.erase(oldest);
    ++removed;
  }
  return removed;
}

bool nearly_full(const fs::path& folder) {
  std::error_code error;
  const fs::space_info space = fs::space(folder, error);
  return !error && space.available < kLeastFree;
}

}  // namespace mvga::tool
