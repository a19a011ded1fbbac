#include "observations/position_block.h"

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstring>
#include <tuple>
#include <type_traits>
#include <unordered_map>

#include "base/check.h"
#include "observations/packing.h"
#include "quantities/angle.h"

namespace truce::observations {

namespace {

using base::problem;
using base::Result;

// --- One column
//
// width in bytes, with the highest bit set where the planes are not packed; the length of what
// follows in 4 bytes; the planes. Numbers are little-endian throughout.

constexpr std::uint8_t not_packed = 0x80;
// The texts of a block. A record is at most 16 MiB, and so is a text; usual_rows_from stops early.
constexpr std::size_t longest_texts = 64 * 1024 * 1024;
constexpr std::size_t column_head = 5;

template <std::unsigned_integral Word>
Word folded(Word difference) {
  const auto sign = static_cast<Word>(0 - (difference >> (8 * sizeof(Word) - 1)));
  return static_cast<Word>(static_cast<Word>(difference << 1) ^ sign);
}
template <std::unsigned_integral Word>
Word unfolded(Word folded) {
  return static_cast<Word>((folded >> 1) ^ static_cast<Word>(0 - (folded & 1)));
}

void add_number(std::string& bytes, std::uint32_t value) {
  for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>((value >> shift) & 0xFF);
}

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i)
    value |= std::uint32_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
  return value;
}

void add_planes(std::string_view planes, std::uint8_t width, std::string& bytes) {
  const std::size_t head = bytes.size();
  bytes.append(column_head, '\0');
  const bool packed = pack(planes, bytes);
  std::string length;
  add_number(length, static_cast<std::uint32_t>(bytes.size() - head - column_head));
  bytes[head] = static_cast<char>(width | (packed ? 0 : not_packed));
  std::copy(length.begin(), length.end(), bytes.begin() + static_cast<std::ptrdiff_t>(head + 1));
}

template <std::unsigned_integral Word, class ValueOf>
void add_column(std::span<const std::uint32_t> rows, ValueOf value_of, std::string& bytes) {
  std::vector<Word> words(rows.size());
  Word before = 0, all = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto value = static_cast<Word>(value_of(rows[i]));
    words[i] = folded(static_cast<Word>(value - before));
    all = static_cast<Word>(all | words[i]);
    before = value;
  }
  const auto width = static_cast<std::uint8_t>((std::bit_width(all) + 7) / 8);
  std::string planes(rows.size() * width, '\0');
  for (std::size_t plane = 0; plane < width; ++plane)
    for (std::size_t i = 0; i < words.size(); ++i)
      planes[plane * words.size() + i] = static_cast<char>((words[i] >> (8 * plane)) & 0xFF);
  add_planes(planes, width, bytes);
}

// Takes columns off the front of a block.
class ColumnReader {
 public:
  ColumnReader(std::string_view bytes, std::size_t rows) : bytes_(bytes), rows_(rows) {}

  bool sound() const { return sound_; }
  bool at_end() const { return bytes_.empty(); }
  void skip() { next(); }

  /// The values of the next column; nothing is promised of them unless it is sound.
  template <std::unsigned_integral Word>
  void read(std::vector<Word>& values) {
    const auto [head, planes] = next();
    values.assign(rows_, 0);
    const std::size_t width = head & ~unsigned{not_packed};
    if (!sound_ || width > sizeof(Word)) {
      sound_ = false;
      return;
    }
    const char* at = planes.data();
    if ((head & not_packed) != 0) {
      sound_ = planes.size() == width * rows_;
    } else {
      unpacked_.resize(width * rows_);
      sound_ = unpack(planes, unpacked_);
      at = unpacked_.data();
    }
    if (!sound_) return;
    const auto* byte = reinterpret_cast<const unsigned char*>(at);
    for (std::size_t plane = 0; plane < width; ++plane, byte += rows_)
      for (std::size_t i = 0; i < rows_; ++i)
        values[i] = static_cast<Word>(values[i] | static_cast<Word>(Word{byte[i]} << (8 * plane)));
    Word before = 0;
    for (Word& value : values) value = before = static_cast<Word>(before + unfolded(value));
  }

