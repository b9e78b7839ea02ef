// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/features/reading.h"

#include "core/base/error.h"

namespace mvga {

std::string_view name_of(Reading reading) {
  return reading == Reading::exact ? "exact" : "gstreamer";
}

Reading reading_from(std::string_view name) {
  for (const Reading reading : {Reading::gstreamer, Reading::exact})
    if (name_of(reading) == name) return reading;
  throw Error(ErrorKind::settings, "frames were read in a way that this mvga does not know: '" +
                                       std::string(name) + "'");
}

std::string warning_of(Reading reading, const std::string& file) {
  if (reading == Reading::exact) return {};
  return file +
         ": was learned by an older mvga, which read YUV frames up to four levels too dark; frames "
         "are read exactly now, so the promised rate of false alarms may not be kept: learn it "
         "anew";
}

}  // namespace mvga
