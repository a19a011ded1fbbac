// JsonFields: the members of one small JSON object, or the elements of one array, by place.
//
//   JsonFields fields({"hex", "lat", "lon"});
//   if (auto error = fields.read_object(json); !error.empty()) reject(error, json);
//   std::string_view latitude = fields[1].number();
//
// Numbers are given as their text, so that they can be taken exactly. The one file that knows the
// library (simdjson).
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string_view>
#include <vector>

namespace truce::observations {

struct JsonField {
  enum class Kind : std::uint8_t { absent, null, boolean, number, text, array, object };
  Kind kind = Kind::absent;
  std::string_view value;  ///< A text unescaped; anything else as it stands in the JSON.

  bool given() const { return kind != Kind::absent && kind != Kind::null; }
  /// The text of a number, or a text (some programs quote their numbers); else "".
  std::string_view number() const {
    return kind == Kind::number || kind == Kind::text ? value : std::string_view{};
  }
  std::string_view text() const { return kind == Kind::text ? value : std::string_view{}; }
  bool is_true() const { return kind == Kind::boolean && value == "true"; }
  bool is_false() const { return kind == Kind::boolean && value == "false"; }
};

class JsonFields {
 public:
  /// The names wanted of an object, at most 64; the others are passed over. Of a name that stands
  /// twice, the last counts.
  explicit JsonFields(std::initializer_list<std::string_view> wanted = {});
  JsonFields(JsonFields&&) noexcept;
  ~JsonFields();

  /// Both give "", or the reason why the text is not JSON (delivery.h). What was read before stays
  /// valid until the next call.
  std::string_view read_object(std::string_view json);
  /// Every member of an object, in order.
  std::string_view read_members(
      std::string_view json,
      const std::function<void(std::string_view key, const JsonField& value)>& member);
  /// Every element, in order; read by place.
  std::string_view read_array(std::string_view json);

  /// A member by the place of its name among the wanted, or an element by its place; absent if
  /// there is none.
  const JsonField& operator[](std::size_t place) const {
    static constexpr JsonField nothing{};
    return place < fields_.size() ? fields_[place] : nothing;
  }
  std::size_t size() const { return fields_.size(); }

 private:
  struct Library;
  std::size_t place_of(std::string_view name) const;

  std::vector<std::string_view> wanted_;
  std::array<std::uint8_t, 256> table_{};  // places of the wanted names by their hash, plus one
  std::vector<JsonField> fields_;
  std::unique_ptr<Library> library_;
};

}  // namespace truce::observations
