// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvga-read-metadata-cpp: a line for each anomalous frame of a video.
//
// Shows how a program in C++ reads what frames carry as they pass, in a pad probe.

#include <mvga/anomaly.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <string_view>

#include "examples/common/pipeline.h"

namespace ex = mvga::examples;

namespace {

struct Unref {
  void operator()(MvgaAnomaly* anomaly) const { mvga_anomaly_unref(anomaly); }
};
using Anomaly = std::unique_ptr<MvgaAnomaly, Unref>;

void print_regions(const MvgaAnomaly* anomaly) {
  const char* before = "  region";
  for (guint i = 0; i < mvga_anomaly_get_n_regions(anomaly); ++i) {
    const MvgaRegion& region = *mvga_anomaly_get_region(anomaly, i);
    std::printf("%s %.0f%%x%.0f%% at %.0f%%,%.0f%%", before, 100 * region.width,
                100 * region.height, 100 * region.x, 100 * region.y);
    before = ",";
  }
}

void print_result(const MvgaAnomaly* anomaly) {
  std::printf("  %s  score %.3f (threshold %.3f, p %.4f)",
              mvga_anomaly_is_anomalous(anomaly) ? "anomalous" : "normal",
              mvga_anomaly_get_score(anomaly), mvga_anomaly_get_threshold(anomaly),
              mvga_anomaly_get_p_value(anomaly));
  if (const guint64 event = mvga_anomaly_get_event_id(anomaly))
    std::printf("  event %" G_GUINT64_FORMAT, event);
  print_regions(anomaly);
}

void print_frame(GstBuffer* buffer, bool all) {
  const Anomaly anomaly(mvga_buffer_get_anomaly(buffer));
  if (anomaly == nullptr) return;
  if (!all && !mvga_anomaly_is_anomalous(anomaly.get())) return;
  std::printf("%.3f s  %s", static_cast<double>(GST_BUFFER_PTS(buffer)) / GST_SECOND,
              mvga_anomaly_status_to_string(mvga_anomaly_get_status(anomaly.get())));
  if (mvga_anomaly_has_result(anomaly.get())) print_result(anomaly.get());
  std::printf("\n");
}

// In the thread of the pipeline: what takes long belongs elsewhere.
GstPadProbeReturn on_frame(GstPad* /*pad*/, GstPadProbeInfo* info, gpointer all) {
  print_frame(GST_PAD_PROBE_INFO_BUFFER(info), *static_cast<const bool*>(all));
  return GST_PAD_PROBE_OK;
}

void watch(const char* video, const char* model, bool all) {
  const ex::Pipeline pipeline = ex::parse_pipeline(
      "filesrc name=source ! decodebin ! videoconvert ! mvgadetect name=detect ! "
      "fakesink sync=false");
  const ex::Element source = ex::find_element(pipeline.get(), "source");
  g_object_set(source.get(), "location", video, nullptr);
  const ex::Element detect = ex::find_element(pipeline.get(), "detect");
  g_object_set(detect.get(), "model", model, nullptr);
  const ex::Pad pad(gst_element_get_static_pad(detect.get(), "src"));
  gst_pad_add_probe(pad.get(), GST_PAD_PROBE_TYPE_BUFFER, on_frame, &all, nullptr);
  ex::run_pipeline(pipeline.get());
}

}  // namespace

int main(int argc, char** argv) {
  const bool all = argc == 4 && std::string_view(argv[3]) == "--all";
  if (argc != 3 && !all) {
    std::fputs("usage: mvga-read-metadata-cpp VIDEO MODEL [--all]\n", stderr);
    return 2;
  }
  try {
    gst_init(nullptr, nullptr);
    watch(argv[1], argv[2], all);
    return EXIT_SUCCESS;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "mvga-read-metadata-cpp: %s\n", e.what());
    return EXIT_FAILURE;
  }
}
