// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/features/reading.h"

#include "core/base/error.h"

namespace mvga {

/// Who knows of no bits has to refuse it: of 12 a sixteenth of the contrast would be left.
std::string name_of(const Reading& reading) {
  const std::string name = reading.by == Reading::By::exact ? "exact" : "gstreamer";
  return reading.bits == kAllBits ? name : name + ", " + std::to_string(reading.bits) + " bits";
}

Reading reading_from(std::string_view name) {
  for (const Reading& known : {Reading::gstreamer, Reading::exact, Reading{.bits = 10},
                               Reading{.bits = 12}, Reading{.bits = 14}})
    if (name_of(known) == name) return known;
  throw Error(ErrorKind::settings, "frames were read in a way that this mvga does not know: '" +
                                       std::string(name) + "'");
}

std::string warning_of(const Reading& reading, const std::string& file) {
  if (reading.by == Reading::By::exact) return {};
  return file +
         ": was learned by an older mvga, which read YUV frames up to four levels too dark; frames "
         "are read exactly now, so the promised rate of false alarms may not be kept: learn it "
         "anew";
}

}  // namespace mvga
