// Text: numbers out of text and text into quotes, the same on every machine and in every locale.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace truce::base {

/// Without the ASCII spaces, tabs and line ends around it.
std::string_view trimmed(std::string_view text);
/// ASCII letters made small; every other byte as it is.
std::string lower_case(std::string_view text);
/// The parts between separators; "a,,b" has three. An empty text has one empty part.
std::vector<std::string_view> split(std::string_view text, char separator);
/// "a, b and c" in the order given; "" for none.
std::string listed(const std::vector<std::string>& items, std::string_view last_word = "and");

/// The whole text as a decimal number ("-12.5", "1e3"); nothing if any of it is something else,
/// or if it is not finite.
std::optional<double> number(std::string_view text);
/// The whole text as an integer in the base given.
std::optional<std::int64_t> whole_number(std::string_view text, int base = 10);

/// A decimal text times 10^places as an exact integer: scaled_number("35.93", 7) is 359300000.
/// Digits past the places are rounded half away from zero. Nothing if it is no plain decimal
/// number (an exponent is allowed) or does not fit in 63 bits.
std::optional<std::int64_t> scaled_number(std::string_view text, int places);

/// A JSON string literal, quotes included. Bytes that are not UTF-8 become U+FFFD.
std::string quoted_json(std::string_view text);
/// Text for HTML or XML, as content or as an attribute: & < > " ' escaped.
std::string escaped_xml(std::string_view text);
/// One field of a CSV row (RFC 4180), quoted only when it must be.
std::string csv_field(std::string_view text);
/// Valid UTF-8: what is not becomes U+FFFD, control characters but tab and newline too.
std::string valid_utf8(std::string_view text);
/// Whether the bytes are UTF-8 (RFC 3629: no surrogates, no over-long forms).
bool is_utf8(std::string_view text);

/// Whether the text matches a pattern of letters, `*` (any run) and `?` (any one). ASCII case is
/// ignored.
bool matches_pattern(std::string_view text, std::string_view pattern);

/// The candidate nearest to a mistyped word (Damerau-Levenshtein distance of at most a third of
/// its length, and at least one), or nothing.
std::optional<std::string> nearest_word(std::string_view word,
                                        const std::vector<std::string>& candidates);

}  // namespace truce::base
