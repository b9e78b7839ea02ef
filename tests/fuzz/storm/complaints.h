// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What GLib and GStreamer complain of ends a storm: an element that is treated badly answers with
// an error, and does not go on with what cannot be.
#pragma once

namespace mvga::fuzz {

/// From now on, for the process.
void end_with_complaints();

/// While one lives, complaints on this thread are about what a storm tries to make, and not heard.
class Unheard {
 public:
  Unheard();
  ~Unheard();
  Unheard(const Unheard&) = delete;
  Unheard& operator=(const Unheard&) = delete;
};

/// Whether the stream has the order that GStreamer asks for: while it has not, data that come
/// before what they are data of are the storm's fault.
class StreamOrder {
 public:
  static void lose();
  /// How often it was lost.
  static unsigned losses();
  /// Everything was sent again, if nothing was lost since then.
  static void restore(unsigned losses_before);
};

/// Says what was wrong, and ends the process.
[[noreturn]] void give_up(const char* why);

inline void require(bool right, const char* what) {
  if (!right) give_up(what);
}

}  // namespace mvga::fuzz
