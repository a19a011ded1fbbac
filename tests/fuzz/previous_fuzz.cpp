// Any bytes as the findings.json of an earlier run: refused with a reason, or inherited from.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "findings/previous.h"

namespace {

using namespace truce;

findings::Finding now(const char* id, const char* address, int hour) {
  findings::Finding finding;
  finding.id = id;
  finding.rule = "4.1";
  finding.address = address;
  finding.sighting = *address == 0;
  finding.verdict = findings::Verdict::possible;
  const quantities::Instant noon = *quantities::instant_from("2016-02-28T12:00:00Z");
  finding.entry = {noon + quantities::hours(hour), noon + quantities::hours(hour)};
  finding.exit = {noon + quantities::hours(hour + 1), noon + quantities::hours(hour + 1)};
  return finding;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view json(reinterpret_cast<const char*>(bytes), size);
  const auto earlier = findings::read_previous(json, "findings.json");
  if (!earlier) {
    CHECK(earlier.error().where == "findings.json" && !earlier.error().message.empty());
    return 0;
  }
  for (const findings::EarlierFinding& e : *earlier) CHECK(!e.subject.empty());
  std::vector<findings::Finding> found = {now("a", "778123", 0), now("b", "778123", 2),
                                          now("c", "", 0)};
  const std::size_t changes = findings::inherit(*earlier, found).size();
  // Each earlier finding is inherited from, superseded or withdrawn; each new one is told as new.
  CHECK(changes <= earlier->size() + found.size());
  CHECK(found.size() == 3);
  for (const findings::Finding& f : found)
    for (const std::string& superseded : f.supersedes) CHECK(superseded != f.id);
  return 0;
}
