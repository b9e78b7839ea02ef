/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 the mvga authors */

/* The metadata as a program in plain C reads them. */
#ifndef METADATA_IN_C_H
#define METADATA_IN_C_H

#include <glib.h>
#include <gst/gst.h>

G_BEGIN_DECLS

/* Everything that the accessors give, a line each; to be freed with g_free(). NULL without
 * metadata. The time that looking took is left out, as it is another one each time. */
gchar* metadata_in_c(GstBuffer* buffer);

G_END_DECLS

#endif
