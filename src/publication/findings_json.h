// findings.json: everything that an assessment found, for programs. The format is described in
// docs/formats/findings.md and, to the letter, in docs/formats/findings.schema.json.
#pragma once

#include <string>

#include "publication/edition.h"

namespace truce::publication {

/// The version of the format; it grows with every change that a reader could notice.
constexpr int findings_format_version = 1;

/// One JSON document (RFC 8259), one finding, input, line of coverage and figure to a line, so
/// that two of them can be compared line by line. Same values, same bytes.
std::string findings_json(const Assessment& assessment);

}  // namespace truce::publication
