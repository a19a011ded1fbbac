// JsonFields: the members of one small JSON object, or the elements of one array, by place.
//
//   JsonFields fields({"hex", "lat", "lon"});
//   if (auto error = fields.read_object(json); !error.empty()) reject(error, json);
//   std::string_view latitude = fields[1].number();
//
// Numbers are given as their text, so that they can be taken exactly.
//
// There are two ways to the same fields. The clear one is given the text of the object and settles
// what is JSON and what is not; it knows the library (simdjson). The quick one goes over tokens
// that were found for many objects at once (JsonTokens), takes only what is plainly well-formed,
// and leaves everything else to the clear one.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string_view>
#include <vector>

#include "observations/json_tokens.h"

namespace truce::observations {

struct JsonField {
  enum class Kind : std::uint8_t { absent, null, boolean, number, text, array, object };
  Kind kind = Kind::absent;
  std::uint32_t token = 0;  ///< Of an array or object that was read from tokens: its bracket.
  std::string_view value;   ///< A text unescaped; anything else as it stands in the JSON.

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

  /// Both again, from tokens: the object or array whose bracket is that token. The token after it;
  /// or 0, and no fields, where it does not end within the tokens or is not plainly well-formed.
  std::size_t read_object(const JsonTokens& tokens, std::size_t token);
  std::size_t read_array(const JsonTokens& tokens, std::size_t token);

  /// A member by the place of its name among the wanted, or an element by its place; absent if
  /// there is none.
  const JsonField& operator[](std::size_t place) const {
    static constexpr JsonField nothing{};
    return place < size_ ? fields_[place] : nothing;
  }
  std::size_t size() const { return size_; }

 private:
  struct Library;
  // A name of at most 16 bytes by its first eight and its last eight, zero behind its end.
  struct Name {
    std::uint64_t begin = 0, end = 0;
    std::uint64_t length = UINT64_MAX;  // of no name
    std::uint64_t place = 0;
    friend bool operator==(const Name&, const Name&) = default;
  };
  static Name name_of(const char* bytes, std::size_t length);
  static Name name_of(std::string_view text);
  static std::size_t hashed(const Name& name, std::uint64_t multiplier);
  std::size_t place_of(std::string_view name) const;
  void place_names();

  std::vector<std::string_view> wanted_;
  std::uint64_t multiplier_ = 0;  // with it, every wanted name has a place of its own in:
  std::array<Name, 128> names_{};
  std::array<std::uint8_t, 256> table_{};  // places of the wanted names by their hash, plus one
  void begin_object();
  JsonField& add_element();

  std::vector<JsonField> fields_;  // those of the object, and one more for what is not wanted
  std::size_t size_ = 0;
  std::unique_ptr<Library> library_;
};

}  // namespace truce::observations
