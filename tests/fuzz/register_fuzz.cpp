// A register of any bytes: each row is taken, says nothing, or is rejected; and what is taken can
// be asked who operates the aircraft and what it is.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "observations/affiliation.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace truce::observations;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto reading = read_register(text, 1);
  CHECK(reading.facts.size() <= reading.records);
  for (const auto& r : reading.rejected)
    CHECK(!r.reason.empty() && r.text.size() <= 200 && truce::base::is_utf8(r.text));
  Register aircraft;
  PartyTies ties;
  ties.party = "government";
  ties.states = {"Syria"};
  ties.operators = {"*Air Force*"};
  ties.types = {"MI*"};
  aircraft.add(ties);
  for (const auto& facts : reading.facts) aircraft.add(facts);
  for (const auto& facts : reading.facts) {
    const Affiliation who = aircraft.affiliation_of(facts.address, {"SYR1"});
    CHECK(!who.contradicted || who.party.empty());
    const AircraftNature what = aircraft.nature_of(facts.address);
    CHECK(flight_class(what.flight_class).name == what.flight_class);
  }
  return 0;
}
