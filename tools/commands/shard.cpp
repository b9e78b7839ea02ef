// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/commands/shard.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <utility>

#include "core/base/error.h"
#include "core/base/sha256.h"
#include "tools/media/frames.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostShards = 1'000'000;

/// Tells sets of files apart, wherever they are: by names and sizes.
std::string name_of_set(const std::vector<std::string>& files) {
  Sha256 sum;
  const auto add = [&](const std::string& text) {
    sum.add(std::as_bytes(std::span(text.c_str(), text.size() + 1)));
  };
  for (const std::string& file : files) {
    std::error_code ignored;
    add(fs::path(file).filename().string());
    add(std::to_string(fs::file_size(file, ignored)));
  }
  return sum.hex().substr(0, 16);
}

std::uint64_t frames_in(const std::string& video) {
  return for_each_frame(video, [](const Frame&) { return true; });
}

}  // namespace

Shard parse_shard(const std::string& text) {
  Shard shard;
  const char* const end = text.data() + text.size();
  const auto index = std::from_chars(text.data(), end, shard.index);
  const bool slash = index.ec == std::errc() && index.ptr != end && *index.ptr == '/';
  const auto count = std::from_chars(slash ? index.ptr + 1 : end, end, shard.count);
  if (!slash || count.ec != std::errc() || count.ptr != end || shard.index < 1 ||
      shard.index > shard.count || shard.count > kMostShards)
    throw Error(ErrorKind::settings,
                "'" + text + "' is no shard: write 2/3 for the second of three");
  return shard;
}

Selection select(std::vector<std::string> files, std::uint64_t max_frames,
                 const std::optional<Shard>& shard) {
  const std::uint64_t most = max_frames == 0 ? UINT64_MAX : max_frames;
  if (!shard) return {std::move(files), 0, most, {}};
  const bool video = files.size() == 1;
  const std::uint64_t all =
      std::min<std::uint64_t>(most, video ? frames_in(files[0]) : files.size());
  const std::uint64_t begin = all * (shard->index - 1) / shard->count;
  const std::uint64_t end = all * shard->index / shard->count;
  if (begin == end)
    throw Error(ErrorKind::too_few, "shard " + std::to_string(shard->index) + "/" +
                                        std::to_string(shard->count) + " of " +
                                        std::to_string(all) + " frames is empty; use fewer shards");
  Selection selection{{}, 0, UINT64_MAX, ShardPlace{name_of_set(files), begin, end}};
  if (video) {
    selection.files = std::move(files);
    selection.skip = begin;
    selection.frames = end - begin;
  } else {
    selection.files.assign(files.begin() + static_cast<std::ptrdiff_t>(begin),
                           files.begin() + static_cast<std::ptrdiff_t>(end));
  }
  return selection;
}

}  // namespace mvga::tool
