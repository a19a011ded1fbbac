// The parts of report.html (report.h puts them together).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "publication/edition.h"
#include "publication/map.h"

namespace truce::publication {

/// The style sheet, for the screen and for A4.
std::string_view report_style();

/// Escaped for HTML, cut to `longest_text`.
std::string html(std::string_view text);
/// A name from an input: escaped, cut, and kept from changing the direction of what is around it.
std::string html_name(std::string_view text);
/// "Government of Syria"; "unknown" where no party was named.
std::string party_name(const terms::Agreement& agreement, std::string_view party);
/// A verdict with its mark: "[square] Violation".
std::string verdict_badge(findings::Verdict verdict);

/// The section of one finding.
std::string finding_section(const Assessment& assessment, const Numbered& finding);

/// The table of inputs lists so many, each under the id "input-NUMBER".
constexpr std::size_t most_listed_inputs = 300;

/// What was covered and what was not, in words, as a calendar, and the restrictions.
std::string coverage_section(const Assessment& assessment);
std::string figures_section(const Assessment& assessment);
/// Sources, files with their SHA-256, and the rows that were rejected.
std::string inputs_section(const Assessment& assessment);
std::string undecided_section(const Assessment& assessment);
/// What the verdicts mean and how to read the pictures.
std::string reading_section();

}  // namespace truce::publication
