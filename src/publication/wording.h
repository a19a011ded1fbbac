// Wording: how values read in outputs. Bounds are rounded outward, so that what is printed never
// claims to know more than what was found; texts from inputs are cut and made harmless here, and
// escaped where they are written.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "findings/finding.h"
#include "observations/observations.h"
#include "terms/agreement.h"

namespace truce::publication {

/// The longest that a name (call sign, registration, id) and a sentence may be, in characters.
constexpr std::size_t longest_name = 64;
constexpr std::size_t longest_text = 2'000;

/// Valid UTF-8 of at most so many characters, an ellipsis in place of the rest. Characters that
/// turn the direction of writing (U+202A-202E, U+2066-2069) become U+FFFD: they could make a page
/// read as it was not written. With `longest_name` line ends become spaces.
std::string cut(std::string_view text, std::size_t characters);
inline std::string cut_name(std::string_view text) {
  return cut(text, longest_name);
}
inline std::string cut_text(std::string_view text) {
  return cut(text, longest_text);
}

/// The six verdicts, the gravest first: the order of every table.
inline constexpr std::array verdicts_by_gravity = {
    findings::Verdict::violation,    findings::Verdict::possible,
    findings::Verdict::excepted,     findings::Verdict::compliant,
    findings::Verdict::not_observed, findings::Verdict::not_applicable};
/// "Not observed"
std::string capitalised(std::string_view text);
/// What a verdict means, in one or two sentences.
std::string_view meaning_of(findings::Verdict verdict);
/// "violation", "not-observed": for class names and ids.
std::string slug_of(findings::Verdict verdict);

/// How many findings have each verdict; every verdict is there.
std::map<findings::Verdict, std::int64_t> counts_of(const findings::Findings& findings);
/// How many lines of coverage (rule, area, day) have each verdict; every verdict is there.
std::map<findings::Verdict, std::int64_t> day_counts_of(const findings::Findings& findings);

/// "one violation", "two violations"; "no violations" for none.
std::string counted(std::int64_t count, std::string_view singular, std::string_view plural);
/// "two", "ten", "11", "139,098": small numbers as words, as sentences want them.
std::string spoken(std::int64_t count);
/// "139,098"
std::string thousands(std::int64_t count);
/// Whole units rounded down (for a least) and up (for a most).
std::int64_t feet_down(quantities::Length length);
std::int64_t feet_up(quantities::Length length);
std::int64_t metres_down(quantities::Length length);
std::int64_t metres_up(quantities::Length length);
/// Tenths of a second rounded down and up.
std::int64_t deciseconds_down(quantities::Duration duration);
std::int64_t deciseconds_up(quantities::Duration duration);

/// Whether a bound says nothing: it stands at the widest span that any input may speak of.
bool is_open(quantities::Instant bound);

/// "27 February 2016, 09:14:05 to 09:14:35 UTC"; the date twice where the bounds need it.
std::string bounds_text(quantities::TimeBounds bounds);
/// "27 February 2016, 09:14:05 UTC"
std::string moment_text(quantities::Instant t);
/// "27 Feb 09:14": for axes and tables.
std::string short_moment_text(quantities::Instant t);
std::string_view short_month(int month);
/// "between 2 min and 3 min 30 s", "at most 3 min", to the second.
std::string inside_text(quantities::Duration least, quantities::Duration most);
/// "4,480 to 4,520 ft above mean sea level"; "unknown" where no reference was found.
std::string altitude_text(const findings::AltitudeFound& altitude);
/// "at pressure altitude (1013.25 hPa)" and the like for a reference as findings name it.
std::string reference_text(std::string_view reference);
/// "between 2,340 m and 2,410 m"; "unknown" where nothing is known of either.
std::string penetration_text(const findings::Finding& finding);
/// A permille as "87 %"; "less than 1 %", "more than 99 %" near the ends. -1: "not stated".
std::string probability_text(std::int32_t permille);
/// A share of 0..1 as "12 %", with "less than 1 %" and "more than 99 %".
std::string share_text(double share);
/// The aircraft in a few words: "Mi-8 callsign SHAM12 (reg YK-123), address 778123".
std::string aircraft_text(const findings::Finding& finding);
/// Text in English if there is one, else in the first language.
std::string in_english(const terms::Names& names);
/// The grade's words, or its id.
std::string grade_text(const terms::Agreement& agreement, std::string_view grade);
/// A floor or ceiling as written, or as its reference says.
std::string limit_text(const terms::Limit& limit);

/// "receiver down"
std::string kind_text(observations::Restriction::Kind kind);
/// What exceptions ask and why: "medical (notice N-17): no, the answer came late".
std::string exception_text(const findings::ExceptionAnswer& exception);

}  // namespace truce::publication
