// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// docs/elements.md says what the elements are.
#include <gst/base/gstbasetransform.h>
#include <gst/gst.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace mvga::testing {
namespace {

std::string elements_page() {
  const char* folder = std::getenv("MVGA_DOCS");
  std::ifstream file(std::filesystem::path(folder == nullptr ? "." : folder) / "elements.md");
  return {std::istreambuf_iterator<char>(file), {}};
}

/// What stands under the heading of an element.
std::string section(const std::string& element) {
  const std::string page = elements_page();
  const std::size_t start = page.find("\n## " + element + "\n");
  if (start == std::string::npos) return {};
  return page.substr(start, page.find("\n## ", start + 1) - start);
}

std::string code(const std::string& text) {
  return "`" + text + "`";
}

std::string joined(const std::vector<std::string>& parts, const char* between) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : between) + part;
  return text;
}

std::string number(double value) {
  if (value == G_MAXDOUBLE) return "max";
  if (value == -G_MAXDOUBLE) return "-max";
  char text[32];
  std::snprintf(text, sizeof(text), "%g", value);
  return text;
}

std::string number(guint64 value) {
  return value == G_MAXUINT64 ? "max" : std::to_string(value);
}

struct Cells {
  std::string values;
  std::string initial;
};

template <typename Number>
Cells range(Number least, Number most, Number initial) {
  return {number(least) + " to " + number(most), number(initial)};
}

Cells cells_of(GParamSpec* spec) {
  if (G_IS_PARAM_SPEC_ENUM(spec)) {
    auto* e = G_PARAM_SPEC_ENUM(spec);
    std::vector<std::string> nicks;
    for (guint i = 0; i < e->enum_class->n_values; ++i)
      nicks.push_back(code(e->enum_class->values[i].value_nick));
    return {joined(nicks, ", "),
            code(g_enum_get_value(e->enum_class, e->default_value)->value_nick)};
  }
  if (G_IS_PARAM_SPEC_FLAGS(spec)) {
    auto* f = G_PARAM_SPEC_FLAGS(spec);
    std::vector<std::string> all;
    std::vector<std::string> set;
    for (guint i = 0; i < f->flags_class->n_values; ++i) {
      const GFlagsValue& value = f->flags_class->values[i];
      all.push_back(code(value.value_nick));
      if ((f->default_value & value.value) != 0) set.emplace_back(value.value_nick);
    }
    return {"flags " + joined(all, ", "), code(joined(set, "+"))};
  }
  if (G_IS_PARAM_SPEC_STRING(spec)) {
    const gchar* text = G_PARAM_SPEC_STRING(spec)->default_value;
    return {"text", text == nullptr ? "NULL" : code(text)};
  }
  if (G_IS_PARAM_SPEC_BOOLEAN(spec))
    return {"boolean", G_PARAM_SPEC_BOOLEAN(spec)->default_value != FALSE ? "true" : "false"};
  if (G_IS_PARAM_SPEC_UINT(spec)) {
    auto* u = G_PARAM_SPEC_UINT(spec);
    return range<guint64>(u->minimum, u->maximum, u->default_value);
  }
  if (G_IS_PARAM_SPEC_UINT64(spec)) {
    auto* u = G_PARAM_SPEC_UINT64(spec);
    return range<guint64>(u->minimum, u->maximum, u->default_value);
  }
  if (G_IS_PARAM_SPEC_DOUBLE(spec)) {
    auto* d = G_PARAM_SPEC_DOUBLE(spec);
    return range<double>(d->minimum, d->maximum, d->default_value);
  }
  return {g_type_name(spec->value_type), ""};
}

std::string change_of(GParamSpec* spec) {
  if ((spec->flags & G_PARAM_WRITABLE) == 0) return "read-only";
  if ((spec->flags & GST_PARAM_CONTROLLABLE) != 0) return "controlled";
  return (spec->flags & GST_PARAM_MUTABLE_PLAYING) != 0 ? "playing" : "READY";
}

bool is_own(GParamSpec* spec) {
  return spec->owner_type != GST_TYPE_OBJECT && spec->owner_type != GST_TYPE_ELEMENT &&
         spec->owner_type != GST_TYPE_BASE_TRANSFORM;
}

class Documentation : public ::testing::TestWithParam<const char*> {};

TEST_P(Documentation, HasEveryPropertyAsItIs) {
  const std::string text = section(GetParam());
  ASSERT_FALSE(text.empty());
  GstElement* element = gst_element_factory_make(GetParam(), nullptr);
  ASSERT_NE(element, nullptr);
  guint count = 0;
  const std::unique_ptr<GParamSpec*, decltype(&g_free)> specs(
      g_object_class_list_properties(G_OBJECT_GET_CLASS(element), &count), g_free);
  for (guint i = 0; i < count; ++i) {
    GParamSpec* spec = specs.get()[i];
    if (!is_own(spec)) continue;
    Cells cells = cells_of(spec);
    const std::string change = change_of(spec);
    if (change == "read-only") cells.initial = "";
    const std::string row = "\n| " + code(spec->name) + " | " + cells.values + " | " +
                            cells.initial + " | " + change + " | " + g_param_spec_get_blurb(spec) +
                            " |\n";
    EXPECT_NE(text.find(row), std::string::npos) << "missing or not as it is:" << row;
  }
  gst_object_unref(element);
}

INSTANTIATE_TEST_SUITE_P(Elements, Documentation,
                         ::testing::Values("mvgafit", "mvgadetect", "mvgaoverlay", "mvgapublish"),
                         [](const auto& element) { return std::string(element.param); });

}  // namespace
}  // namespace mvga::testing
