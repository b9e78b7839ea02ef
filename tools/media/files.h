// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which files of a folder are pictures. What systems and programs put there for themselves is not
// seen: names with a dot in front (.ipynb_checkpoints, ._001.png), __MACOSX, Thumbs.db and others.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace mvga::tool {

/// Something that a system or a program put there for itself, by its name alone.
bool is_hidden(const std::filesystem::path& entry);

/// By the ending of the name: png, jpg, jpeg, bmp, tif, tiff, webp, pgm, ppm, pbm, pnm, in
/// any case.
bool is_picture(const std::filesystem::path& file);

/// A video that is JPEGs one after the other, by the ending of the name: mjpeg, mjpg.
bool is_motion_jpeg(const std::filesystem::path& file);
/// By the ending of the name, such as mp4, mkv, avi, mov, in any case.
bool is_video(const std::filesystem::path& file);

/// The pictures directly in a folder, in alphabetical order; none if there is no such folder. As
/// strings: a million names take 0.1 GB, as paths they take five times that.
/// @throws Error unreadable if the folder cannot be listed
std::vector<std::string> pictures_in(const std::filesystem::path& folder);

/// The same with the videos.
std::vector<std::string> media_in(const std::filesystem::path& folder);

/// Whether there is a picture. Quick where there are many.
/// @throws Error unreadable if the folder cannot be listed
bool has_pictures(const std::filesystem::path& folder);

/// The folders directly in a folder, in alphabetical order.
/// @throws Error unreadable if the folder cannot be listed
std::vector<std::filesystem::path> folders_in(const std::filesystem::path& folder);

}  // namespace mvga::tool
