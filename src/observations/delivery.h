// Delivery: how the readers of positions hand on what they read, and the reasons for which they
// reject a record. Shared by the readers of every format.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "observations/reader.h"

namespace truce::observations {

/// Why a record was not taken: few texts, so that they can be counted.
namespace reason {
inline constexpr std::string_view not_json = "not JSON";
inline constexpr std::string_view not_utf8 = "not UTF-8";
inline constexpr std::string_view too_deep = "nested too deeply";
inline constexpr std::string_view too_long = "record longer than 16 MiB";
inline constexpr std::string_view record_truncated = "record truncated";
inline constexpr std::string_view file_ends = "file ends early";
inline constexpr std::string_view wrong_fields = "wrong number of fields";
inline constexpr std::string_view not_a_message = "not a BaseStation message";
inline constexpr std::string_view not_expected = "not a record of this format";
inline constexpr std::string_view no_column = "header lacks a required column";
inline constexpr std::string_view no_address = "no address";
inline constexpr std::string_view bad_address = "address is not six hexadecimal digits";
inline constexpr std::string_view half_position = "latitude or longitude missing";
inline constexpr std::string_view bad_latitude = "latitude is not a number";
inline constexpr std::string_view bad_longitude = "longitude is not a number";
inline constexpr std::string_view far_latitude = "latitude beyond 90 degrees";
inline constexpr std::string_view far_longitude = "longitude beyond 180 degrees";
inline constexpr std::string_view no_time = "no time";
inline constexpr std::string_view no_date_or_time = "no date or time in the row";
inline constexpr std::string_view bad_time = "time cannot be read";
inline constexpr std::string_view zero_time = "time is zero";
inline constexpr std::string_view far_time = "time outside 1900 to 2200";
inline constexpr std::string_view bad_age = "age cannot be read";
inline constexpr std::string_view too_long_line = "line too long for a fix";
inline constexpr std::string_view bad_extension = "an extension is missing or not a number";
inline constexpr std::string_view foreign_datum = "positions are not on WGS84";
}  // namespace reason

/// What a record says of its aircraft: AircraftFacts as views of its text. "" where it says
/// nothing.
struct SaidFacts {
  Address address;
  std::string_view registration = {};
  std::string_view type = {};
  std::string_view operator_name = {};
  std::string_view category = {};
  std::optional<bool> military = {};
};

/// Counts records and passes them on to a sink.
class Delivery {
 public:
  Delivery(std::uint32_t input, Sink& sink) : input_(input), sink_(sink) {}

  /// A record begins; it is number `number` of the file (line, row or element, from 1).
  void record(std::uint64_t number);
  /// The next element of a file without lines.
  void next_record() { record(++elements_); }
  /// Back to a record that was counted before and had to wait.
  void again(Evidence waiting) { record_ = waiting.record; }
  /// What is told next is of this record, which is counted with others.
  void at(std::uint64_t number);

  // What became of the record.
  void position(PositionReport& report);
  /// Several at once, of as many records that follow one another; the first is number `number`.
  void positions(ReportColumns& reports, std::uint64_t number);
  void without_position() { ++sink_.without_position; }
  void reject(std::string_view why, std::string_view text);
  /// What the record says of its aircraft, unless it said the same before.
  void facts(const SaidFacts& said);

  Evidence evidence() const { return {input_, record_}; }

 private:
  std::uint32_t input_;
  Sink& sink_;
  std::uint32_t record_ = 0;
  std::uint64_t elements_ = 0;
  // By address; looked up only, never walked through.
  std::unordered_map<std::uint32_t, AircraftFacts> told_;
  // What the last record of an aircraft said, if it was nothing but a few short texts: the same is
  // no news. An address has one of two places, the first for who told news last.
  struct SaidLast {
    std::uint32_t address = UINT32_MAX;
    std::uint32_t lengths = 0;  // and what it said of being military
    std::uint64_t registration = 0, type = 0, category = 0;
    friend bool operator==(const SaidLast&, const SaidLast&) = default;
  };
  static bool is_short(const SaidFacts& said);
  static SaidLast in_short(const SaidFacts& said);
  void tell(const SaidFacts& said);
  using TwoPlaces = std::array<SaidLast, 2>;
  std::vector<TwoPlaces> said_last_;
};

/// Text for a Rejected: at most 200 bytes, cut between characters, valid UTF-8.
std::string offending_text(std::string_view text);

}  // namespace truce::observations
