// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Whether GStreamer can make a pipeline of the arguments, which are gst-launch-1.0's. Nothing
// plays. Exit code 0: yes. 77: not on this machine, and the names of the elements that it lacks are
// printed. 1: no.
#include <gst/gst.h>

#include <cstdio>
#include <memory>

namespace {

constexpr int kMissingElement = 77;

template <auto release>
struct Release {
  template <typename T>
  void operator()(T* p) const {
    release(p);
  }
};

}  // namespace

int main(int argc, char** argv) {
  gst_init(nullptr, nullptr);
  if (argc < 2) {
    std::fputs("usage: parse_pipeline PIPELINE...\n", stderr);
    return 2;
  }
  const std::unique_ptr<GstParseContext, Release<gst_parse_context_free>> context(
      gst_parse_context_new());
  GError* raw_error = nullptr;
  const std::unique_ptr<GstElement, Release<gst_object_unref>> pipeline(gst_parse_launchv_full(
      const_cast<const gchar**>(argv + 1), context.get(), GST_PARSE_FLAG_FATAL_ERRORS, &raw_error));
  const std::unique_ptr<GError, Release<g_error_free>> error(raw_error);
  if (!error) return 0;
  if (g_error_matches(error.get(), GST_PARSE_ERROR, GST_PARSE_ERROR_NO_SUCH_ELEMENT)) {
    const std::unique_ptr<gchar*, Release<g_strfreev>> missing(
        gst_parse_context_get_missing_elements(context.get()));
    std::puts(std::unique_ptr<gchar, Release<g_free>>(g_strjoinv(" ", missing.get())).get());
    return kMissingElement;
  }
  std::fprintf(stderr, "%s\n", error->message);
  return 1;
}
