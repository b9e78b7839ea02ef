/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 the mvga authors */

/* What mvgadetect says of a frame, for programs in C and, by GObject introspection, in any language
 * that has a binding. */
#ifndef MVGA_ANOMALY_H
#define MVGA_ANOMALY_H

#include <gst/gst.h>

#ifndef MVGA_API
#define MVGA_API __attribute__((visibility("default")))
#endif

G_BEGIN_DECLS

/* NOLINTBEGIN(modernize-use-using): this is C. */

/**
 * SECTION:anomaly
 * @title: MvgaAnomaly
 * @short_description: The result that a frame carries
 *
 * mvgadetect attaches its result to every frame as metadata, which goes through conversion,
 * encoders and parsers. mvga_buffer_get_anomaly() reads it, anywhere downstream:
 *
 * |[<!-- language="C" -->
 * g_autoptr (MvgaAnomaly) anomaly = mvga_buffer_get_anomaly (buffer);
 * if (anomaly != NULL && mvga_anomaly_is_anomalous (anomaly))
 *   g_print ("score %g\n", mvga_anomaly_get_score (anomaly));
 * ]|
 *
 * Nothing here needs the plugin to be loaded. All functions but mvga_init() may be called from any
 * thread at any time; a #MvgaAnomaly never changes.
 */

/**
 * MvgaAnomalyStatus:
 * @MVGA_ANOMALY_STATUS_FRESH: this frame was looked at
 * @MVGA_ANOMALY_STATUS_HELD: the result is that of an earlier frame
 * @MVGA_ANOMALY_STATUS_SKIPPED: there is no result
 * @MVGA_ANOMALY_STATUS_ERROR: looking at this frame failed: there is no result
 * @MVGA_ANOMALY_STATUS_LEARNING: what is normal is still being learned: there is no result
 * @MVGA_ANOMALY_STATUS_CORRUPTED: the frame was damaged on its way, and is not looked at: there is
 *   no result
 *
 * Where a frame's result comes from. Later versions may add to these.
 */
typedef enum {
  MVGA_ANOMALY_STATUS_FRESH,
  MVGA_ANOMALY_STATUS_HELD,
  MVGA_ANOMALY_STATUS_SKIPPED,
  MVGA_ANOMALY_STATUS_ERROR,
  MVGA_ANOMALY_STATUS_LEARNING,
  MVGA_ANOMALY_STATUS_CORRUPTED
} MvgaAnomalyStatus;

#define MVGA_TYPE_ANOMALY_STATUS (mvga_anomaly_status_get_type())
MVGA_API GType mvga_anomaly_status_get_type(void);

/**
 * mvga_anomaly_status_to_string:
 * @status: a status
 *
 * Returns: (transfer none): the name that the metadata and the JSON have for it, such as "fresh"
 */
MVGA_API const gchar* mvga_anomaly_status_to_string(MvgaAnomalyStatus status);

/**
 * MvgaRegion:
 * @x: left edge of the box, in fractions of the frame
 * @y: upper edge
 * @width: width of the box, in fractions of the frame
 * @height: height of the box
 * @area: share of the frame that is anomalous within the box, 0 to 1
 * @peak: highest value of the anomaly map in the region
 * @confidence: 0.5 at the threshold of the map, 0 to 1
 *
 * One part of a frame that is not normal.
 */
typedef struct {
  gdouble x;
  gdouble y;
  gdouble width;
  gdouble height;
  gdouble area;
  gdouble peak;
  gdouble confidence;
} MvgaRegion;

#define MVGA_TYPE_REGION (mvga_region_get_type())
MVGA_API GType mvga_region_get_type(void);

/**
 * mvga_region_copy:
 * @region: a region
 *
 * Returns: (transfer full): a copy, to be freed with mvga_region_free()
 */
MVGA_API MvgaRegion* mvga_region_copy(const MvgaRegion* region);

/**
 * mvga_region_free:
 * @region: (transfer full): a region that mvga_region_copy() made
 */
MVGA_API void mvga_region_free(MvgaRegion* region);

/**
 * MvgaAnomaly:
 *
 * What is known of one frame.
 */
typedef struct _MvgaAnomaly MvgaAnomaly;

#define MVGA_TYPE_ANOMALY (mvga_anomaly_get_type())
MVGA_API GType mvga_anomaly_get_type(void);

