// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "play.h"

#include <gst/gst.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static void limit_memory(void) {
  const rlim_t left = 32 << 20;
  unsigned long pages = 0;
  FILE* file = fopen("/proc/self/statm", "r");
  if (file == NULL || fscanf(file, "%lu", &pages) != 1) g_error("no /proc/self/statm");
  fclose(file);
  const struct rlimit limit = {pages * sysconf(_SC_PAGESIZE) + left, RLIM_INFINITY};
  if (setrlimit(RLIMIT_AS, &limit) != 0) g_error("memory cannot be limited");
}

static void play_one(const char* description) {
  GError* error = NULL;
  GstElement* pipeline = gst_parse_launch(description, &error);
  if (error != NULL) g_error("%s", error->message);
  GstBus* bus = gst_element_get_bus(pipeline);
  gst_element_set_state(pipeline, GST_STATE_PLAYING);
  GstMessage* message =
      gst_bus_timed_pop_filtered(bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  gst_element_set_state(pipeline, GST_STATE_NULL);
  if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR) {
    gst_message_parse_error(message, &error, NULL);
    puts(error->message);
    g_error_free(error);
  } else {
    puts("played to its end");
  }
  gst_message_unref(message);
  gst_object_unref(bus);
  gst_object_unref(pipeline);
}

__attribute__((visibility("default"))) void play(char** pipelines) {
  gst_init(NULL, NULL);
  for (; *pipelines != NULL; ++pipelines) {
    if (strcmp(*pipelines, "little-memory") == 0) {
      limit_memory();
      puts("limited");
    } else {
      play_one(*pipelines);
    }
    fflush(stdout);
  }
}
