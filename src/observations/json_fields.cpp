#include "observations/json_fields.h"

#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <string>
#include <type_traits>

#include "base/check.h"
#include "base/text.h"
#include "observations/delivery.h"

namespace truce::observations {

namespace {

std::uint8_t hash(std::string_view name) {
  std::uint32_t h = 2'166'136'261;  // FNV-1a
  for (const char c : name) h = (h ^ static_cast<std::uint8_t>(c)) * 16'777'619;
  return static_cast<std::uint8_t>(h ^ (h >> 8) ^ (h >> 16));
}

std::string_view reason_of(simdjson::error_code error) {
  switch (error) {
    case simdjson::UTF8_ERROR: return reason::not_utf8;
    case simdjson::DEPTH_ERROR: return reason::too_deep;
    default: return reason::not_json;
  }
}

// One value. Numbers are not looked at: their text is, by whoever wants them.
simdjson::error_code read_value(simdjson::ondemand::value value, JsonField& field) {
  using Kind = JsonField::Kind;
  const std::string_view token = base::trimmed(value.raw_json_token());
  switch (token.empty() ? '?' : token.front()) {
    case '"': {
      field.kind = Kind::text;
      return value.get_string().get(field.value);
    }
    case '[': {
      field.kind = Kind::array;
      simdjson::ondemand::array array;
      if (const auto error = value.get_array().get(array)) return error;
      return array.raw_json().get(field.value);
    }
    case '{': {
      field.kind = Kind::object;
      simdjson::ondemand::object object;
      if (const auto error = value.get_object().get(object)) return error;
      return object.raw_json().get(field.value);
    }
    default: break;
  }
  field.kind = token == "null"                       ? Kind::null
               : token == "true" || token == "false" ? Kind::boolean
                                                     : Kind::number;
  field.value = token;
  return simdjson::SUCCESS;
}

constexpr bool is_space(char c) {
  // Nearly every byte that is asked about is seen by the first comparison to be none.
  return static_cast<unsigned char>(c) <= ' ' && (c == ' ' || c == '\n' || c == '\r' || c == '\t');
}

// What a token is, by its first byte.
enum class Token : std::uint8_t { punctuation, number, word, text, array, object };

constexpr std::array<Token, 256> kinds_of_token = [] {
  std::array<Token, 256> kinds{};
  kinds.fill(Token::number);
  // The library takes the last two, form feed and substitute, for a comma and a colon.
  for (const char c : {']', '}', ',', ':', '\x0C', '\x1A'})
    kinds[static_cast<std::uint8_t>(c)] = Token::punctuation;
  for (const char c : {'n', 't', 'f'}) kinds[static_cast<std::uint8_t>(c)] = Token::word;
  kinds['"'] = Token::text;
  kinds['['] = Token::array;
  kinds['{'] = Token::object;
  return kinds;
}();

JsonField::Kind kind_of_word(std::string_view word) {
  using Kind = JsonField::Kind;
  return word == "null"                      ? Kind::null
         : word == "true" || word == "false" ? Kind::boolean
                                             : Kind::number;
}

// A value that is one token: its text, up to where the next token begins.
inline void take_token(JsonField& field, Token kind, const char* begin, const char* end) {
  using Kind = JsonField::Kind;
  while (is_space(end[-1])) --end;
  const bool is_text = kind == Token::text;
  const std::size_t quote = is_text ? 1 : 0;  // a text goes without its quotes
  field.kind = is_text ? Kind::text : Kind::number;
  field.value = {begin + quote, static_cast<std::size_t>(end - begin) - 2 * quote};
  if (kind == Token::word) field.kind = kind_of_word(field.value);
}

// A value in brackets. The token after it, or 0 if it is none or does not end.
std::size_t take_nested(JsonField& field, Token kind, const JsonTokens& tokens, std::size_t token) {
  using Kind = JsonField::Kind;
  if (kind == Token::punctuation) return 0;
  const std::size_t after = tokens.after_nested(token);
  if (after == 0 || after == tokens.size()) return 0;
  field.kind = kind == Token::array ? Kind::array : Kind::object;
  field.token = static_cast<std::uint32_t>(token);
  field.value =
      tokens.text().substr(tokens.place(token), tokens.place(after) - tokens.place(token));
  return after;
}

// Nothing follows what was read.
bool at_end(simdjson::ondemand::document& document) {
  return document.current_location().error() == simdjson::OUT_OF_BOUNDS;
}

}  // namespace

// For each number of bytes up to eight, a word that keeps the first so many.
constexpr std::array<std::uint64_t, 9> kept_of_word = [] {
  std::array<std::uint64_t, 9> kept{};
  for (std::size_t i = 1; i < kept.size(); ++i) kept[i] = ~std::uint64_t{0} >> (64 - 8 * i);
  return kept;
}();

// The name behind a quote. No branches: how long the next one is cannot be foreseen. Eight bytes
// are read from its begin on, whatever its length.
inline JsonFields::Name JsonFields::name_of(const char* bytes, std::size_t length) {
  static_assert(std::endian::native == std::endian::little);
  const std::size_t shown = std::min<std::size_t>(length, 8);
  Name name;
  std::memcpy(&name.begin, bytes, 8);
  std::memcpy(&name.end, bytes + (length - shown), 8);
  name.begin &= kept_of_word[shown];
  name.end &= kept_of_word[shown];
  name.length = length;
  return name;
}

// The same where there may be no eight bytes.
[[gnu::noinline]] JsonFields::Name JsonFields::name_of(std::string_view text) {
  const std::size_t shown = std::min<std::size_t>(text.size(), 8);
  Name name;
  text.copy(reinterpret_cast<char*>(&name.begin), shown);
  text.substr(text.size() - shown).copy(reinterpret_cast<char*>(&name.end), shown);
  name.length = text.size();
  return name;
}

inline std::size_t JsonFields::hashed(const Name& name, std::uint64_t multiplier) {
  return (((name.begin ^ (name.end << 1)) + name.length) * multiplier) >> 57;
}

struct JsonFields::Library {
  simdjson::ondemand::parser parser;
  std::string padded;

