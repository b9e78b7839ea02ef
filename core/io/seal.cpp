// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/io/seal.h"

#include <string>
#include <string_view>

#include "core/base/sha256.h"

namespace mvga {
namespace {

constexpr std::string_view kKey = "sha256";
constexpr std::size_t kDigits = 64;
constexpr std::string_view kZeros =
    "0000000000000000000000000000000000000000000000000000000000000000";
static_assert(kZeros.size() == kDigits);

/// Where the digits stand in the header.
std::size_t position(std::span<const std::byte> bytes, std::string_view digits) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  // Not one sum: GCC 12 sees an overlap in it that is not there (-Wrestrict).
  std::string entry = "\"";
  entry.append(kKey).append("\":\"").append(digits).append("\"");
  const std::size_t at = text.find(entry);
  return at == std::string_view::npos ? at : at + kKey.size() + 4;
}

}  // namespace

void seal(SafetensorsWriter& file) {
  file.set_metadata(std::string(kKey), std::string(kZeros));
  Sha256 sum;
  file.write([&](std::span<const std::byte> bytes) { sum.add(bytes); });
  file.set_metadata(std::string(kKey), sum.hex());
}

Seal check_seal(const SafetensorsFile& file) {
  const auto digits = file.metadata().find(std::string(kKey));
  if (digits == file.metadata().end() || digits->second.size() != kDigits) return Seal::missing;
  const std::span<const std::byte> bytes = file.bytes();
  const std::size_t at = position(bytes, digits->second);
  if (at == std::string_view::npos) return Seal::missing;
  Sha256 sum;
  sum.add(bytes.first(at));
  sum.add(std::as_bytes(std::span(kZeros)));
  sum.add(bytes.subspan(at + kDigits));
  return sum.hex() == digits->second ? Seal::intact : Seal::broken;
}

}  // namespace mvga
