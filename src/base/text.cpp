#include "base/text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <numeric>

namespace truce::base {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

char small_letter(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// The length of the well-formed UTF-8 sequence at the front, or 0 (Unicode 15, table 3-7).
std::size_t sequence_length(std::string_view text) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto within = [&](std::size_t i, unsigned low, unsigned high) {
    return i < text.size() && at(i) >= low && at(i) <= high;
  };
  const unsigned first = at(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return within(1, 0x80, 0xBF) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const unsigned low = first == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = first == 0xED ? 0x9F : 0xBF;
    return within(1, low, high) && within(2, 0x80, 0xBF) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const unsigned low = first == 0xF0 ? 0x90 : 0x80;
    const unsigned high = first == 0xF4 ? 0x8F : 0xBF;
    return within(1, low, high) && within(2, 0x80, 0xBF) && within(3, 0x80, 0xBF) ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), small_letter);
  return out;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t from = 0;;) {
    const std::size_t to = text.find(separator, from);
    parts.push_back(text.substr(from, to == std::string_view::npos ? to : to - from));
    if (to == std::string_view::npos) return parts;
    from = to + 1;
  }
}

std::string listed(const std::vector<std::string>& items, std::string_view last_word) {
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += i + 1 == items.size() ? " " + std::string(last_word) + " " : ", ";
    out += items[i];
  }
  return out;
}

namespace {

// Takes a plus sign off, which from_chars does not know; "+-1" stays what it is, no number.
std::string_view without_plus(std::string_view text) {
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  return text;
}

}  // namespace

std::optional<double> number(std::string_view text) {
  text = without_plus(text);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return {};
  return value;
}

std::optional<std::int64_t> whole_number(std::string_view text, int base) {
  text = without_plus(text);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

namespace {

constexpr std::array<std::int64_t, 18> powers_of_ten = [] {
  std::array<std::int64_t, 18> powers{1};
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}();

// Sixteen characters, the first in the lowest byte.
struct Sixteen {
  std::uint64_t first = 0, last = 0;
};
constexpr std::uint64_t all_zeros = 0x3030303030303030;  // eight times '0'

std::uint64_t loaded(const char* from, std::size_t size) {
  std::uint64_t word = 0;
  std::memcpy(&word, from, size);
  return word;
}

// One to sixteen characters with zeros, '0', before them.
Sixteen with_zeros_before(std::string_view text) {
  const char* const from = text.data();
  const std::size_t size = text.size();
  const auto bits = [](std::size_t bytes) { return 8 * bytes; };
  if (size > 8) {
    const std::uint64_t zeros = size == 16 ? 0 : all_zeros >> bits(size - 8);
    return {(loaded(from, 8) << bits(16 - size)) | zeros, loaded(from + size - 8, 8)};
  }
  if (size == 8) return {all_zeros, loaded(from, 8)};
  std::uint64_t word = 0;
  if (size >= 4) {  // the two halves overlap, with the same characters there
    word = (loaded(from, 4) << bits(8 - size)) | (loaded(from + size - 4, 4) << 32);
  } else {
    for (std::size_t i = 0; i < size; ++i)
      word |= std::uint64_t{static_cast<std::uint8_t>(from[i])} << bits(8 - size + i);
  }
  return {all_zeros, word | (all_zeros >> bits(size))};
}

// The highest bit of each byte that is a decimal point, if no byte is above 127.
std::uint64_t points_in(std::uint64_t word) {
  const std::uint64_t other = word ^ 0x2E2E2E2E2E2E2E2E;
  return ~(((other & 0x7F7F7F7F7F7F7F7F) + 0x7F7F7F7F7F7F7F7F) | other) & 0x8080808080808080;
}

bool all_digits(std::uint64_t word) {
  return (((word + 0x4646464646464646) | (word - all_zeros)) & 0x8080808080808080) == 0;
}

// Eight digits as a number: pairs, then fours, then all (D. Lemire, 2018).
std::uint64_t value_of_digits(std::uint64_t word) {
  word = (word & 0x0F0F0F0F0F0F0F0F) * 2561 >> 8;
  word = (word & 0x00FF00FF00FF00FF) * 6553601 >> 16;
  return (word & 0x0000FFFF0000FFFF) * 42949672960001 >> 32;
}

// Moves what stands before a point over it. Returns how many characters stand behind it.
int without_point(Sixteen& text, std::uint64_t points_first, std::uint64_t points_last) {
  // The bytes before a point, from the lowest bit that marks one.
  const auto before = [](std::uint64_t points) { return ((points & -points) >> 7) - 1; };
  if (points_last != 0) {
    const std::uint64_t mask = before(points_last);
    const int place = std::countr_zero(points_last) / 8;
    const std::uint64_t behind =
        place == 7 ? 0 : text.last & (~std::uint64_t{0} << (8 * place + 8));
    text.last = behind | ((text.last & mask) << 8) | (text.first >> 56);
    text.first = (text.first << 8) | '0';
    return 7 - place;
  }
  const std::uint64_t mask = before(points_first);
  const int place = std::countr_zero(points_first) / 8;
  const std::uint64_t behind = place == 7 ? 0 : text.first & (~std::uint64_t{0} << (8 * place + 8));
  text.first = behind | ((text.first & mask) << 8) | '0';
  return 15 - place;
}

// One to five digits and nothing else.
std::optional<std::int64_t> short_whole_number(std::string_view text) {
  if (text.size() > 5) return {};
  std::int64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return {};
    value = value * 10 + (c - '0');
  }
  return value;
}

// A plain decimal number, no exponent, of at most sixteen characters behind its sign: nearly all
// are. No digit is looked at by itself. Nothing where it is not that; then the long way decides.
std::optional<std::int64_t> plain_scaled_number(std::string_view text, int places) {
  if constexpr (std::endian::native != std::endian::little) return {};
  const bool negative = text.front() == '-';
  if (negative || text.front() == '+') text.remove_prefix(1);
  if (text.empty() || text.size() > 16 || places < 0) return {};
  if (const auto whole = short_whole_number(text); whole && places <= 12) {
    const std::int64_t value = *whole * powers_of_ten[static_cast<std::size_t>(places)];
    return negative ? -value : value;
  }
  Sixteen digits = with_zeros_before(text);
  const std::uint64_t points_first = points_in(digits.first), points_last = points_in(digits.last);
  const bool has_point = (points_first | points_last) != 0;
  const int behind = has_point ? without_point(digits, points_first, points_last) : 0;
  if (!all_digits(digits.first) || !all_digits(digits.last)) return {};
  const int count = static_cast<int>(text.size()) - (has_point ? 1 : 0);
  if (count == 0 || count - behind + places > 17) return {};
  auto value = static_cast<std::int64_t>(value_of_digits(digits.first) * 100'000'000 +
                                         value_of_digits(digits.last));
  if (behind <= places) {
    value *= powers_of_ten[static_cast<std::size_t>(places - behind)];
  } else {  // the first digit that is cut decides
    const std::int64_t unit = powers_of_ten[static_cast<std::size_t>(behind - places)];
    value = value / unit + (value % unit >= unit / 2 ? 1 : 0);
  }
  return negative ? -value : value;
}

}  // namespace

