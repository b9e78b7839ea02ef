// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Who publishes. Nothing of this is ever logged.
#pragma once

#include <filesystem>
#include <string>

namespace mvga::gst::publish {

struct Credentials {
  std::string username;
  std::string password;
};

/// Reads a file with the lines `username=...` and `password=...`; empty lines and those that begin
/// with # are comments. A value goes to the end of its line, spaces included.
/// @throws Error not_found, unreadable; the text names the file and the line, never what is in it
Credentials read_credentials(const std::filesystem::path& file);

}  // namespace mvga::gst::publish
