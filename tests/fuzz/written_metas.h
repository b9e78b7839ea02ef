// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Metas that somebody wrote in our name.
#pragma once

#include <gst/gst.h>

#include <string>

namespace mvga::fuzz {

/// What GStreamer reads from a structure's text, as the buffer's meta of this name; nothing where
/// that is none. Bytes have no text: each grid in it gets as many as it needs, made of `bytes`, and
/// a few more where `bytes` is odd.
void add_meta(GstBuffer* buffer, const char* name, const std::string& text,
              const std::string& bytes);

}  // namespace mvga::fuzz