std::optional<std::int64_t> scaled_number(std::string_view text, int places) {
  if (text.empty()) return {};
  if (const auto plain = plain_scaled_number(text, places)) return plain;
  bool negative = false;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  if (const std::size_t e = text.find_first_of("eE"); e != std::string_view::npos) {
    const auto exponent = whole_number(text.substr(e + 1));
    if (!exponent || *exponent < -400 || *exponent > 400) return {};
    places += static_cast<int>(*exponent);
    text = text.substr(0, e);
  }
  constexpr std::int64_t most = (std::int64_t{1} << 62) / 10;
  std::int64_t value = 0;
  bool seen_digit = false, seen_point = false, rounded = false;
  int behind_point = 0;
  const auto push = [&](int digit) {
    if (value > most) return false;
    value = value * 10 + digit;
    return true;
  };
  for (char c : text) {
    if (c == '.' && !seen_point) {
      seen_point = true;
      continue;
    }
    if (c < '0' || c > '9') return {};
    seen_digit = true;
    if (seen_point) {
      if (behind_point >= places) {  // the first digit that is cut decides
        if (!rounded && behind_point == places && c >= '5') ++value;
        rounded = true;
        continue;
      }
      ++behind_point;
    }
    if (!push(c - '0')) return {};
  }
  if (!seen_digit) return {};
  if (places < 0) {  // digits before the point fall away: only by a negative exponent
    for (int i = places; i < 0; ++i) {
      const std::int64_t last = value % 10;
      value /= 10;
      if (i == -1 && last >= 5) ++value;
    }
  } else {
    for (; behind_point < places; ++behind_point)
      if (value != 0 && !push(0)) return {};
  }
  return negative ? -value : value;
}

std::string quoted_json(std::string_view text) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out = "\"";
  while (!text.empty()) {
    const char c = text.front();
    const std::size_t length = sequence_length(text);
    if (length == 0) {
      out += replacement;
    } else if (length > 1) {
      out += text.substr(0, length);
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      out += "\\u00";
      out += digits[(c >> 4) & 15];
      out += digits[c & 15];
    } else {
      out += c;
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out + '"';
}

std::string escaped_xml(std::string_view text) {
  std::string out;
  for (char c : valid_utf8(text)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::string valid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    const auto c = static_cast<unsigned char>(text.front());
    const bool control = length == 1 && (c < 0x20 || c == 0x7f) && c != '\t' && c != '\n';
    if (length == 0 || control) {
      out += replacement;
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

bool matches_pattern(std::string_view text, std::string_view pattern) {
  std::size_t t = 0, p = 0, star = std::string_view::npos, resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() &&
               (pattern[p] == '?' || small_letter(pattern[p]) == small_letter(text[t]))) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

namespace {

// Damerau-Levenshtein distance (optimal string alignment).
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

}  // namespace

std::optional<std::string> nearest_word(std::string_view word,
                                        const std::vector<std::string>& candidates) {
  if (word.size() > 100) return {};
  const std::string wanted = lower_case(word);
  std::size_t least = std::max<std::size_t>(1, wanted.size() / 3) + 1;
  std::optional<std::string> nearest;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > 100) continue;
    const std::size_t d = distance(wanted, lower_case(candidate));
    if (d < least) {
      least = d;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace truce::base
