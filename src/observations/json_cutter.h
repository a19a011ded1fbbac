// JsonCutter: cuts JSON that comes in parts of any size into pieces that are small enough to be
// parsed one by one.
//
// The text is a row of top-level values (objects or arrays), with white space, commas, record
// separators or nothing between them. The elements of a top-level array are pieces. So are those
// members of a top-level object which its reader wants cut: `{"now":1, "aircraft":[A, B], "x":2}`
// gives head({"now":1}), element(A), element(B), tail({"x":2}). A top-level object without such a
// member is a piece itself.
//
// Only the structure is looked at: brackets, strings, and whether a bracket may stand where it
// does; the pieces are parsed by whoever gets them. Broken text costs the piece it stands in: a
// bracket or a line where a new record must have begun begins one. No more than one piece and the
// members kept for a head are held, each at most the limit. Work is linear in the bytes.
//
// Elements that are plain and whole need not be cut at all: where the reader can read them from
// tokens (JsonTokens), it is offered them first, and what it declines is cut byte by byte. It may
// take only what it would have taken in the same way by element().
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "observations/json_tokens.h"

namespace truce::observations {

class JsonPieces {
 public:
  virtual ~JsonPieces() = default;

  enum class Wanted : std::uint8_t {
    kept,      ///< Stays part of the object, for its head, its tail or the whole.
    elements,  ///< An array, to be cut into its elements.
    alone,     ///< To be handed on by itself: alone(key, json).
  };
  /// A top-level object or array begins.
  virtual void opened() {}
  /// A member of a top-level object whose value begins with `first`, '{' or '['.
  virtual Wanted wanted(std::string_view key, char first) = 0;

  /// The members before an array that is cut, as an object. "{}" before a top-level array.
  virtual void head(std::string_view object) = 0;
  virtual void element(std::string_view json) = 0;
  /// Whether element_in is to be asked.
  virtual bool reads_tokens() const { return false; }
  /// An element that begins with a token, '{' or '['. Reads it and gives the token after it, or
  /// gives 0 and has done nothing: then it is cut, and comes by element() or broken().
  virtual std::size_t element_in(const JsonTokens& /*tokens*/, std::size_t /*token*/) { return 0; }
  virtual void alone(std::string_view key, std::string_view json) = 0;
  /// A whole top-level object of which nothing was cut.
  virtual void object(std::string_view json) = 0;
  /// The members after the last cut array or member; the object or array ended well.
  virtual void tail(std::string_view object) = 0;
  /// A piece that is no JSON, too long or too deep, or that the file cuts off.
  virtual void broken(std::string_view reason, std::string_view text) = 0;
};

class JsonCutter {
 public:
  /// `pieces` must outlive the cutter.
  JsonCutter(JsonPieces& pieces, std::size_t longest);
  void take(std::string_view bytes);
  void finish();

 private:
  enum class Mode : std::uint8_t {
    top,
    garbage,
    elements,
    scalar_element,
    key,
    in_key,
    colon,
    value,
    value_scalar,
    value_string,
    nested,
  };
  enum class What : std::uint8_t { element, kept_value, alone };

  std::size_t scan_through(std::string_view bytes);
  void scan(std::string_view bytes);
  void at_top(std::string_view bytes);
  void in_garbage(std::string_view bytes);
  void in_elements(std::string_view bytes);
  void elements_by_tokens(std::string_view bytes);
  std::size_t first_declined(std::size_t token);
  void find_tokens(std::string_view bytes);
  void in_scalar_element(std::string_view bytes);
  void in_object(std::string_view bytes);
  void in_key(std::string_view bytes);
  void begin_value(std::string_view bytes);
  void in_value_scalar(std::string_view bytes);
  void in_value_string(std::string_view bytes);
  void in_nested(std::string_view bytes);
  bool in_string(std::string_view bytes);
  bool open(std::string_view bytes, char bracket);
  void begin_nested(char bracket, What what);
  void end_nested(std::string_view bytes);
  void end_object(std::string_view bytes);
  std::string as_object(std::string_view bytes, std::size_t end) const;
  void give_up(std::string_view bytes, std::string_view reason);
  void drop_what_is_too_long(std::string_view bytes);
  std::size_t needed_from() const;

  JsonPieces& pieces_;
  std::size_t longest_;
  std::string held_;
  JsonTokens tokens_;
  std::size_t tokens_from_ = 0;    // where their stretch begins in the bytes at hand
  std::size_t tokens_until_ = 0;   // and ends; what is before is not looked at for tokens again
  bool more_than_tokens_ = false;  // the stretch ends there only because of its length

  // Places in the bytes at hand; `none` where there is none.
  static constexpr std::size_t none = SIZE_MAX;
  std::size_t scanned_ = 0;
  std::size_t kept_from_ = none;   // first member kept for a head, a tail or the whole object
  std::size_t piece_from_ = none;  // the element or member being collected
  std::size_t key_from_ = none;    // the opening quote of the last key
  std::string key_;                // the last key, without quotes

  Mode mode_ = Mode::top;
  What what_ = What::element;
  std::vector<char> open_;  // brackets open in the nested value
  std::size_t deeper_ = 0;  // and those beyond the greatest depth
  char previous_ = 0;       // last byte in the nested value that is no white space
  bool in_string_ = false, escaped_ = false;
  bool bad_ = false;  // the nested value is broken
  bool too_deep_ = false;
  bool in_top_object_ = false;  // else the elements are those of a top-level array
  bool cut_ = false;            // something of the top-level object was handed on
  bool too_long_ = false;       // what was kept or collected was dropped for its length
  bool kept_too_long_ = false;
  bool recovering_ = false;  // looking for the next line that begins with '{'
  bool line_begins_ = false;
  bool after_break_ = false;  // closing brackets may be left over
  std::string garbage_;
};

}  // namespace truce::observations
