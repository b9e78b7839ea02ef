// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The C library in a process that GStreamer has loaded no plugin into, and loads it later.
#include <gst/gst.h>
#include <gtest/gtest.h>
#include <mvga/anomaly.h>

#include <memory>
#include <string>

#include "tests/gst/harness/run_command.h"
#include "tests/gst/meta/metadata_in_c.h"

namespace mvga::testing {
namespace {

using Buffer = std::unique_ptr<GstBuffer, decltype(&gst_buffer_unref)>;

/// A frame as it comes from somewhere else; the plugin has no part in it.
Buffer foreign_frame() {
  Buffer buffer(gst_buffer_new(), gst_buffer_unref);
  GstStructure* meta =
      gst_custom_meta_get_structure(gst_buffer_add_custom_meta(buffer.get(), "MvgaAnomalyMeta"));
  gst_structure_set(meta, "schema", G_TYPE_INT, 2, "status", G_TYPE_STRING, "fresh", "model-id",
                    G_TYPE_STRING, "line", "event-id", G_TYPE_UINT64, guint64{7}, "score",
                    G_TYPE_DOUBLE, 7.5, "threshold", G_TYPE_DOUBLE, 5.0, "p-value", G_TYPE_DOUBLE,
                    0.125, "anomalous", G_TYPE_BOOLEAN, TRUE, "result-pts", G_TYPE_UINT64,
                    guint64{3}, "age", G_TYPE_UINT64, guint64{4}, "inference-time", G_TYPE_UINT64,
                    guint64{5}, nullptr);
  return buffer;
}

std::string read(GstBuffer* buffer) {
  const std::unique_ptr<gchar, decltype(&g_free)> text(metadata_in_c(buffer), g_free);
  return text ? text.get() : "nothing";
}

// In this order, as a process has but one life.
TEST(MetadataAlone, CanBeReadBeforeAndAfterThePluginIsLoaded) {
  // GLib warns of a type that is registered twice.
  g_log_set_always_fatal(
      static_cast<GLogLevelFlags>(G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR));
  ASSERT_EQ(gst_meta_get_info("MvgaAnomalyMeta"), nullptr) << "something has loaded the plugin";
  const Buffer bare(gst_buffer_new(), gst_buffer_unref);
  EXPECT_EQ(read(bare.get()), "nothing");

  mvga_init();
  mvga_init();
  const std::string expected =
      "schema 2\nstatus fresh\nmodel-id line\nevent-id 7\nscore 7.5\nthreshold 5\np-value 0.125\n"
      "anomalous 1\nresult-pts 3\nage 4\nhas-regions 0\n";
  const Buffer before = foreign_frame();
  EXPECT_EQ(read(before.get()), expected);

  GError* error = nullptr;
  GstPlugin* plugin = gst_plugin_load_file(setting("MVGA_PLUGIN").c_str(), &error);
  ASSERT_NE(plugin, nullptr) << error->message;
  gst_object_unref(plugin);
  EXPECT_EQ(read(before.get()), expected);
  EXPECT_EQ(read(foreign_frame().get()), expected);
  mvga_init();
}

}  // namespace
}  // namespace mvga::testing