  std::string text() {
    auto [head, planes] = next();
    std::string all;
    if (!sound_ || planes.size() < 4) {
      sound_ = false;
      return all;
    }
    const std::uint32_t length = number_at(planes, 0);
    sound_ = length <= longest_texts;
    if (!sound_) return all;
    all.resize(length);
    planes.remove_prefix(4);
    if ((head & not_packed) == 0) {
      sound_ = unpack(planes, all);
    } else {
      sound_ = planes.size() == length;
      if (sound_) all = planes;
    }
    return all;
  }

 private:
  struct Column {
    std::uint8_t head = 0;
    std::string_view planes;
  };
  Column next() {
    sound_ = sound_ && bytes_.size() >= column_head;
    if (!sound_) return {};
    const auto head = static_cast<std::uint8_t>(bytes_[0]);
    const std::size_t length = number_at(bytes_, 1);
    sound_ = length <= bytes_.size() - column_head;
    if (!sound_) return {};
    const Column column{head, bytes_.substr(column_head, length)};
    bytes_.remove_prefix(column_head + length);
    return column;
  }

  std::string_view bytes_;
  std::size_t rows_;
  bool sound_ = true;
  std::vector<char> unpacked_;
};

// --- Texts of call signs
//
// Each that occurs, once, in the order of its first row: the number of its bytes, and these.

void add_texts(const Positions& positions, std::span<const std::uint32_t> rows,
               std::vector<std::uint32_t>& number_of, std::string& bytes) {
  std::string all;
  std::unordered_map<std::uint32_t, std::uint32_t> numbers{{no_text, 0}};
  number_of.reserve(rows.size());
  for (const std::uint32_t row : rows) {
    const std::uint32_t text = positions.call_sign[row];
    const auto [known, is_new] = numbers.emplace(text, static_cast<std::uint32_t>(numbers.size()));
    number_of.push_back(known->second);
    if (!is_new) continue;
    const std::string_view words = positions.text(text);
    add_number(all, static_cast<std::uint32_t>(words.size()));
    all += words;
  }
  CHECK(all.size() <= longest_texts);
  std::string packed;
  add_number(packed, static_cast<std::uint32_t>(all.size()));
  const bool is_packed = pack(all, packed);
  bytes += static_cast<char>(is_packed ? 0 : not_packed);
  add_number(bytes, static_cast<std::uint32_t>(packed.size()));
  bytes += packed;
}

// Every column of the rows in the order in which they are kept: judged ones first.
template <class Visit>
void each_column(const Positions& p, Visit visit) {
  visit(std::uint32_t{}, [&](std::uint32_t r) { return p.address[r]; });
  visit(std::uint64_t{}, [&](std::uint32_t r) { return p.at[r]; });
  visit(std::uint32_t{}, [&](std::uint32_t r) { return p.point[r].longitude_e7; });
  visit(std::uint32_t{}, [&](std::uint32_t r) { return p.point[r].latitude_e7; });
  visit(std::uint32_t{}, [&](std::uint32_t r) { return p.pressure_altitude[r]; });
  visit(std::uint32_t{}, [&](std::uint32_t r) { return p.geometric_height[r]; });
  visit(std::uint32_t{}, [&](std::uint32_t r) { return p.containment_cm[r]; });
  visit(std::uint16_t{}, [&](std::uint32_t r) { return p.ground_speed[r]; });
  visit(std::uint16_t{}, [&](std::uint32_t r) { return p.age_ms[r]; });
  visit(std::uint16_t{}, [&](std::uint32_t r) { return p.marks[r]; });
  visit(std::uint32_t{}, [&](std::uint32_t r) { return p.evidence[r].input; });
  visit(std::uint32_t{}, [&](std::uint32_t r) { return p.evidence[r].record; });
}
template <class Visit>
void each_column_beside(const Positions& p, Visit visit) {
  visit(std::uint16_t{}, [&](std::uint32_t r) { return p.track[r]; });
  visit(std::uint16_t{}, [&](std::uint32_t r) { return p.vertical_rate[r]; });
  visit(std::uint8_t{}, [&](std::uint32_t r) { return p.nic[r]; });
  visit(std::uint8_t{}, [&](std::uint32_t r) { return p.nac_p[r]; });
  visit(std::uint8_t{}, [&](std::uint32_t r) { return p.sil[r]; });
  visit(std::uint8_t{}, [&](std::uint32_t r) { return static_cast<std::uint8_t>(p.kind[r]); });
}

