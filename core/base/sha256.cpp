// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/base/sha256.h"

#include <glib.h>

namespace mvga {

Sha256::Sha256() : sum_(g_checksum_new(G_CHECKSUM_SHA256)) {}

void Sha256::Free::operator()(void* sum) const {
  g_checksum_free(static_cast<GChecksum*>(sum));
}

void Sha256::add(std::span<const std::byte> bytes) {
  if (bytes.empty()) return;
  g_checksum_update(static_cast<GChecksum*>(sum_.get()),
                    reinterpret_cast<const guchar*>(bytes.data()),
                    static_cast<gssize>(bytes.size()));
}

std::string Sha256::hex() {
  return g_checksum_get_string(static_cast<GChecksum*>(sum_.get()));
}

std::string sha256_hex(std::span<const std::byte> bytes) {
  Sha256 sum;
  sum.add(bytes);
  return sum.hex();
}

}  // namespace mvga
