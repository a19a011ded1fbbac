// report.html: the assessment as people read it, on one page that needs nothing else: no network,
// no fonts, no scripts. Findings first, the gravest before the others, each with its reasons, its
// evidence and the questions that are open; then what was not observed, the figures, the inputs.
//
// Every text that came from an input is cut and escaped. The page forbids itself to load or to run
// anything (Content-Security-Policy), so that a text that slipped through could not act.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "publication/edition.h"

namespace truce::publication {

/// So many findings get a section of their own; the rest stand in the table, by their ids.
constexpr std::size_t most_findings_in_full = 500;

/// Does work(0) ... work(count - 1), in any order or at once.
using ForEach =
    std::function<void(std::size_t count, const std::function<void(std::size_t)>& work)>;

/// The sections of findings are made by `for_each`, one after the other unless it is given.
std::string report_html(const Assessment& assessment, const ForEach& for_each = {});

}  // namespace truce::publication
