// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/media/bad_files.h"

#include <string>

#include "core/base/error.h"
#include "tools/media/frames.h"
#include "tools/output/progress.h"

namespace mvga::tool {
namespace {

std::string warning(const Error& error, const char* consequence) {
  return std::string("warning: ").append(error.what()).append(consequence);
}

}  // namespace

bool BadFiles::attempt(const std::function<void()>& work) {
  try {
    work();
    return true;
  } catch (const BrokenOff& e) {
    if (strict_) throw;
    say(warning(e, "; the frames before that count"));
  } catch (const Error& e) {
    if (strict_ || (e.kind() != ErrorKind::unreadable && e.kind() != ErrorKind::not_found)) throw;
    say(warning(e, "; passed over"));
    ++passed_over_;
  }
  return false;
}

void BadFiles::report(std::size_t all) const {
  if (passed_over_ > 0 && passed_over_ < all)
    say("warning: " + std::to_string(passed_over_) + " of " + std::to_string(all) +
        " files could not be read and were passed over");
}

}  // namespace mvga::tool
