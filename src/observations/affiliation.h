// Affiliation: who operates an aircraft, each time with its basis. Unknown is a legitimate answer;
// where two bases disagree the answer is unknown, with both.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/answer.h"
#include "base/result.h"
#include "observations/positions.h"

namespace truce::observations {

/// What registers and feeds say of one aircraft. "" where nothing was said.
struct AircraftFacts {
  Address address;
  std::string registration;
  std::string type;  ///< ICAO Doc 8643 designator: "A320", "MI8".
  std::string operator_name;
  std::string category;  ///< Emitter category "A7", or the class of a register ("L2J", "H2T").
  std::optional<bool> military;
  Evidence evidence;
};

/// The State whose block of 24-bit addresses (ICAO Annex 10, volume III, part I, chapter 9) holds
/// the address; "" if none does or it is no ICAO address.
std::string_view state_of(Address address);

/// What ties aircraft to a party (affiliations.toml).
struct PartyTies {
  std::string party;
  std::vector<std::string> states;         ///< State of registry, by its address block.
  std::vector<std::string> operators;      ///< Patterns.
  std::vector<std::string> call_signs;     ///< Patterns.
  std::vector<std::string> addresses;      ///< "778123" or ranges "778100-7781ff".
  std::vector<std::string> registrations;  ///< Patterns.
  std::vector<std::string> types;          ///< Aircraft types that only this party flies here.
};

/// One reason for a belief, in words that a report can print.
struct Basis {
  std::string kind;  ///< "register", "address block", "call sign", "address list", "type", "feed".
  std::string says;  ///< The party, or "other: Germany"; for kinds of aircraft "military", ...
  std::string text;  ///< "address 3c6444 lies in the block of Germany".
  std::optional<Evidence> evidence;
};

struct Affiliation {
  std::string party;  ///< "" unknown, or an id; "other" when a state or operator no party claims.
  std::string other;  ///< The state or operator, when `party` is "other".
  bool contradicted = false;  ///< Bases disagree: unknown, with all of them.
  std::vector<Basis> bases;
};

/// What kind of aircraft it is, as far as is known.
struct AircraftNature {
  base::Answer military = base::Answer::unknown;
  base::Answer helicopter = base::Answer::unknown;
  base::Answer unmanned = base::Answer::unknown;
  base::Answer combat = base::Answer::unknown;
  std::string registration, type, operator_name;
  std::string flight_class;  ///< Row of aircraft_classes.csv; "unknown" is the fastest.
  std::vector<Basis> bases;
};

class Register {
 public:
  /// Later facts about the same address add to earlier ones; contradictions are kept.
  void add(AircraftFacts facts);
  void add(PartyTies ties);
  const std::vector<PartyTies>& ties() const { return ties_; }
  /// Every fact about an address, in the order of evidence.
  std::vector<const AircraftFacts*> facts_of(Address address) const;

  /// Who operates the aircraft that used this address and these call signs.
  Affiliation affiliation_of(Address address, const std::vector<std::string>& call_signs) const;
  /// Who flies a type seen by people, where no address is known.
  Affiliation affiliation_of_type(std::string_view type) const;
  AircraftNature nature_of(Address address) const;
  static AircraftNature nature_of_type(std::string_view type);

 private:
  std::map<Address, std::vector<AircraftFacts>> facts_;
  std::vector<PartyTies> ties_;
};

struct TiesReading {
  std::vector<PartyTies> ties;
  base::Problems problems;
};
TiesReading read_ties(std::string_view toml, std::string_view file);

/// Columns of tar1090-db (aircraft.csv: icao;registration;type;flags;description...) and of the
/// OpenSky aircraft database (header with icao24, registration, typecode, operator...), or a CSV
/// with a header of our names. Rows that cannot be read are rejected, never fatal.
struct RegisterReading {
  std::vector<AircraftFacts> facts;
  std::vector<Rejected> rejected;
  std::uint64_t records = 0;
};
RegisterReading read_register(std::string_view csv, std::uint32_t input);

/// What an aircraft of a class can do (aircraft_classes.csv, compiled in). All are greatest values
/// that no aircraft of the class exceeds.
struct FlightClass {
  std::string name;
  quantities::Length speed_per_second;   ///< Top speed over the ground.
  quantities::Length accel_per_second2;  ///< Greatest change of velocity in any direction: turn.
  quantities::Length climb_per_second;
  quantities::Length sink_per_second;
};
const FlightClass& flight_class(std::string_view name);
const std::vector<FlightClass>& flight_classes();

}  // namespace truce::observations
