// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Films of the small scene, with something unusual in them where a test wants it.
#pragma once

#include <filesystem>
#include <string>

namespace mvga::testing {

/// H.264 with a key frame every 25 frames, one a second, and no B-frames.
inline constexpr const char* kFilmEncoder =
    "x264enc tune=zerolatency key-int-max=25 option-string=scenecut=0 ! h264parse";

/// The frames are read as they were written.
inline constexpr const char* kLosslessEncoder = "avenc_ffv1";

/// Matroska, 96x64 pixels, 25 frames a second: a frame for each letter, n for normal_frame(), A for
/// anomalous_frame().
void write_film(const std::filesystem::path& file, const std::string& frames,
                const std::string& encoder = kFilmEncoder);

}  // namespace mvga::testing
