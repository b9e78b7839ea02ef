// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include <gst/gst.h>

#include "core/base/version.h"
#include "gst/detect/mvgadetect.h"
#include "gst/fit/mvgafit.h"
#include "gst/meta/anomaly_meta.h"
#include "gst/overlay/mvgaoverlay.h"
#include "gst/publish/mvgapublish.h"

static gboolean plugin_init(GstPlugin* plugin) {
  mvga::gst::register_anomaly_metas();
  gboolean registered = FALSE;
  registered |= GST_ELEMENT_REGISTER(mvgafit, plugin);
  registered |= GST_ELEMENT_REGISTER(mvgadetect, plugin);
  registered |= GST_ELEMENT_REGISTER(mvgaoverlay, plugin);
  registered |= GST_ELEMENT_REGISTER(mvgapublish, plugin);
  return registered;
}

#define PACKAGE "mvga"
GST_PLUGIN_DEFINE(GST_VERSION_MAJOR, GST_VERSION_MINOR, mvga,
                  "Learns what normal video looks like, and finds what does not", plugin_init,
                  MVGA_VERSION, "MIT/X11", "mvga", "Unknown package origin")
