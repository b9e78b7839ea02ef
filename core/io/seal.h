// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A checksum that a safetensors file carries of itself, in the metadata "sha256": that of every
// byte of the file, with zeros in the place of its own digits.
#pragma once

#include "core/io/safetensors.h"

namespace mvga {

/// Adds the checksum of what the file is now; what is set or added later breaks it. Asks every
/// tensor for its bytes once.
void seal(SafetensorsWriter& file);

enum class Seal { intact, missing, broken };

/// Whether the file is what was sealed.
Seal check_seal(const SafetensorsFile& file);

}  // namespace mvga
