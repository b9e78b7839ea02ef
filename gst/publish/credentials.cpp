// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/publish/credentials.h"

#include <sstream>
#include <string>

#include "core/base/error.h"
#include "core/io/small_text.h"

namespace mvga::gst::publish {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& file, int line) {
  throw Error(ErrorKind::unreadable,
              file.string() + ", line " + std::to_string(line) +
                  ": only username=... and password=... may stand in credentials-file");
}

std::string text_of(const std::filesystem::path& file) {
  try {
    return read_small_text(file);
  } catch (const Error& e) {
    throw Error(e.kind(), std::string("cannot read credentials-file ") + e.what());
  }
}

}  // namespace

Credentials read_credentials(const std::filesystem::path& file) {
  std::istringstream stream(text_of(file));
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