// What a block holds, before any of it is believed.
struct Values {
  std::vector<std::uint32_t> address, longitude, latitude, pressure, geometric, containment;
  std::vector<std::uint32_t> input, record, text;
  std::vector<std::uint64_t> at;
  std::vector<std::uint16_t> speed, marks, track, vertical_rate, age;
  std::vector<std::uint8_t> nic, nac_p, sil, kind;
};

std::vector<std::string_view> texts_in(const std::string& all, bool& sound) {
  std::vector<std::string_view> texts{""};
  for (std::size_t at = 0; at < all.size();) {
    sound = sound && all.size() - at >= 4;
    if (!sound) return texts;
    const std::size_t length = number_at(all, at);
    at += 4;
    sound = length <= all.size() - at;
    if (!sound) return texts;
    texts.push_back(std::string_view(all).substr(at, length));
    at += length;
  }
  return texts;
}

template <class Word>
bool within(const std::vector<Word>& values, auto least, auto most) {
  using Signed = std::remove_const_t<decltype(least)>;
  // Without a way out in the middle the loop runs wide.
  bool all = true;
  for (const Word value : values) {
    const auto v = static_cast<Signed>(value);
    all = all & (v >= least) & (v <= most);
  }
  return all;
}

bool believable(const Values& v, const BlockRange& range, std::size_t texts) {
  const auto contained = [&](std::uint32_t c) {
    return (c == no_containment) | (c <= range.greatest_containment);
  };
  return std::is_sorted(v.address.begin(), v.address.end()) &&
         std::all_of(v.containment.begin(), v.containment.end(), contained) &&
         v.address.front() == range.first_address && v.address.back() == range.last_address &&
         within(v.at, range.earliest, range.latest) &&
         within(v.longitude, range.west, range.east) &&
         within(v.latitude, range.south, range.north) &&
         within(v.input, range.least_input, range.greatest_input) &&
         within(v.text, std::uint32_t{0}, static_cast<std::uint32_t>(texts - 1));
}

template <class To, class From>
void add_all(std::vector<To>& to, const std::vector<From>& from) {
  const std::size_t before = to.size();
  to.resize(before + from.size());
  for (std::size_t i = 0; i < from.size(); ++i) to[before + i] = static_cast<To>(from[i]);
}

}  // namespace

bool is_believable(const BlockRange& r) {
  constexpr std::int32_t half_turn = 1'800'000'000, quarter_turn = 900'000'000;
  return r.rows >= 1 && r.rows <= PositionBlock::most_rows && r.first_address <= r.last_address &&
         r.last_address < 2 * Address::not_icao && r.earliest <= r.latest &&
         Instant{r.earliest} >= quantities::earliest_instant &&
         Instant{r.latest} <= quantities::latest_instant && -half_turn <= r.west &&
         r.west <= r.east && r.east <= half_turn && -quarter_turn <= r.south &&
         r.south <= r.north && r.north <= quarter_turn && r.least_input <= r.greatest_input;
}

std::size_t usual_rows_from(const Positions& p, std::span<const std::uint32_t> rows) {
  constexpr std::size_t enough_text = 16 * 1024 * 1024;
  std::size_t count = 0, text = 0;
  std::uint32_t before = no_text;
  while (count < std::min(rows.size(), PositionBlock::usual_rows) && text < enough_text) {
    const std::uint32_t here = p.call_sign[rows[count++]];
    if (here != before) text += p.text(here).size();
    before = here;
  }
  return count;
}

