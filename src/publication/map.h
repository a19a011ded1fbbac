// Map: the overview of an assessment, and the surroundings of one finding.
#pragma once

#include <string>
#include <vector>

#include "publication/drawing.h"
#include "publication/edition.h"

namespace truce::publication {

/// A finding with its number in the report: the gravest first, then by entry.
struct Numbered {
  const findings::Finding* finding = nullptr;
  std::size_t number = 0;
  bool in_full = false;  ///< It has a section of its own, with the anchor "f-<id>".
};

/// One map of all areas; or several, the largest first, where some lie so far from the rest that
/// nothing could be read together. Every area by grade, with the share of its time that was
/// covered; the tracks and sightings of the findings, by verdict; discs where a fix is known only
/// roughly.
std::string overview_map(const Assessment& assessment, const std::vector<Numbered>& findings);

/// One finding and the areas it touches. `id` makes the names within the picture unique.
std::string finding_map(const Assessment& assessment, const Numbered& finding,
                        const std::string& id);

/// Whether a finding rests on the silence between these two fixes that follow one another.
bool is_silence(const findings::Finding& finding, const findings::TracePoint& before,
                const findings::TracePoint& after);

/// The mean coverage of an area over all its rules and days; nothing where none was worked out.
std::optional<double> mean_coverage(const findings::Findings& findings, std::string_view area);

}  // namespace truce::publication
