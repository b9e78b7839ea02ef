/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 the mvga authors */

#include "tests/gst/meta/metadata_in_c.h"

#include <mvga/anomaly.h>

#if !defined(__STDC_VERSION__) || __STDC_VERSION__ != 201112L
#error "not C11"
#endif

static void add_regions(GString* text, const MvgaAnomaly* anomaly) {
  for (guint i = 0; i < mvga_anomaly_get_n_regions(anomaly); ++i) {
    const MvgaRegion* r = mvga_anomaly_get_region(anomaly, i);
    g_string_append_printf(text, "region %.17g %.17g %.17g %.17g %.17g %.17g %.17g\n", r->x, r->y,
                           r->width, r->height, r->area, r->peak, r->confidence);
  }
}

typedef GBytes* GetGrid(const MvgaAnomaly*, guint*, guint*, gdouble*, gdouble*);

static void add_grid(GString* text, const MvgaAnomaly* anomaly, const char* name, GetGrid* get) {
  guint width = 0;
  guint height = 0;
  gdouble normal = 0;
  gdouble threshold = 0;
  g_autoptr(GBytes) values = get(anomaly, &width, &height, &normal, &threshold);
  if (values == NULL) return;
  g_autofree gchar* sum = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, values);
  g_string_append_printf(text, "%s %ux%u %.17g %.17g %s\n", name, width, height, normal, threshold,
                         sum);
}

gchar* metadata_in_c(GstBuffer* buffer) {
  g_autoptr(MvgaAnomaly) anomaly = mvga_buffer_get_anomaly(buffer);
  if (anomaly == NULL) return NULL;
  GString* text = g_string_new(NULL);
  g_string_append_printf(text, "schema %d\nstatus %s\nmodel-id %s\n",
                         mvga_anomaly_get_schema(anomaly),
                         mvga_anomaly_status_to_string(mvga_anomaly_get_status(anomaly)),
                         mvga_anomaly_get_model_id(anomaly));
  g_string_append_printf(text, "event-id %" G_GUINT64_FORMAT "\n",
                         mvga_anomaly_get_event_id(anomaly));
  if (mvga_anomaly_has_result(anomaly))
    g_string_append_printf(text, "score %.17g\nthreshold %.17g\np-value %.17g\nanomalous %d\n",
                           mvga_anomaly_get_score(anomaly), mvga_anomaly_get_threshold(anomaly),
                           mvga_anomaly_get_p_value(anomaly), mvga_anomaly_is_anomalous(anomaly));
  g_string_append_printf(text, "result-pts %" G_GUINT64_FORMAT "\nage %" G_GUINT64_FORMAT "\n",
                         mvga_anomaly_get_result_pts(anomaly), mvga_anomaly_get_age(anomaly));
  if (mvga_anomaly_get_status(anomaly) == MVGA_ANOMALY_STATUS_LEARNING)
    g_string_append_printf(text, "learned %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT "\n",
                           mvga_anomaly_get_learned_frames(anomaly),
                           mvga_anomaly_get_learn_frames(anomaly));
  gdouble x = 0;
  gdouble y = 0;
  gdouble width = 0;
  gdouble height = 0;
  if (mvga_anomaly_get_roi(anomaly, &x, &y, &width, &height))
    g_string_append_printf(text, "roi %.17g %.17g %.17g %.17g\n", x, y, width, height);
  g_string_append_printf(text, "has-regions %d\n", mvga_anomaly_has_regions(anomaly));
  add_regions(text, anomaly);
  add_grid(text, anomaly, "map", mvga_anomaly_get_map);
  add_grid(text, anomaly, "mask", mvga_anomaly_get_mask);
  return g_string_free(text, FALSE);
}
