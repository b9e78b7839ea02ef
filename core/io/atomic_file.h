// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Replacing a file so that a reader sees the old one or the new one, never a part.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

#include "core/io/byte_stream.h"

namespace mvga {

/// Writes to a temporary file in the same folder, syncs it, and renames it over `path`. When
/// anything fails the file at `path` is what it was, and the temporary file is gone; so it is when
/// the process is killed, where the file system has files without names (O_TMPFILE).
///
/// Of a symbolic link, what it points to is replaced, and the link stays. In a folder in which
/// everybody may write (/tmp), links of others are not followed: as Linux has it by default
/// (fs.protected_symlinks).
///
/// A file that is replaced keeps its permissions, and its group where this user may give it; where
/// not, what the group was permitted goes. A new one gets those of a new one (0666, umask).
/// @throws Error not_found (no such folder), no_space (disk full), unwritable (anything else)
void write_file_atomically(const std::filesystem::path& path, std::span<const std::byte> bytes);

/// The same for bytes that come piece by piece. What `source` throws leaves as it is.
void stream_file_atomically(const std::filesystem::path& path, const ByteSource& source);

/// Whether that would find its folder, may write there and finds room for a first block, by making
/// a temporary file and removing it again: for those who have a long way to go until they have
/// something to write.
/// @throws Error as write_file_atomically
void check_writable(const std::filesystem::path& path);

}  // namespace mvga
