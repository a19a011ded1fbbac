// IGC: logs of flight recorders (FAI Technical Specification for GNSS Flight Recorders), as gliders
// and paragliders carry them.
//
// Read are A (the recorder), H (date, glider, datum, reference of the GNSS altitude), I (where the
// extensions of fixes stand) and B (the fixes). Every other record is of no fix and is passed over;
// C records, the declared task, are no positions. A fix with an I extension that is no number is
// rejected whole: such a line has been damaged.
//
// - Time is UTC. Each HFDTE begins a day; a clock that falls back by more than twelve hours has
//   passed midnight. Without a date, that of the source stands in, else the fix is rejected.
// - A fix marked V is without a position of its own (2D, or repeated from before): its place is
//   marked stale, or not taken where it is 0, 0.
// - Pressure altitude is above 1013.25 hPa; 00000 is what recorders without a sensor write, and is
//   unknown. GNSS altitude is kept where HFALG says that it is above the ellipsoid (ELL); above the
//   geoid (GEO) or of an unknown reference it is unknown, because positions keep none such.
// - FXA is a 95 % figure (two sigma) and no bound: it becomes a NACp.
// - There is no ICAO address. An aircraft is known by its registration (HFGID), else by its
//   recorder (A): see address_by_name.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "observations/reader.h"

namespace truce::observations {

/// Whether a text begins as a log of a flight recorder does: with an A record, and an H or B record
/// further on.
bool looks_like_igc(std::string_view text);

std::unique_ptr<Reader> make_igc_reader(std::uint32_t input, const Source& source, Sink& sink);

/// The number that stands for an aircraft without an address: the first 24 bits of the SHA-256 of
/// "igc:" and its name in capital letters and digits alone, marked as no ICAO address. Two logs of
/// one glider are of one aircraft; two of some thousand aircraft may share a number by chance, as
/// any that are not assigned by a State may.
Address address_by_name(std::string_view name);

}  // namespace truce::observations
