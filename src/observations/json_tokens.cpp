#include "observations/json_tokens.h"

#include <simdjson.h>

#include <algorithm>

#include "base/check.h"

namespace truce::observations {

struct JsonTokens::Library {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> finder;
};

JsonTokens::JsonTokens() = default;
JsonTokens::JsonTokens(JsonTokens&&) noexcept = default;
JsonTokens::~JsonTokens() = default;

bool JsonTokens::find(std::string_view stretch) {
  clear();
  if (stretch.size() > longest) return false;
  if (!library_) {
    library_ = std::make_unique<Library>();
    const auto made = simdjson::get_active_implementation()->create_dom_parser_implementation(
        longest, 1, library_->finder);
    CHECK(made == simdjson::SUCCESS);
  }
  // Its first stage alone: quotes, brackets and UTF-8. It does not read past the end.
  const auto error = library_->finder->stage1(reinterpret_cast<const std::uint8_t*>(stretch.data()),
                                              stretch.size(), simdjson::stage1_mode::regular);
  if (error != simdjson::SUCCESS) return false;
  text_ = stretch;
  places_ = library_->finder->structural_indexes.get();
  size_ = library_->finder->n_structural_indexes;
  CHECK(places_[size_] == stretch.size());
  return true;
}

std::size_t JsonTokens::token_at(std::size_t place) const {
  const auto* const found = std::lower_bound(places_, places_ + size_, place);
  return found != places_ + size_ && *found == place ? static_cast<std::size_t>(found - places_)
                                                     : size_;
}

// Whether a key and its colon follow a token.
bool JsonTokens::precedes_key(std::size_t token) const {
  return token + 2 < size_ && first(token + 1) == '"' && first(token + 2) == ':';
}

// Whether what follows an opening brace is its end, or a key.
bool JsonTokens::begins_object(std::size_t token) const {
  return (token + 1 < size_ && first(token + 1) == '}') || precedes_key(token);
}

std::size_t JsonTokens::after_nested(std::size_t token) const {
  if (first(token) == '{' && !begins_object(token)) return 0;
  constexpr int deepest = 62;
  const char* const text = text_.data();
  std::uint64_t open = first(token) == '{' ? 1 : 0;  // one bit a bracket, the innermost last: '{'
  int depth = 1;
  // What each token stands behind decides whether it may stand there.
  char before = first(token), before_that = 0;
  for (std::size_t i = token + 1; i < size_; ++i) {
    const char c = text[places_[i]];
    const bool in_object = (open & 1) != 0;
    const bool behind_value = before != '[' && before != '{' && before != ',' && before != ':';
    switch (c) {
      case '[':
      case '{': {
        const bool may_stand = in_object ? before == ':' : before == '[' || before == ',';
        if (!may_stand || depth == deepest || (c == '{' && !begins_object(i))) return 0;
        open = open << 1 | (c == '{' ? 1 : 0);
        ++depth;
        break;
      }
      case ']':
      case '}':
        if (in_object != (c == '}') || before == ',' || before == ':') return 0;
        open >>= 1;
        if (--depth == 0) return i + 1;
        break;
      case ',':
        if (!behind_value || (in_object && !precedes_key(i))) return 0;
        break;
      case ':':
        if (!in_object || before != '"' || (before_that != '{' && before_that != ',')) return 0;
        break;
      default:
        // No other byte but a quote is a token by itself; two that the library takes for a comma
        // and a colon are none.
        if (behind_value || c == '\x0C' || c == '\x1A') return 0;
        break;
    }
    before_that = before;
    before = c;
  }
  return 0;
}

}  // namespace truce::observations