  // The text with the room after it that the library reads ahead into.
  simdjson::padded_string_view with_room(std::string_view json) {
    const std::size_t room = json.size() + simdjson::SIMDJSON_PADDING;
    if (padded.size() < room) padded.resize(room);
    json.copy(padded.data(), json.size());
    std::fill_n(padded.data() + json.size(), simdjson::SIMDJSON_PADDING, ' ');
    return simdjson::padded_string_view(padded.data(), json.size(), padded.size());
  }

  template <class Member>
  simdjson::error_code for_members(std::string_view json, const Member& member) {
    simdjson::ondemand::document document;
    if (const auto error = parser.iterate(with_room(json)).get(document)) return error;
    simdjson::ondemand::object object;
    if (const auto error = document.get_object().get(object)) return error;
    for (auto entry : object) {
      simdjson::ondemand::field field;
      if (const auto error = std::move(entry).get(field)) return error;
      std::string_view name;
      if (const auto error = field.unescaped_key().get(name)) return error;
      if (const simdjson::error_code error = member(name, field.value())) return error;
    }
    return at_end(document) ? simdjson::SUCCESS : simdjson::TAPE_ERROR;
  }
};

JsonFields::JsonFields(std::initializer_list<std::string_view> wanted)
    : wanted_(wanted), library_(std::make_unique<Library>()) {
  CHECK(wanted_.size() <= 64);
  for (const std::string_view name : wanted_) CHECK(!name.empty() && name.size() <= 16);
  for (std::size_t i = 0; i < wanted_.size(); ++i) {
    std::uint8_t at = hash(wanted_[i]);
    while (table_[at] != 0) ++at;
    table_[at] = static_cast<std::uint8_t>(i + 1);
  }
  place_names();
}
JsonFields::JsonFields(JsonFields&&) noexcept = default;
JsonFields::~JsonFields() = default;

std::size_t JsonFields::place_of(std::string_view name) const {
  for (std::uint8_t at = hash(name); table_[at] != 0; ++at)
    if (wanted_[table_[at] - 1u] == name) return table_[at] - 1u;
  return wanted_.size();
}

// Nothing is given yet, of those that are wanted.
void JsonFields::begin_object() {
  static_assert(std::is_trivially_copyable_v<JsonField>);
  size_ = wanted_.size();
  fields_.resize(std::max(fields_.size(), size_ + 1));
  std::memset(static_cast<void*>(fields_.data()), 0, size_ * sizeof(JsonField));
}

JsonField& JsonFields::add_element() {
  if (size_ == fields_.size()) fields_.resize(std::max<std::size_t>(16, 2 * size_));
  return fields_[size_++] = {};
}

std::string_view JsonFields::read_object(std::string_view json) {
  begin_object();
  const auto error = library_->for_members(json, [&](std::string_view name, auto value) {
    const std::size_t place = place_of(name);
    return place == size_ ? simdjson::SUCCESS : read_value(value, fields_[place]);
  });
  return error == simdjson::SUCCESS ? std::string_view{} : reason_of(error);
}

std::string_view JsonFields::read_members(
    std::string_view json,
    const std::function<void(std::string_view key, const JsonField& value)>& member) {
  const auto error = library_->for_members(json, [&](std::string_view name, auto value) {
    JsonField field;
    if (const auto wrong = read_value(value, field)) return wrong;
    member(name, field);
    return simdjson::SUCCESS;
  });
  return error == simdjson::SUCCESS ? std::string_view{} : reason_of(error);
}

std::string_view JsonFields::read_array(std::string_view json) {
  size_ = 0;
  const auto read = [&]() -> simdjson::error_code {
    simdjson::ondemand::document document;
    if (const auto error = library_->parser.iterate(library_->with_room(json)).get(document))
      return error;
    simdjson::ondemand::array array;
    if (const auto error = document.get_array().get(array)) return error;
    for (auto element : array) {
      simdjson::ondemand::value value;
      if (const auto error = std::move(element).get(value)) return error;
      if (const auto error = read_value(value, add_element())) return error;
    }
    return at_end(document) ? simdjson::SUCCESS : simdjson::TAPE_ERROR;
  };
  const auto error = read();
  return error == simdjson::SUCCESS ? std::string_view{} : reason_of(error);
}

// A multiplier that sends no two of the wanted names to the same place: the first that does among
// the powers of an odd number. What lies in an empty place is no name: its length is none.
void JsonFields::place_names() {
  for (multiplier_ = 0x9E3779B97F4A7C15;; multiplier_ *= 0xD1342543DE82EF95) {
    Name empty;
    empty.place = wanted_.size();
    names_.fill(empty);
    bool apart = true;
    for (std::size_t place = 0; place < wanted_.size(); ++place) {
      Name name = name_of(wanted_[place]);
      name.place = place;
      Name& there = names_[hashed(name, multiplier_)];
      apart = apart && there == empty;
      there = name;
    }
    if (apart) return;
  }
}

std::size_t JsonFields::read_object(const JsonTokens& tokens, std::size_t token) {
  const char* const text = tokens.text().data();
  const char* const text_end = text + tokens.text().size();
  const std::uint32_t* const places = tokens.places();
  const std::size_t count = tokens.size();
  if (text[places[token]] != '{') return 0;
  begin_object();
  JsonField* const fields = fields_.data();
  const Name* const names = names_.data();
  const std::uint64_t multiplier = multiplier_;
  const std::size_t not_wanted = size_;
  std::size_t at = token + 1;
  if (at < count && text[places[at]] == '}') return at + 1;
  // A key, a colon, a value, and a comma or the end.
  while (at + 3 < count) {
    const char* const key = text + places[at] + 1;
    const char* key_end = text + places[at + 1];
    if (key[-1] != '"' || *key_end != ':') return 0;
    do --key_end;
    while (is_space(*key_end));
    const auto length = static_cast<std::size_t>(key_end - key);
    const Name name = text_end - key >= 8 ? name_of(key, length) : name_of({key, length});
    const Name& there = names[hashed(name, multiplier)];
    // Members that are not wanted are read as well, all to one place: whether one is wanted cannot
    // be foreseen, and a wrong guess costs more.
    const std::uint64_t difference =
        (there.begin ^ name.begin) | (there.end ^ name.end) | (there.length ^ name.length);
    JsonField& field = fields[difference == 0 ? there.place : not_wanted];
    const char* const value = text + places[at + 2];
    const Token kind = kinds_of_token[static_cast<std::uint8_t>(*value)];
    if (kind <= Token::text && kind != Token::punctuation) {
      take_token(field, kind, value, text + places[at + 3]);
      at += 3;
    } else {
      at = take_nested(field, kind, tokens, at + 2);
      if (at == 0) return 0;
    }
    const char closer = text[places[at]];
    ++at;
    if (closer == '}') return at;
    if (closer != ',') return 0;
  }
  return 0;
}

std::size_t JsonFields::read_array(const JsonTokens& tokens, std::size_t token) {
  if (tokens.first(token) != '[') return 0;
  size_ = 0;
  std::size_t at = token + 1;
  if (at < tokens.size() && tokens.first(at) == ']') return at + 1;
  for (; at + 1 < tokens.size(); ++at) {
    const Token kind = kinds_of_token[static_cast<std::uint8_t>(tokens.first(at))];
    JsonField& field = add_element();
    if (kind <= Token::text && kind != Token::punctuation) {
      const char* const text = tokens.text().data();
      take_token(field, kind, text + tokens.place(at), text + tokens.place(at + 1));
      ++at;
    } else {
      at = take_nested(field, kind, tokens, at);
      if (at == 0) return 0;
    }
    const char closer = tokens.first(at);
    if (closer == ']') return at + 1;
    if (closer != ',') return 0;
  }
  return 0;
}

}  // namespace truce::observations
