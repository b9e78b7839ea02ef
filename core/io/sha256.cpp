// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/io/sha256.h"

#include <glib.h>

#include <memory>

namespace mvga {

std::string sha256_hex(std::span<const std::byte> bytes) {
  const std::unique_ptr<GChecksum, decltype(&g_checksum_free)> sum(
      g_checksum_new(G_CHECKSUM_SHA256), &g_checksum_free);
  if (!bytes.empty()) {
    g_checksum_update(sum.get(), reinterpret_cast<const guchar*>(bytes.data()),
                      static_cast<gssize>(bytes.size()));
  }
  return g_checksum_get_string(sum.get());
}

}  // namespace mvga
