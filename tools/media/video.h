// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Videos, as GStreamer decodes them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>

#include "tools/media/frames.h"

namespace mvga::tool {

/// Shows every frame to `see`, until that says false. Nothing but the file is read: what names
/// other places (playlists, manifests, session descriptions) is refused.
/// @return how many frames there were
/// @throws Error unreadable: the text names the file
/// @throws BrokenOff after the last frame of a video that has fewer than it should
std::size_t decode_video(const std::filesystem::path& file,
                         const std::function<bool(const Frame&)>& see);

}  // namespace mvga::tool
