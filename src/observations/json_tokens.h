// JsonTokens: where the tokens of a stretch of JSON begin, found 64 bytes at a time.
//
//   JsonTokens tokens;
//   if (tokens.find(stretch))
//     for (std::size_t i = 0; i < tokens.size(); ++i) ... tokens.first(i) ...
//
// A token is a bracket, a comma, a colon, or the first byte of a text or of anything else that is
// no white space. What stands between the first byte of a token and that of the next belongs to
// the token, or is white space. Brackets need not be in pairs.
//
// Only plain stretches have tokens: of valid UTF-8, in which every text that begins also ends, no
// text holds a control character, and there is no backslash at all, so that a text is what stands
// between its quotes. Everything else is for the slow way, which looks at every byte (JsonCutter,
// JsonFields). The library (simdjson) does the finding, with the widest instructions of the
// machine.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

namespace truce::observations {

class JsonTokens {
 public:
  /// The longest stretch: it and its tokens stay in the cache.
  static constexpr std::size_t longest = 64 * 1024;

  JsonTokens();
  JsonTokens(JsonTokens&&) noexcept;
  ~JsonTokens();

  /// False, and no tokens, if the stretch is not plain or longer than `longest`. The caller has
  /// made sure that there is no backslash. The stretch must stay where it is.
  bool find(std::string_view stretch);
  void clear() { size_ = 0, text_ = {}; }

  std::string_view text() const { return text_; }
  std::size_t size() const { return size_; }
  /// Where a token begins in the text. The place after the last token is the end of the text.
  std::size_t place(std::size_t token) const { return places_[token]; }
  char first(std::size_t token) const { return text_[places_[token]]; }
  /// A value in brackets: from the opening token to the closing one, which is before `after`.
  std::string_view between(std::size_t token, std::size_t after) const {
    return text_.substr(places_[token], places_[after - 1] + 1 - places_[token]);
  }
  const std::uint32_t* places() const { return places_; }

  /// The token that begins at a place; size() if none does.
  std::size_t token_at(std::size_t place) const;
  /// The token after a value that begins with a bracket, or 0 if the value does not end here, or
  /// its brackets are too many, or any of its tokens does not stand where it may.
  std::size_t after_nested(std::size_t token) const;

 private:
  struct Library;
  bool precedes_key(std::size_t token) const;
  bool begins_object(std::size_t token) const;

  std::unique_ptr<Library> library_;
  std::string_view text_;
  const std::uint32_t* places_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace truce::observations