/**
 * mvga_init:
 *
 * Tells GStreamer about the metadata, as loading the plugin does; call it after gst_init(). Only a
 * process that does not run mvgadetect itself and has frames with metadata made in it (by
 * gst_buffer_add_custom_meta(), or by an element that takes them from another process) needs it.
 * The plugin may be loaded before or after, but not by another thread at the same moment.
 */
MVGA_API void mvga_init(void);

/**
 * mvga_buffer_get_anomaly:
 * @buffer: a frame, raw or encoded
 *
 * Reads what mvgadetect has attached. What is returned is a copy: it does not keep the buffer, and
 * the buffer stays writable. Metadata that are incomplete or of a schema that this version does not
 * know count as not there.
 *
 * Returns: (transfer full) (nullable): the frame's result; %NULL if it carries none
 */
MVGA_API MvgaAnomaly* mvga_buffer_get_anomaly(GstBuffer* buffer);

/**
 * mvga_anomaly_ref:
 * @anomaly: a result
 *
 * Returns: (transfer full): the same, which has one more owner
 */
MVGA_API MvgaAnomaly* mvga_anomaly_ref(MvgaAnomaly* anomaly);

/**
 * mvga_anomaly_unref:
 * @anomaly: (transfer full): a result, which is freed with its last owner
 */
MVGA_API void mvga_anomaly_unref(MvgaAnomaly* anomaly);

/**
 * mvga_anomaly_get_schema:
 * @anomaly: a result
 *
 * Returns: version of the metadata that it was read from
 */
MVGA_API gint mvga_anomaly_get_schema(const MvgaAnomaly* anomaly);

/**
 * mvga_anomaly_get_status:
 * @anomaly: a result
 *
 * Returns: whether the result is the frame's own, that of an earlier frame, or missing
 */
MVGA_API MvgaAnomalyStatus mvga_anomaly_get_status(const MvgaAnomaly* anomaly);

/**
 * mvga_anomaly_get_model_id:
 * @anomaly: a result
 *
 * Returns: (transfer none): file name of the model, without its ending
 */
MVGA_API const gchar* mvga_anomaly_get_model_id(const MvgaAnomaly* anomaly);

/**
 * mvga_anomaly_get_event_id:
 * @anomaly: a result
 *
 * Returns: running number of the event that is going on; 0: none
 */
MVGA_API guint64 mvga_anomaly_get_event_id(const MvgaAnomaly* anomaly);

/**
 * mvga_anomaly_has_result:
 * @anomaly: a result
 *
 * Returns: whether the frame has a score, which it does when its status is fresh or held
 */
MVGA_API gboolean mvga_anomaly_has_result(const MvgaAnomaly* anomaly);

/**
 * mvga_anomaly_get_score:
 * @anomaly: a result
 *
 * Returns: score of the frame, in the unit of the model: larger is worse. NaN without a result
 */
MVGA_API gdouble mvga_anomaly_get_score(const MvgaAnomaly* anomaly);

/**
 * mvga_anomaly_get_threshold:
 * @anomaly: a result
 *
 * Returns: score above which a frame is anomalous. NaN without a result
 */
MVGA_API gdouble mvga_anomaly_get_threshold(const MvgaAnomaly* anomaly);

/**
 * mvga_anomaly_get_p_value:
 * @anomaly: a result
 *
 * Returns: share of normal frames that score at least this much, 0 to 1. NaN without a result
 */
MVGA_API gdouble mvga_anomaly_get_p_value(const MvgaAnomaly* anomaly);

/**
 * mvga_anomaly_is_anomalous:
 * @anomaly: a result
 *
 * Returns: whether the score is above the threshold. %FALSE without a result
 */
MVGA_API gboolean mvga_anomaly_is_anomalous(const MvgaAnomaly* anomaly);

/**
 * mvga_anomaly_get_result_pts:
 * @anomaly: a result
 *
 * Returns: timestamp of the frame that was looked at, in nanoseconds, as it was in mvgadetect;
 *   %GST_CLOCK_TIME_NONE if it had none or there is no result
 */
MVGA_API GstClockTime mvga_anomaly_get_result_pts(const MvgaAnomaly* anomaly);

/**
 * mvga_anomaly_get_age:
 * @anomaly: a result
 *
 * Returns: how much older the frame that was looked at is than this one, in nanoseconds;
 *   %GST_CLOCK_TIME_NONE without a result
 */
MVGA_API GstClockTime mvga_anomaly_get_age(const MvgaAnomaly* anomaly);

/**
 * mvga_anomaly_get_inference_time:
 * @anomaly: a result
 *
 * Returns: what looking at this frame took, in nanoseconds, 0 for a result that is held;
 *   %GST_CLOCK_TIME_NONE without a result
 */
