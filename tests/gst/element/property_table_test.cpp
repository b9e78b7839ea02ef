// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Properties as an application sees them, of two elements that keep their settings differently.
#include "gst/element/property_table.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "gst/element/enum_types.h"

namespace mvga::gst {
namespace {

enum class Colour { red, green };

GType colour_get_type() {
  static const GEnumValue values[] = {enum_value(Colour::red, "Red", "red"),
                                      enum_value(Colour::green, "Green", "green"), kEndOfValues};
  static const GType type = register_enum("MvgaTestColour", values);
  return type;
}

GType sides_get_type() {
  static const GFlagsValue values[] = {
      {1, "Left", "left"}, {2, "Right", "right"}, {0, nullptr, nullptr}};
  static const GType type = register_flags("MvgaTestSides", values);
  return type;
}

struct Part {
  gdouble share = 0.5;
};

struct Settings {
  std::string path = "here";
  std::string word;
  std::string password;
  bool loud = true;
  guint count = 3;
  guint64 time = 7;
  Part part;
  Colour colour = Colour::green;
  guint sides = 1;
};

/// What the element was told, in the order of its coming.
using Diary = std::vector<std::string>;

template <typename Kept>
struct Fake {
  GstElement parent;
  Kept* settings;
  Diary* diary;
  bool accepts;
};
template <typename Kept>
using Table = PropertyTable<Fake<Kept>, Settings>;

const Settings& settings_of(const Settings& kept) {
  return kept;
}
const Settings& settings_of(const std::shared_ptr<const Settings>& kept) {
  return *kept;
}

template <typename Element>
bool is_locked(Element* element) {
  if (!g_mutex_trylock(GST_OBJECT_GET_LOCK(element))) return true;
  g_mutex_unlock(GST_OBJECT_GET_LOCK(element));
  return false;
}

template <typename Element>
void note(Element* element, const std::string& what) {
  element->diary->push_back(what + (is_locked(element) ? ", locked" : ""));
}

template <typename Kept>
Table<Kept> make_table() {
  using Element = Fake<Kept>;
  using S = Settings;
  Table<Kept> table;
  table.text({"path", "Path", "A text"}, Mutable::ready, &S::path);
  table.text({"word", "Word", "An empty text"}, Mutable::playing, &S::word);
  table.secret({"password", "Password", "A secret"}, Mutable::ready, &S::password);
  table.yes_or_no({"loud", "Loud", "Yes or no"}, Mutable::ready, &S::loud);
  table.number({"count", "Count", "A number"}, Mutable::ready, 1U, 9U, &S::count);
  table.number({"time", "Time", "A large number"}, Mutable::ready, guint64{0}, G_MAXUINT64,
               &S::time);
  table.number(
      {"share", "Share", "A part of a part"}, Mutable::controlled, 0.0, 1.0,
      [](auto& s) -> auto& { return s.part.share; });
  table.choice({"colour", "Colour", "One of several"}, Mutable::ready, colour_get_type(),
               &S::colour);
  table.flags({"sides", "Sides", "Some of several"}, Mutable::ready, sides_get_type(), &S::sides);
  table.read_only({"doubled", "Doubled", "Twice the count"}, [](const Element& element) {
    return 2.0 * settings_of(*element.settings).count;
  });
  table.read_only({"state", "State", "All in one"}, [](const Element& element) {
    return gst_structure_new("state", "locked", G_TYPE_BOOLEAN,
                             static_cast<gboolean>(is_locked(&element)), nullptr);
  });
  table.on_write("count", {.accept =
                               [](Element* element, const GValue* value) {
                                 note(element,
                                      "asked for " + std::to_string(g_value_get_uint(value)));
                                 return element->accepts;
                               },
                           .changed =
                               [](Element* element, const Settings& settings) {
                                 note(element, "changed to " + std::to_string(settings.count));
                               },
                           .after = [](Element* element) { note(element, "done"); }});
  return table;
}

template <typename Kept>
const Table<Kept>& table_of() {
  static const Table<Kept> table = make_table<Kept>();
  return table;
}

template <typename Kept>
void set_property(GObject* object, guint id, const GValue* value, GParamSpec* spec) {
  auto* element = reinterpret_cast<Fake<Kept>*>(object);
  table_of<Kept>().set(element, *element->settings, id, value, spec);
}

template <typename Kept>
void get_property(GObject* object, guint id, GValue* value, GParamSpec* spec) {
  auto* element = reinterpret_cast<Fake<Kept>*>(object);
  table_of<Kept>().get(element, *element->settings, id, value, spec);
}

template <typename Kept>
void class_init(gpointer klass, gpointer /*data*/) {
  G_OBJECT_CLASS(klass)->set_property = set_property<Kept>;
  G_OBJECT_CLASS(klass)->get_property = get_property<Kept>;
  table_of<Kept>().install(G_OBJECT_CLASS(klass));
}

template <typename Kept>
GType fake_type(const char* name) {
  static const GType type =
      g_type_register_static_simple(GST_TYPE_ELEMENT, name, sizeof(GstElementClass),
                                    class_init<Kept>, sizeof(Fake<Kept>), nullptr, GTypeFlags{});
  return type;
}

GType type_of(const Settings&) {
  return fake_type<Settings>("MvgaTestPlain");
}
GType type_of(const std::shared_ptr<const Settings>&) {
  return fake_type<std::shared_ptr<const Settings>>("MvgaTestShared");
}

Settings fresh(const Settings&) {
  return {};
}
std::shared_ptr<const Settings> fresh(const std::shared_ptr<const Settings>&) {
  return std::make_shared<const Settings>();
}

template <typename Kept>
class Properties : public ::testing::Test {
 public:
  Properties()
      : object(static_cast<GObject*>(g_object_new(type_of(kept), nullptr))),
        element(reinterpret_cast<Fake<Kept>*>(object)) {
    gst_object_ref_sink(object);
    element->settings = &kept;
    element->diary = &diary;
    element->accepts = true;
  }
  ~Properties() override { gst_object_unref(object); }

