// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/film_end.h"

#include <optional>

#include "tools/media/whole_file.h"
#include "tools/record/source.h"

namespace mvga::tool {

std::string what_is_cut(GstElement* source, std::uint64_t frames, const PlayingTime* time) {
  const std::string ends = "the film ends early, after " + std::to_string(frames) + " frames: ";
  bool known = false;
  for (const std::string& file : files_read_by(source)) {
    const std::optional<FileLength> length = length_of_film(file);
    if (length && length->cut()) return (file + ": ").append(ends).append(text_of(*length));
    known = known || length;
  }
  if (!known && time != nullptr && time->broke_off()) return ends + time->text();
  return {};
}

}  // namespace mvga::tool
