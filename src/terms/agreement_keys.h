// The keys of agreement.toml: one table from which the reader takes what it accepts and the JSON
// Schema what it offers, so that the two cannot drift apart.
//
//   agreement_shape().field("parties")->shape->field("name")->meaning
//   agreement_schema()      the text of docs/formats/agreement.schema.json
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace truce::terms {

struct Shape;

/// What kind of value stands under a key.
enum class ValueKind {
  text,
  texts,          ///< A text, or an array of texts.
  names,          ///< A text, or texts by language.
  time,           ///< A TOML date and time; a local one is in the agreement's zone.
  deadline,       ///< The same, or a text: "D+5 days", after the entry into force.
  date,           ///< A TOML date.
  integer,        ///< A whole number.
  decimal,        ///< A number.
  boolean,        ///< true or false.
  limit,          ///< "FL245", "10000 ft MSL".
  limit_or_file,  ///< The same, or "file".
  length,         ///< "12 km"
  duration,       ///< "30 min"
  clock,          ///< "08:00"
  points,         ///< An array of places: "35.93 N 36.63 E".
  table,          ///< One table of the shape.
  tables,         ///< An array of tables of the shape.
  by_id,          ///< Tables of the shape under ids that the writer chooses.
  texts_by_id,    ///< Texts under ids that the writer chooses.
  text_or_table,  ///< A text, or a table of the shape.
  time_or_table,  ///< A date and time, or a table of the shape.
  boolean_or_duration,
};

struct Field {
  std::string_view key;
  ValueKind kind;
  std::string_view meaning;  ///< One or two sentences, shown by editors.
  bool required = false;
  std::vector<std::string> choices = {};  ///< The only texts allowed; empty: any.
  const Shape* shape = nullptr;           ///< For kinds that hold tables.
};

/// What one kind of table may hold.
struct Shape {
  std::string_view name;  ///< "rule": unique among all shapes.
  std::string_view meaning;
  std::vector<Field> fields;

  const Field* field(std::string_view key) const;
};

/// The whole file.
const Shape& agreement_shape();

/// JSON Schema (draft 2020-12) of agreement.toml, for editors.
std::string agreement_schema();

}  // namespace truce::terms
