#include "observations/json_cutter.h"

#include <algorithm>
#include <array>

#include "observations/delivery.h"
#include "observations/held_bytes.h"

namespace truce::observations {

namespace {

constexpr std::size_t greatest_depth = 512;
constexpr std::size_t shown = 200;  // bytes of broken text that are handed on

constexpr bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

// Between top-level values: white space, commas, record separators (RFC 7464), and the bytes of a
// byte order mark.
constexpr bool is_between(char c) {
  return is_space(c) || c == ',' || c == '\x1E' || c == '\xEF' || c == '\xBB' || c == '\xBF';
}

constexpr bool ends_scalar(char c) {
  return is_space(c) || c == ',' || c == ']' || c == '}' || c == '[' || c == '{';
}

enum class Byte : std::uint8_t { other, space, quote, opening, closing };

constexpr auto bytes_of_structure = [] {
  std::array<Byte, 256> table{};
  for (const char c : {' ', '\n', '\r', '\t'}) table[static_cast<std::uint8_t>(c)] = Byte::space;
  table['"'] = Byte::quote;
  table['{'] = table['['] = Byte::opening;
  table['}'] = table[']'] = Byte::closing;
  return table;
}();

constexpr bool opens(char c) {
  return c == '{' || c == '[';
}

constexpr bool is_pair(char opening, char closing) {
  return opening == (closing == '}' ? '{' : '[');
}

}  // namespace

JsonCutter::JsonCutter(JsonPieces& pieces, std::size_t longest)
    : pieces_(pieces), longest_(longest) {}

void JsonCutter::take(std::string_view bytes) {
  cut_joined(held_, bytes, [this](std::string_view at_hand) { return scan_through(at_hand); });
}

// Scans the bytes, and forgets those that are not needed any more. Returns how many these are: the
// bytes at hand begin after them from now on.
std::size_t JsonCutter::scan_through(std::string_view bytes) {
  tokens_.clear();
  tokens_until_ = 0;
  scan(bytes);
  drop_what_is_too_long(bytes);
  const std::size_t gone = needed_from();
  for (std::size_t* place : {&kept_from_, &piece_from_, &key_from_})
    if (*place != none) *place = *place < gone ? none : *place - gone;
  scanned_ -= gone;
  return gone;
}

void JsonCutter::finish() {
  switch (mode_) {
    case Mode::top: break;
    case Mode::garbage: pieces_.broken(reason::not_json, garbage_); break;
    case Mode::elements: pieces_.broken(reason::file_ends, ""); break;
    default:
      if (!too_long_ && !kept_too_long_) give_up(held_, reason::record_truncated);
  }
  mode_ = Mode::top;
}

std::size_t JsonCutter::needed_from() const {
  const std::size_t key = mode_ == Mode::in_key ? key_from_ : none;
  return std::min({kept_from_, piece_from_, key, scanned_});
}

void JsonCutter::scan(std::string_view bytes) {
  while (scanned_ < bytes.size()) {
    switch (mode_) {
      case Mode::top: at_top(bytes); break;
      case Mode::garbage: in_garbage(bytes); break;
      case Mode::elements: in_elements(bytes); break;
      case Mode::scalar_element: in_scalar_element(bytes); break;
      case Mode::key:
      case Mode::colon: in_object(bytes); break;
      case Mode::in_key: in_key(bytes); break;
      case Mode::value: begin_value(bytes); break;
      case Mode::value_scalar: in_value_scalar(bytes); break;
      case Mode::value_string: in_value_string(bytes); break;
      case Mode::nested: in_nested(bytes); break;
    }
  }
}

void JsonCutter::drop_what_is_too_long(std::string_view bytes) {
  const auto drop = [&](std::size_t& from, bool& dropped) {
    if (from == none || bytes.size() - from <= longest_) return;
    pieces_.broken(reason::too_long, bytes.substr(from, shown));
    from = none;
    dropped = true;
  };
  drop(piece_from_, too_long_);
  drop(kept_from_, kept_too_long_);
  if (mode_ == Mode::in_key && bytes.size() - key_from_ > longest_) {
    key_from_ = none;
    give_up(bytes, reason::too_long);
  }
}

void JsonCutter::at_top(std::string_view bytes) {
  const char c = bytes[scanned_];
  if (recovering_) {
    // Passed over until a line begins with '{', perhaps after what closed the broken record.
    if (c == '\n') line_begins_ = true;
    if (c == '{' && line_begins_) {
      recovering_ = false;
    } else {
      if (!is_between(c) && c != '}' && c != ']') line_begins_ = false;
      ++scanned_;
      return;
    }
  }
  if (c == '{') {
    kept_from_ = scanned_;
    kept_too_long_ = cut_ = false;
    in_top_object_ = true;
    pieces_.opened();
    mode_ = Mode::key;
  } else if (c == '[') {
    in_top_object_ = false;
    pieces_.opened();
    pieces_.head("{}");
    mode_ = Mode::elements;
  } else if (!is_between(c) && !(after_break_ && (c == ']' || c == '}'))) {
    garbage_.clear();
    mode_ = Mode::garbage;
    return;
  }
  ++scanned_;
}

void JsonCutter::in_garbage(std::string_view bytes) {
  const std::size_t end = std::min(bytes.find('\n', scanned_), bytes.size());
  if (garbage_.size() < shown)
    garbage_ += bytes.substr(scanned_, std::min(end - scanned_, shown - garbage_.size()));
  scanned_ = end;
  if (end == bytes.size()) return;
  pieces_.broken(reason::not_json, garbage_);
  mode_ = Mode::top;
}

void JsonCutter::in_elements(std::string_view bytes) {
  if (opens(bytes[scanned_]) && pieces_.reads_tokens()) elements_by_tokens(bytes);
  if (scanned_ == bytes.size()) return;
  const char c = bytes[scanned_];
  if (c == '{' || c == '[') {
    piece_from_ = scanned_;
    begin_nested(c, What::element);
  } else if (c == '}') {
    give_up(bytes, reason::not_json);
  } else if (c == ']') {
    if (in_top_object_) {
      kept_from_ = scanned_ + 1;
      mode_ = Mode::key;
    } else {
      pieces_.tail("{}");
      mode_ = Mode::top;
    }
  } else if (!is_space(c) && c != ',') {
    piece_from_ = scanned_;
    too_long_ = false;
    mode_ = Mode::scalar_element;
  }
  ++scanned_;
}

// Goes over the elements from here on by their tokens, up to one that the reader declines.
//
// Tokens that were found before serve again after an element that was cut, if one of them begins
// here: then this place is outside of texts for both ways, and as there are no backslashes, both
// agree on all that follows.
void JsonCutter::elements_by_tokens(std::string_view bytes) {
  while (scanned_ < bytes.size()) {
    if (scanned_ >= tokens_until_) find_tokens(bytes);
    const std::size_t first = tokens_.token_at(scanned_ - tokens_from_);
    const std::size_t token = first_declined(first);
    if (token == first) return;
    scanned_ = tokens_from_ + tokens_.place(token);
    if (token == tokens_.size()) continue;
    // Perhaps it was declined because the end of the stretch cuts it. Not asked more often than
    // once in half a stretch, so that work stays linear.
    if (!more_than_tokens_ || tokens_until_ - scanned_ > JsonTokens::longest / 2) return;
    tokens_until_ = scanned_;
  }
}

// The first token from this one on that begins no element which the reader reads.
std::size_t JsonCutter::first_declined(std::size_t token) {
  while (token < tokens_.size()) {
    const char c = tokens_.first(token);
    if (c != ',' && !opens(c)) break;
    const std::size_t after = c == ',' ? token + 1 : pieces_.element_in(tokens_, token);
    if (after == 0) break;
    token = after;
  }
  return token;
}

// The tokens of the bytes from here on: of no more than a stretch, up to the first backslash, and
// to the last bracket that closes. There are none where the stretch is not plain.
void JsonCutter::find_tokens(std::string_view bytes) {
  std::string_view stretch = bytes.substr(scanned_, JsonTokens::longest);
  more_than_tokens_ = stretch.size() < bytes.size() - scanned_;
  if (const std::size_t slash = stretch.find('\\'); slash != std::string_view::npos) {
    stretch = stretch.substr(0, slash);
    more_than_tokens_ = false;
  }
  tokens_from_ = scanned_;
  tokens_until_ = scanned_ + std::max<std::size_t>(stretch.size(), 1);
  const std::size_t closing = stretch.find_last_of("]}");
  if (closing == std::string_view::npos || !tokens_.find(stretch.substr(0, closing + 1)))
    tokens_.clear();
}

// A number, a word or a text where records are expected: handed on, for the reader to reject.
void JsonCutter::in_scalar_element(std::string_view bytes) {
  while (scanned_ < bytes.size() && !ends_scalar(bytes[scanned_])) ++scanned_;
  if (scanned_ == bytes.size()) return;
  if (!too_long_) pieces_.element(bytes.substr(piece_from_, scanned_ - piece_from_));
  piece_from_ = none;
  mode_ = Mode::elements;
}

void JsonCutter::in_object(std::string_view bytes) {
  const char c = bytes[scanned_];
  if (mode_ == Mode::colon) {
    if (!is_space(c) && c != ':') return give_up(bytes, reason::not_json);
    if (c == ':') mode_ = Mode::value;
  } else if (c == '"') {
    key_from_ = scanned_;
    escaped_ = false;
    mode_ = Mode::in_key;
  } else if (c == '}') {
    end_object(bytes);
  } else if (c == '{') {
    give_up(bytes, reason::record_truncated);
    recovering_ = false;
    return;
  } else if (!is_space(c) && c != ',') {
    return give_up(bytes, reason::not_json);
  }
  ++scanned_;
}

void JsonCutter::in_key(std::string_view bytes) {
  if (!in_string(bytes)) return;
  key_ = bytes.substr(key_from_ + 1, scanned_ - key_from_ - 2);
  mode_ = Mode::colon;
}

void JsonCutter::begin_value(std::string_view bytes) {
  const char c = bytes[scanned_];
  if (is_space(c)) {
    ++scanned_;
  } else if (c == '"') {
    escaped_ = false;
    mode_ = Mode::value_string;
    ++scanned_;
  } else if (c == '}' || c == ']' || c == ',') {
    give_up(bytes, reason::not_json);
  } else if (c != '{' && c != '[') {
    mode_ = Mode::value_scalar;
  } else {
    const auto wanted = pieces_.wanted(key_, c);
    if (wanted == JsonPieces::Wanted::kept) {
      begin_nested(c, What::kept_value);
    } else {
      if (kept_from_ != none) pieces_.head(as_object(bytes, key_from_));
      kept_from_ = none;
      kept_too_long_ = false;
      cut_ = true;
      after_break_ = false;
      if (wanted == JsonPieces::Wanted::elements) {
        mode_ = Mode::elements;
      } else {
        piece_from_ = scanned_;
        begin_nested(c, What::alone);
      }
    }
    ++scanned_;
  }
}

void JsonCutter::in_value_scalar(std::string_view bytes) {
  while (scanned_ < bytes.size() && !ends_scalar(bytes[scanned_])) ++scanned_;
  if (scanned_ < bytes.size()) mode_ = Mode::key;
}

void JsonCutter::in_value_string(std::string_view bytes) {
  if (in_string(bytes)) mode_ = Mode::key;
}

// Goes to the end of a string that was opened; true when it is there. A line end in it means that
// the record was cut off.
bool JsonCutter::in_string(std::string_view bytes) {
  for (; scanned_ < bytes.size(); ++scanned_) {
    const char c = bytes[scanned_];
    if (c == '\n') {
      give_up(bytes, reason::record_truncated);
      return false;
    }
    if (escaped_) {
      escaped_ = false;
    } else if (c == '\\') {
      escaped_ = true;
    } else if (c == '"') {
      ++scanned_;
      return true;
    }
  }
  return false;
}

void JsonCutter::begin_nested(char bracket, What what) {
  what_ = what;
  open_.assign(1, bracket);
  deeper_ = 0;
  previous_ = bracket;
  in_string_ = escaped_ = bad_ = too_deep_ = too_long_ = false;
  mode_ = Mode::nested;
}

void JsonCutter::in_nested(std::string_view bytes) {
  while (scanned_ < bytes.size()) {
    if (in_string_) {
      if (!in_string(bytes)) return;
      in_string_ = false;
      previous_ = '"';
      continue;
    }
    const char c = bytes[scanned_];
    switch (bytes_of_structure[static_cast<std::uint8_t>(c)]) {
      case Byte::space: break;
      case Byte::other: previous_ = c; break;
      case Byte::quote:
        in_string_ = true;
        escaped_ = false;
        break;
      case Byte::opening:
        if (!open(bytes, c)) return;
        previous_ = c;
        break;
      case Byte::closing:
        previous_ = c;
        if (deeper_ > 0) {
          --deeper_;
          break;
        }
        if (!is_pair(open_.back(), c)) bad_ = true;
        open_.pop_back();
        if (open_.empty()) {
          ++scanned_;
          return end_nested(bytes);
        }
        break;
    }
    ++scanned_;
  }
}

// A bracket opens inside a nested value. Where none may stand, the record before it was never
// closed: false, and the bracket begins a new one.
bool JsonCutter::open(std::string_view bytes, char bracket) {
  if (deeper_ > 0 || open_.size() >= greatest_depth) {
    ++deeper_;
    too_deep_ = true;
    return true;
  }
  const bool allowed =
      open_.back() == '[' ? previous_ == '[' || previous_ == ',' : previous_ == ':';
  if (!allowed && bracket == '{') {
    const bool next_element = what_ == What::element && previous_ == ',' && open_.size() == 1;
    if (next_element) {
      if (!too_long_)
        pieces_.broken(reason::record_truncated,
                       bytes.substr(piece_from_, std::min(scanned_ - piece_from_, shown)));
      piece_from_ = none;
      mode_ = Mode::elements;
    } else {
      give_up(bytes, reason::record_truncated);
      recovering_ = false;
    }
    return false;
  }
  if (!allowed) bad_ = true;
  open_.push_back(bracket);
  return true;
}

void JsonCutter::end_nested(std::string_view bytes) {
  if (what_ == What::kept_value) {
    mode_ = Mode::key;
    return;
  }
  if (!too_long_) {
    const std::string_view piece = bytes.substr(piece_from_, scanned_ - piece_from_);
    if (piece.size() > longest_) {
      pieces_.broken(reason::too_long, piece.substr(0, shown));
    } else if (too_deep_ || bad_) {
      pieces_.broken(too_deep_ ? reason::too_deep : reason::not_json, piece.substr(0, shown));
    } else if (what_ == What::element) {
      pieces_.element(piece);
    } else {
      pieces_.alone(key_, piece);
    }
  }
  piece_from_ = none;
  too_long_ = false;
  if (what_ == What::element) {
    mode_ = Mode::elements;
  } else {
    kept_from_ = scanned_;
    mode_ = Mode::key;
  }
}

void JsonCutter::end_object(std::string_view bytes) {
  if (kept_from_ == none) {
    if (cut_) pieces_.tail("{}");
  } else if (cut_) {
    pieces_.tail(as_object(bytes, scanned_));
  } else if (scanned_ + 1 - kept_from_ > longest_) {
    pieces_.broken(reason::too_long, bytes.substr(kept_from_, shown));
  } else {
    pieces_.object(bytes.substr(kept_from_, scanned_ + 1 - kept_from_));
  }
  kept_from_ = none;
  kept_too_long_ = false;
  mode_ = Mode::top;
}

std::string JsonCutter::as_object(std::string_view bytes, std::size_t end) const {
  std::string_view text = bytes.substr(kept_from_, end - kept_from_);
  while (!text.empty() && (is_space(text.front()) || text.front() == ',' || text.front() == '{'))
    text.remove_prefix(1);
  while (!text.empty() && (is_space(text.back()) || text.back() == ',')) text.remove_suffix(1);
  return "{" + std::string(text) + "}";
}

// What is being read is broken beyond its own end: on with the next line that begins a record.
void JsonCutter::give_up(std::string_view bytes, std::string_view why) {
  const std::size_t from = std::min(piece_from_, kept_from_);
  if (!too_long_ && !kept_too_long_) {
    pieces_.broken(why, from == none ? std::string_view{}
                                     : bytes.substr(from, std::min(scanned_ - from, shown)));
  }
  kept_from_ = piece_from_ = key_from_ = none;
  too_long_ = kept_too_long_ = false;
  in_string_ = false;
  recovering_ = after_break_ = true;
  line_begins_ = false;
  mode_ = Mode::top;
}

}  // namespace truce::observations
