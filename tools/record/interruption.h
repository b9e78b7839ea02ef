// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Being told to stop.
#pragma once

#include <signal.h>

#include <chrono>
#include <optional>

namespace mvga::tool {

/// While it lives, SIGINT, SIGTERM and SIGHUP end nothing: they are kept for who asks. To be made
/// before any thread is, since threads take over what their parent ignores.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  /// The signal that came, or comes within the time.
  std::optional<int> wait(std::chrono::milliseconds time) const;

 private:
  sigset_t signals_{};
  sigset_t before_{};
};

}  // namespace mvga::tool
