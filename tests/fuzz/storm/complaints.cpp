// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/fuzz/storm/complaints.h"

#include <glib.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string_view>

namespace mvga::fuzz {
namespace {

thread_local bool unheard = false;

std::mutex order_mutex;
unsigned order_losses = 0;
bool in_order = false;

bool is_in_order() {
  const std::lock_guard lock(order_mutex);
  return in_order;
}

/// GStreamer says so of who pushes into an element that was started behind the stream's beginning,
/// as a storm does.
bool is_about_the_storm(std::string_view text) {
  if (is_in_order()) return false;
  static constexpr std::array<std::string_view, 3> kOurs{"Got data flow before stream-start",
                                                         "Got data flow before segment",
                                                         "Sticky event misordering"};
  return std::any_of(kOurs.begin(), kOurs.end(),
                     [&](std::string_view ours) { return text.find(ours) != text.npos; });
}

void hear(const gchar* domain, GLogLevelFlags level, const gchar* text, gpointer) {
  constexpr int kSerious = G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING;
  if ((level & kSerious) == 0 || unheard || is_about_the_storm(text)) return;
  std::fprintf(stderr, "%s: %s\n", domain != nullptr ? domain : "", text);
  give_up("GLib or GStreamer complained");
}

}  // namespace

void end_with_complaints() {
  g_log_set_default_handler(hear, nullptr);
}

Unheard::Unheard() {
  unheard = true;
}

Unheard::~Unheard() {
  unheard = false;
}

void StreamOrder::lose() {
  const std::lock_guard lock(order_mutex);
  ++order_losses;
  in_order = false;
}

unsigned StreamOrder::losses() {
  const std::lock_guard lock(order_mutex);
  return order_losses;
}

void StreamOrder::restore(unsigned losses_before) {
  const std::lock_guard lock(order_mutex);
  if (order_losses == losses_before) in_order = true;
}

void give_up(const char* why) {
  std::fprintf(stderr, "storm: %s\n", why);
  std::abort();
}

}  // namespace mvga::fuzz
