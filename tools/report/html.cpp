// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/report/html.h"

#include <glib.h>

#include <array>
#include <charconv>
#include <cmath>
#include <memory>

#include "core/base/plain_text.h"

namespace mvga::tool {

std::string escaped(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (const char c : as_utf8(text)) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\'':
        safe += "&#39;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

std::string fixed(double value, int digits) {
  if (std::isnan(value)) return "–";
  std::array<char, 400> text{};  // as many digits as the largest double has, and more
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value,
                                 std::chars_format::fixed, digits);
  return {text.data(), end.ptr};
}

std::string counted(std::size_t count, std::string_view noun) {
  std::string text = std::to_string(count);
  text.append(" ").append(noun);
  return count == 1 ? text : text.append("s");
}

std::string data_uri(std::span<const std::byte> file, std::string_view media_type) {
  const std::unique_ptr<gchar, decltype(&g_free)> base64(
      g_base64_encode(reinterpret_cast<const guchar*>(file.data()), file.size()), g_free);
  return std::string("data:").append(media_type).append(";base64,").append(base64.get());
}

}  // namespace mvga::tool
