// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The properties of mvgafit.
#pragma once

#include <gst/gst.h>

#include <string>

#include "core/features/backbone.h"
#include "core/scoring/calibration.h"
#include "gst/element/property_values.h"

namespace mvga::gst {

/// Names, defaults and ranges are those of the properties. Read at the start of a run.
struct FitElementSettings {
  std::string model;
  std::string backbone;
  std::string weights;
  std::string levels;
  std::string roi;
  std::string tiles = "0";
  std::string device = "auto";
  guint input_size = 0;
  gint reduction = kReductionAuto;
  gdouble variance = 0.05;
  Profile profile = Profile::calibrated;
  gdouble target_fpr = 0.01;
  gdouble light = -1;
  guint64 max_frames = 0;
  Precision precision = Precision::automatic;
  guint threads = 0;
};

}  // namespace mvga::gst