PositionBlock block_of(const Positions& p, std::span<const std::uint32_t> rows) {
  CHECK(!rows.empty() && rows.size() <= PositionBlock::most_rows);
  PositionBlock block;
  BlockRange& range = block.range;
  range.rows = static_cast<std::uint32_t>(rows.size());
  range.first_address = p.address[rows.front()];
  range.last_address = p.address[rows.back()];
  range.earliest = range.latest = p.at[rows.front()];
  range.west = range.east = p.point[rows.front()].longitude_e7;
  range.south = range.north = p.point[rows.front()].latitude_e7;
  range.least_input = range.greatest_input = p.evidence[rows.front()].input;
  for (const std::uint32_t r : rows) {
    range.earliest = std::min(range.earliest, p.at[r]);
    range.latest = std::max(range.latest, p.at[r]);
    range.west = std::min(range.west, p.point[r].longitude_e7);
    range.east = std::max(range.east, p.point[r].longitude_e7);
    range.south = std::min(range.south, p.point[r].latitude_e7);
    range.north = std::max(range.north, p.point[r].latitude_e7);
    range.least_input = std::min(range.least_input, p.evidence[r].input);
    range.greatest_input = std::max(range.greatest_input, p.evidence[r].input);
    if (p.containment_cm[r] != no_containment)
      range.greatest_containment = std::max(range.greatest_containment, p.containment_cm[r]);
  }
  std::vector<std::uint32_t> number_of;
  add_texts(p, rows, number_of, block.bytes);
  std::vector<std::uint32_t> index(rows.size());
  for (std::uint32_t i = 0; i < index.size(); ++i) index[i] = i;
  add_column<std::uint32_t>(index, [&](std::uint32_t i) { return number_of[i]; }, block.bytes);
  const auto add = [&](auto word, auto value_of) {
    add_column<decltype(word)>(rows, value_of, block.bytes);
  };
  each_column(p, add);
  each_column_beside(p, add);
  return block;
}

Result<void> read_block(std::string_view bytes, const BlockRange& range, Columns wanted,
                        Positions& into) {
  if (!is_believable(range)) return problem("", "the range of a block of positions cannot be");
  ColumnReader reader(bytes, range.rows);
  Values v;
  const std::string all_texts = reader.text();
  reader.read(v.text);
  reader.read(v.address);
  reader.read(v.at);
  reader.read(v.longitude);
  reader.read(v.latitude);
  reader.read(v.pressure);
  reader.read(v.geometric);
  reader.read(v.containment);
  reader.read(v.speed);
  reader.read(v.age);
  reader.read(v.marks);
  reader.read(v.input);
  reader.read(v.record);
  if (wanted == Columns::all) {
    reader.read(v.track);
    reader.read(v.vertical_rate);
    reader.read(v.nic);
    reader.read(v.nac_p);
    reader.read(v.sil);
    reader.read(v.kind);
  }
  bool sound = reader.sound();
  const std::vector<std::string_view> texts = texts_in(all_texts, sound);
  sound = sound && believable(v, range, texts.size()) &&
          within(v.kind, std::uint8_t{0}, static_cast<std::uint8_t>(PositionSource::other)) &&
          (wanted != Columns::all || reader.at_end());
  if (!sound) return problem("", "a block of positions is damaged");

  const std::size_t before = into.size();
  add_all(into.address, v.address);
  add_all(into.at, v.at);
  into.point.resize(before + range.rows);
  into.evidence.resize(before + range.rows);
  for (std::size_t i = 0; i < range.rows; ++i) {
    into.point[before + i] = {static_cast<std::int32_t>(v.longitude[i]),
                              static_cast<std::int32_t>(v.latitude[i])};
    into.evidence[before + i] = {v.input[i], v.record[i]};
  }
  add_all(into.pressure_altitude, v.pressure);
  add_all(into.geometric_height, v.geometric);
  add_all(into.containment_cm, v.containment);
  add_all(into.ground_speed, v.speed);
  add_all(into.age_ms, v.age);
  add_all(into.marks, v.marks);
  std::vector<std::uint32_t> numbers;
  numbers.reserve(texts.size());
  for (const std::string_view text : texts) numbers.push_back(into.intern(text));
  for (std::uint32_t& text : v.text) text = numbers[text];
  add_all(into.call_sign, v.text);
  if (wanted == Columns::judged) return {};
  add_all(into.track, v.track);
  add_all(into.vertical_rate, v.vertical_rate);
  add_all(into.nic, v.nic);
  add_all(into.nac_p, v.nac_p);
  add_all(into.sil, v.sil);
  add_all(into.kind, v.kind);
  return {};
}

}  // namespace truce::observations
