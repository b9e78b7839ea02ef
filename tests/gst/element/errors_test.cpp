// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/element/errors.h"

#include <gst/gst.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "gst/frames/handles.h"

namespace mvga::testing {
namespace {

TEST(Errors, AreShortLinesWithoutOrdersWhateverIsInThem) {
  const gst::Owned<GstElement> element(GST_ELEMENT(gst_object_ref_sink(gst_bin_new("element"))));
  const gst::Owned<GstBus> bus(gst_bus_new());
  gst_element_set_bus(element.get(), bus.get());
  const std::string hostile = "a\x1b[2J\nb\xff" + std::string(1 << 20, 'x');
  gst::post_exception(element.get(), GST_MESSAGE_ERROR, std::runtime_error(hostile));
  gst::post_info(element.get(), hostile);
  for (int i = 0; i < 2; ++i) {
    const gst::Owned<GstMessage> message(gst_bus_pop(bus.get()));
    ASSERT_NE(message, nullptr);
    GError* error = nullptr;
    if (GST_MESSAGE_TYPE(message.get()) == GST_MESSAGE_ERROR)
      gst_message_parse_error(message.get(), &error, nullptr);
    else
      gst_message_parse_info(message.get(), &error, nullptr);
    const std::string text = error->message;
    g_error_free(error);
    EXPECT_TRUE(text.starts_with("a\\x1b[2J\\nb\\xffxxx")) << text.substr(0, 40);
    EXPECT_LE(text.size(), 4000U);
  }
  gst_element_set_bus(element.get(), nullptr);
}

}  // namespace
}  // namespace mvga::testing
