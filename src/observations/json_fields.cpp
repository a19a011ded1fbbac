#include "observations/json_fields.h"

#include <simdjson.h>

#include <string>

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

// Nothing follows what was read.
bool at_end(simdjson::ondemand::document& document) {
  return document.current_location().error() == simdjson::OUT_OF_BOUNDS;
}

}  // namespace

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
  for (std::size_t i = 0; i < wanted_.size(); ++i) {
    std::uint8_t at = hash(wanted_[i]);
    while (table_[at] != 0) ++at;
    table_[at] = static_cast<std::uint8_t>(i + 1);
  }
}
JsonFields::JsonFields(JsonFields&&) noexcept = default;
JsonFields::~JsonFields() = default;

std::size_t JsonFields::place_of(std::string_view name) const {
  for (std::uint8_t at = hash(name); table_[at] != 0; ++at)
    if (wanted_[table_[at] - 1u] == name) return table_[at] - 1u;
  return wanted_.size();
}

std::string_view JsonFields::read_object(std::string_view json) {
  fields_.assign(wanted_.size(), {});
  const auto error = library_->for_members(json, [&](std::string_view name, auto value) {
    const std::size_t place = place_of(name);
    return place == fields_.size() ? simdjson::SUCCESS : read_value(value, fields_[place]);
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
  fields_.clear();
  const auto read = [&]() -> simdjson::error_code {
    simdjson::ondemand::document document;
    if (const auto error = library_->parser.iterate(library_->with_room(json)).get(document))
      return error;
    simdjson::ondemand::array array;
    if (const auto error = document.get_array().get(array)) return error;
    for (auto element : array) {
      simdjson::ondemand::value value;
      if (const auto error = std::move(element).get(value)) return error;
      if (const auto error = read_value(value, fields_.emplace_back())) return error;
    }
    return at_end(document) ? simdjson::SUCCESS : simdjson::TAPE_ERROR;
  };
  const auto error = read();
  return error == simdjson::SUCCESS ? std::string_view{} : reason_of(error);
}

}  // namespace truce::observations
