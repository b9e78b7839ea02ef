// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Short texts: settings, what a server says, credentials, and what is shown of any of them.

#include <glib.h>

#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

#include "core/base/error.h"
#include "core/base/parse_settings.h"
#include "core/base/printable.h"
#include "gst/publish/credentials.h"
#include "tests/fuzz/text_file.h"
#include "tools/weights/headers.h"

namespace {

using namespace mvga;

void require(bool right) {
  if (!right) std::abort();
}

template <typename Read>
void read_or_refuse(const Read& read) {
  try {
    read();
  } catch (const Error& e) {
    require(printable(e.what(), kLongestMessage) == e.what());
  }
}

void read_settings(const std::string& text) {
  read_or_refuse([&] {
    const Box box = parse_roi(text);
    require(box.x >= 0 && box.y >= 0 && box.width > 0 && box.height > 0);
    require(box.x + box.width <= 1.001 && box.y + box.height <= 1.001);
  });
  read_or_refuse([&] { require(parse_levels(text).size() <= 100); });
}

void read_headers(const std::string& text) {
  tool::Headers headers;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) headers.add(line);
  tool::parse_content_range(headers["content-range"]);
  tool::parse_size(headers["content-length"]);
  require(headers.version().size() <= 1000);
  require(headers.hash().empty() || headers.hash().size() == 64);
}

void read_credentials(const std::string& text) {
  read_or_refuse([&] { gst::publish::read_credentials(fuzz::file_of(text)); });
}

void show(const std::string& text) {
  for (const std::size_t longest : {std::size_t{3}, kLongestShown, kLongestMessage}) {
    const std::string shown = printable(text, longest);
    require(shown.size() <= longest);
    require(g_utf8_validate(shown.data(), static_cast<gssize>(shown.size()), nullptr));
    require(printable(shown, longest) == shown);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  read_settings(text);
  read_headers(text);
  read_credentials(text);
  show(text);
  return 0;
}