 protected:
  template <typename Value>
  void set(const char* name, Value value) {
    g_object_set(object, name, value, nullptr);
  }
  template <typename Value>
  Value get(const char* name) {
    Value value{};
    g_object_get(object, name, &value, nullptr);
    return value;
  }
  std::string text(const char* name) {
    auto* value = get<gchar*>(name);
    std::string text = value == nullptr ? "NULL" : value;
    g_free(value);
    return text;
  }
  const GParamSpec* spec(const char* name) {
    return g_object_class_find_property(G_OBJECT_GET_CLASS(object), name);
  }
  const Settings& settings() { return settings_of(kept); }

  Kept kept = fresh(Kept());
  Diary diary;
  GObject* object;
  Fake<Kept>* element;
};

using Keepings = ::testing::Types<Settings, std::shared_ptr<const Settings>>;
TYPED_TEST_SUITE(Properties, Keepings);

TYPED_TEST(Properties, HaveTheDefaultsOfFreshSettings) {
  EXPECT_EQ(this->text("path"), "here");
  EXPECT_EQ(this->text("word"), "NULL") << "an empty text is none";
  EXPECT_TRUE(this->template get<gboolean>("loud"));
  EXPECT_EQ(this->template get<guint>("count"), 3U);
  EXPECT_EQ(this->template get<guint64>("time"), 7U);
  EXPECT_EQ(this->template get<gdouble>("share"), 0.5);
  EXPECT_EQ(this->template get<gint>("colour"), static_cast<gint>(Colour::green));
  EXPECT_EQ(this->template get<guint>("sides"), 1U);
  for (const char* name : {"path", "word", "loud", "count", "time", "share", "colour", "sides"}) {
    GValue value = G_VALUE_INIT;
    g_object_get_property(this->object, name, &value);
    EXPECT_TRUE(g_param_value_defaults(const_cast<GParamSpec*>(this->spec(name)), &value)) << name;
    g_value_unset(&value);
  }
}

TYPED_TEST(Properties, AreWrittenToTheSettings) {
  this->set("path", "there");
  this->set("word", static_cast<const char*>(nullptr));
  this->set("password", "sesame");
  this->set("loud", FALSE);
  this->set("count", 9U);
  this->set("time", G_MAXUINT64);
  this->set("share", 0.25);
  this->set("colour", static_cast<gint>(Colour::red));
  this->set("sides", 3U);
  EXPECT_EQ(this->settings().path, "there");
  EXPECT_EQ(this->settings().word, "");
  EXPECT_EQ(this->settings().password, "sesame");
  EXPECT_FALSE(this->settings().loud);
  EXPECT_EQ(this->settings().count, 9U);
  EXPECT_EQ(this->settings().time, G_MAXUINT64);
  EXPECT_EQ(this->settings().part.share, 0.25);
  EXPECT_EQ(this->settings().colour, Colour::red);
  EXPECT_EQ(this->settings().sides, 3U);
  EXPECT_EQ(this->text("path"), "there");
  EXPECT_EQ(this->template get<gdouble>("share"), 0.25);
}

TYPED_TEST(Properties, SayWhenTheyMayBeWritten) {
  const auto flags = [&](const char* name) { return static_cast<guint>(this->spec(name)->flags); };
  EXPECT_TRUE(flags("path") & GST_PARAM_MUTABLE_READY);
  EXPECT_TRUE(flags("word") & GST_PARAM_MUTABLE_PLAYING);
  EXPECT_TRUE(flags("share") & GST_PARAM_CONTROLLABLE);
  EXPECT_FALSE(flags("password") & G_PARAM_READABLE) << "a secret can be read";
  EXPECT_FALSE(flags("doubled") & G_PARAM_WRITABLE);
  EXPECT_FALSE(flags("state") & G_PARAM_WRITABLE);
}

TYPED_TEST(Properties, ThatAreReadOnlyAreFoundUnderTheLock) {
  this->set("count", 4U);
  EXPECT_EQ(this->template get<gdouble>("doubled"), 8);
  auto* state = this->template get<GstStructure*>("state");
  ASSERT_NE(state, nullptr);
  gboolean locked = FALSE;
  EXPECT_TRUE(gst_structure_get_boolean(state, "locked", &locked));
  EXPECT_TRUE(locked) << "what is read may change meanwhile";
  gst_structure_free(state);
  EXPECT_FALSE(is_locked(this->element));
}

TYPED_TEST(Properties, TellWhatIsWritten) {
  this->set("count", 5U);
  EXPECT_EQ(this->diary, (Diary{"asked for 5", "changed to 5, locked", "done"}));
  this->set("loud", FALSE);
  EXPECT_EQ(this->diary.size(), 3u) << "another property";
  EXPECT_FALSE(is_locked(this->element));
}

TYPED_TEST(Properties, StayWhenTheValueIsNotAccepted) {
  this->element->accepts = false;
  this->set("count", 5U);
  EXPECT_EQ(this->diary, Diary{"asked for 5"});
  EXPECT_EQ(this->settings().count, 3U);
  EXPECT_EQ(this->template get<guint>("count"), 3U);
}

TYPED_TEST(Properties, KeepTheOrderOfTheTable) {
  guint count = 0;
  GParamSpec** all = g_object_class_list_properties(G_OBJECT_GET_CLASS(this->object), &count);
  std::vector<std::string> own;
  for (guint i = 0; i < count; ++i)
    if (all[i]->owner_type == G_OBJECT_TYPE(this->object)) own.emplace_back(all[i]->name);
  g_free(all);
  EXPECT_EQ(own, (std::vector<std::string>{"path", "word", "password", "loud", "count", "time",
                                           "share", "colour", "sides", "doubled", "state"}));
}

TEST(SharedProperties, LeaveThoseWhoHaveTheOldSettingsAlone) {
  using Kept = std::shared_ptr<const Settings>;
  Kept kept = std::make_shared<const Settings>();
  const Kept old = kept;
  Diary diary;
  auto* object = static_cast<GstObject*>(g_object_new(type_of(kept), nullptr));
  gst_object_ref_sink(object);
  auto* element = reinterpret_cast<Fake<Kept>*>(object);
  element->settings = &kept;
  element->diary = &diary;
  element->accepts = true;
  g_object_set(object, "count", 8U, nullptr);
  EXPECT_EQ(old->count, 3U) << "changed in the middle of a frame";
  EXPECT_EQ(kept->count, 8U);
  gst_object_unref(object);
}

}  // namespace
}  // namespace mvga::gst
