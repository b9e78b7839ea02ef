// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/publish/credentials.h"

#include <cerrno>
#include <cstring>
#include <fstream>

#include "core/base/error.h"

namespace mvga::gst::publish {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& file, int line) {
  throw Error(ErrorKind::unreadable,
              file.string() + ", line " + std::to_string(line) +
                  ": only username=... and password=... may stand in credentials-file");
}

}  // namespace

Credentials read_credentials(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream)
    throw Error(ErrorKind::not_found,
                "cannot read credentials-file " + file.string() + ": " + std::strerror(errno));
  Credentials credentials;
  int number = 0;
  for (std::string line; std::getline(stream, line);) {
    ++number;
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty() || line.starts_with('#')) continue;
    const auto equals = line.find('=');
    if (equals == std::string::npos) refuse(file, number);
    const std::string key = line.substr(0, equals);
    const std::string value = line.substr(equals + 1);
    if (key == "username") {
      credentials.username = value;
    } else if (key == "password") {
      credentials.password = value;
    } else {
      refuse(file, number);
    }
  }
  return credentials;
}

}  // namespace mvga::gst::publish