MVGA_API GstClockTime mvga_anomaly_get_inference_time(const MvgaAnomaly* anomaly);

/**
 * mvga_anomaly_get_learned_frames:
 * @anomaly: a result
 *
 * Returns: how many frames have been learned so far, while the status is learning; else 0
 */
MVGA_API guint64 mvga_anomaly_get_learned_frames(const MvgaAnomaly* anomaly);

/**
 * mvga_anomaly_get_learn_frames:
 * @anomaly: a result
 *
 * Returns: how many frames are learned before watching begins, while the status is learning; else 0
 */
MVGA_API guint64 mvga_anomaly_get_learn_frames(const MvgaAnomaly* anomaly);

/**
 * mvga_anomaly_get_roi:
 * @anomaly: a result
 * @x: (out) (optional): left edge of the part of the frame that was looked at, in fractions of it
 * @y: (out) (optional): upper edge
 * @width: (out) (optional): width
 * @height: (out) (optional): height
 *
 * Returns: whether it is known. If not, all are 0
 */
MVGA_API gboolean mvga_anomaly_get_roi(const MvgaAnomaly* anomaly, gdouble* x, gdouble* y,
                                       gdouble* width, gdouble* height);

/**
 * mvga_anomaly_has_regions:
 * @anomaly: a result
 *
 * Tells a frame without any region from one that does not say where its regions are: because
 * mvgadetect was not asked to attach them, or because a crop has taken them away.
 *
 * Returns: whether the frame carries regions, be they none
 */
MVGA_API gboolean mvga_anomaly_has_regions(const MvgaAnomaly* anomaly);

/**
 * mvga_anomaly_get_n_regions:
 * @anomaly: a result
 *
 * Returns: how many regions the frame carries
 */
MVGA_API guint mvga_anomaly_get_n_regions(const MvgaAnomaly* anomaly);

/**
 * mvga_anomaly_get_region:
 * @anomaly: a result
 * @index: 0 for the strongest region
 *
 * Returns: (transfer none) (nullable): the region, which lives as long as @anomaly; %NULL if there
 *   are not so many
 */
MVGA_API const MvgaRegion* mvga_anomaly_get_region(const MvgaAnomaly* anomaly, guint index);

/**
 * mvga_anomaly_get_map:
 * @anomaly: a result
 * @width: (out) (optional): positions in a row
 * @height: (out) (optional): rows
 * @normal: (out) (optional): value at the end of the normal range
 * @threshold: (out) (optional): value above which a position is anomalous
 *
 * The raw anomaly map over the region of interest, which mvgadetect attaches with `attach=map`.
 *
 * Returns: (transfer full) (nullable): @width times @height numbers of type #gfloat in the order of
 *   the machine, row by row; %NULL, and zeros, if the frame carries no map
 */
MVGA_API GBytes* mvga_anomaly_get_map(const MvgaAnomaly* anomaly, guint* width, guint* height,
                                      gdouble* normal, gdouble* threshold);

/**
 * mvga_anomaly_get_mask:
 * @anomaly: a result
 * @width: (out) (optional): positions in a row
 * @height: (out) (optional): rows
 * @normal: (out) (optional): value of the map at the end of the normal range
 * @threshold: (out) (optional): value of the map above which a position is anomalous
 *
 * The anomalous positions of the region of interest, which mvgadetect attaches with `attach=mask`.
 *
 * Returns: (transfer full) (nullable): @width times @height bytes, row by row: 255 above the
 *   threshold, else 0; %NULL, and zeros, if the frame carries no mask
 */
MVGA_API GBytes* mvga_anomaly_get_mask(const MvgaAnomaly* anomaly, guint* width, guint* height,
                                       gdouble* normal, gdouble* threshold);

/**
 * mvga_anomaly_to_json:
 * @anomaly: a result
 * @caps: (nullable): the frame's caps, for `resolution` and for regions in pixels
 * @source: (nullable): id of the camera, for `source`
 *
 * The document that mvgapublish writes for the frame (mvga-frame-1.json), without `tags`.
 *
 * Returns: (transfer full): a JSON object in one line
 */
MVGA_API gchar* mvga_anomaly_to_json(const MvgaAnomaly* anomaly, const GstCaps* caps,
                                     const gchar* source);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(MvgaAnomaly, mvga_anomaly_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MvgaRegion, mvga_region_free)

/* NOLINTEND(modernize-use-using) */

G_END_DECLS

#endif
