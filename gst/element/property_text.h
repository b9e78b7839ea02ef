// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How a property is described: in words, and by when it may be written.
#pragma once

#include <gst/gst.h>

namespace mvga::gst {

/// When a property may be written.
enum class Mutable { ready, playing, controlled };

inline constexpr auto kReadOnly =
    static_cast<GParamFlags>(static_cast<guint>(G_PARAM_READABLE) | G_PARAM_STATIC_STRINGS);

constexpr GParamFlags param_flags(Mutable when) {
  guint flags = static_cast<guint>(G_PARAM_READWRITE) | static_cast<guint>(G_PARAM_STATIC_STRINGS);
  if (when == Mutable::ready) return static_cast<GParamFlags>(flags | GST_PARAM_MUTABLE_READY);
  flags |= GST_PARAM_MUTABLE_PLAYING;
  if (when == Mutable::controlled) flags |= GST_PARAM_CONTROLLABLE;
  return static_cast<GParamFlags>(flags);
}

/// How a property is called and described; the texts live as long as the process.
struct PropertyText {
  const char* name;
  const char* nick;
  const char* blurb;
};

}  // namespace mvga::gst
