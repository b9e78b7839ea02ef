/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 the mvga authors */

/* mvga-read-metadata-c: a line for each anomalous frame of a video.
 *
 * Shows how a program in C takes frames out of a pipeline and reads what they carry. Outside of
 * this project: cc read_metadata.c $(pkg-config --cflags --libs mvga-meta gstreamer-app-1.0) */
#include <gst/app/gstappsink.h>
#include <mvga/anomaly.h>
#include <stdlib.h>
#include <string.h>

static void print_regions(const MvgaAnomaly* anomaly) {
  for (guint i = 0; i < mvga_anomaly_get_n_regions(anomaly); ++i) {
    const MvgaRegion* region = mvga_anomaly_get_region(anomaly, i);
    g_print("%s %.0f%%x%.0f%% at %.0f%%,%.0f%%", i == 0 ? "  region" : ",", 100 * region->width,
            100 * region->height, 100 * region->x, 100 * region->y);
  }
}

static void print_result(const MvgaAnomaly* anomaly) {
  g_print("  %s  score %.3f (threshold %.3f, p %.4f)",
          mvga_anomaly_is_anomalous(anomaly) ? "anomalous" : "normal",
          mvga_anomaly_get_score(anomaly), mvga_anomaly_get_threshold(anomaly),
          mvga_anomaly_get_p_value(anomaly));
  if (mvga_anomaly_get_event_id(anomaly) != 0)
    g_print("  event %" G_GUINT64_FORMAT, mvga_anomaly_get_event_id(anomaly));
  print_regions(anomaly);
}

static void print_frame(GstBuffer* buffer, gboolean all) {
  g_autoptr(MvgaAnomaly) anomaly = mvga_buffer_get_anomaly(buffer);
  if (anomaly == NULL) return;
  if (!all && !mvga_anomaly_is_anomalous(anomaly)) return;
  g_print("%.3f s  %s", (double)GST_BUFFER_PTS(buffer) / GST_SECOND,
          mvga_anomaly_status_to_string(mvga_anomaly_get_status(anomaly)));
  if (mvga_anomaly_has_result(anomaly)) print_result(anomaly);
  g_print("\n");
}

static gboolean print_error(GstElement* pipeline) {
  g_autoptr(GstBus) bus = gst_element_get_bus(pipeline);
  g_autoptr(GstMessage) message = gst_bus_pop_filtered(bus, GST_MESSAGE_ERROR);
  if (message == NULL) return FALSE;
  g_autoptr(GError) error = NULL;
  gst_message_parse_error(message, &error, NULL);
  g_printerr("mvga-read-metadata-c: %s\n", error->message);
  return TRUE;
}

/* FALSE after an error. */
static gboolean print_frames(GstElement* pipeline, GstAppSink* sink, gboolean all) {
  for (;;) {
    g_autoptr(GstSample) sample = gst_app_sink_try_pull_sample(sink, GST_SECOND / 10);
    if (sample != NULL)
      print_frame(gst_sample_get_buffer(sample), all);
    else if (print_error(pipeline))
      return FALSE;
    else if (gst_app_sink_is_eos(sink))
      return TRUE;
  }
}

static GstElement* make_pipeline(const char* video, const char* model) {
  GstElement* pipeline = gst_parse_launch(
      "filesrc name=source ! decodebin ! videoconvert ! mvgadetect name=detect ! "
      "appsink name=sink sync=false max-buffers=8",
      NULL);
  if (pipeline == NULL) return NULL;
  g_autoptr(GstElement) source = gst_bin_get_by_name(GST_BIN(pipeline), "source");
  g_autoptr(GstElement) detect = gst_bin_get_by_name(GST_BIN(pipeline), "detect");
  if (detect == NULL) {
    gst_object_unref(pipeline);
    return NULL;
  }
  g_object_set(source, "location", video, NULL);
  g_object_set(detect, "model", model, NULL);
  return pipeline;
}

int main(int argc, char** argv) {
  const gboolean all = argc == 4 && strcmp(argv[3], "--all") == 0;
  if (argc != 3 && !all) {
    g_printerr("usage: mvga-read-metadata-c VIDEO MODEL [--all]\n");
    return 2;
  }
  gst_init(NULL, NULL);
  g_autoptr(GstElement) pipeline = make_pipeline(argv[1], argv[2]);
  if (pipeline == NULL) {
    g_printerr("mvga-read-metadata-c: GStreamer does not find mvgadetect\n");
    return EXIT_FAILURE;
  }
  g_autoptr(GstElement) sink = gst_bin_get_by_name(GST_BIN(pipeline), "sink");
  gst_element_set_state(pipeline, GST_STATE_PLAYING);
  const gboolean done = print_frames(pipeline, GST_APP_SINK(sink), all);
  gst_element_set_state(pipeline, GST_STATE_NULL);
  return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
