// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/source.h"

#include "core/base/error.h"
#include "tools/record/pipelines.h"

namespace mvga::tool {
namespace {

void for_each_of(GstIterator* iterator, const SeeElement& see) {
  const gst::Owned<GstIterator> owner(iterator);
  gst_iterator_foreach(
      iterator,
      [](const GValue* item, gpointer user) {
        (*static_cast<const SeeElement*>(user))(GST_ELEMENT(g_value_get_object(item)));
      },
      const_cast<gpointer>(static_cast<const void*>(&see)));
}

/// In bins within it as well.
bool has_element(GstElement* bin, bool (*wanted)(GstElement*)) {
  bool found = false;
  for_each_of(gst_bin_iterate_recurse(GST_BIN(bin)),
              [&](GstElement* element) { found = found || wanted(element); });
  return found;
}

bool is_source_of_bytes(GstElement* element) {
  const gst::Owned<GstQuery> query(gst_query_new_seeking(GST_FORMAT_BYTES));
  gboolean seekable = FALSE;
  if (GST_OBJECT_FLAG_IS_SET(element, GST_ELEMENT_FLAG_SOURCE) &&
      gst_element_query(element, query.get()) != FALSE)
    gst_query_parse_seeking(query.get(), nullptr, &seekable, nullptr, nullptr);
  return seekable != FALSE;
}

bool is_depayloader(GstElement* element) {
  GstElementFactory* factory = gst_element_get_factory(element);
  return factory != nullptr &&
         gst_element_factory_list_is_type(factory, GST_ELEMENT_FACTORY_TYPE_DEPAYLOADER) != FALSE;
}

}  // namespace

gst::Owned<GstElement> parse_source(const std::string& description) {
  try {
    return parse_bin(description);
  } catch (const Error& e) {
    try {
      return parse_bin(description + " ! identity");
    } catch (const Error&) {
      throw Error(e.kind(), std::string("the source is not understood: ").append(e.what()));
    }
  }
}

void for_each_element(GstElement* bin, const SeeElement& see) {
  for_each_of(gst_bin_iterate_elements(GST_BIN(bin)), see);
}

void for_each_source_pad(GstElement* element, void (*see)(GstElement*, GstPad*, gpointer),
                         gpointer data) {
  struct Call {
    GstElement* element;
    void (*see)(GstElement*, GstPad*, gpointer);
    gpointer data;
  } call{element, see, data};
  const gst::Owned<GstIterator> pads(gst_element_iterate_src_pads(element));
  gst_iterator_foreach(
      pads.get(),
      [](const GValue* item, gpointer user) {
        const Call& made = *static_cast<const Call*>(user);
        made.see(made.element, GST_PAD(g_value_get_object(item)), made.data);
      },
      &call);
  g_signal_connect(element, "pad-added", G_CALLBACK(see), data);
}

bool reads_bytes(GstElement* bin) {
  return has_element(bin, is_source_of_bytes);
}

bool takes_packets(GstElement* bin) {
  return has_element(bin, is_depayloader);
}

std::vector<std::string> files_read_by(GstElement* bin) {
  std::vector<std::string> files;
  for_each_of(gst_bin_iterate_recurse(GST_BIN(bin)), [&](GstElement* element) {
    GstElementFactory* factory = gst_element_get_factory(element);
    if (factory == nullptr || std::string(GST_OBJECT_NAME(factory)) != "filesrc") return;
    gchar* location = nullptr;
    g_object_get(element, "location", &location, nullptr);
    const gst::Owned<gchar> owner(location);
    if (location != nullptr) files.emplace_back(location);
  });
  return files;
}

}  // namespace mvga::tool
