// A ledger of any bytes: what is taken is whole and in order, and what is not has its problem.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "observations/notices.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto reading = truce::observations::read_notices(text, "notices", 1);
  for (const auto& problem : reading.problems)
    CHECK(problem.where.starts_with("notices:") && !problem.message.empty());
  for (const auto& warning : reading.warnings)
    CHECK(warning.where.starts_with("notices:") && !warning.message.empty());
  const auto& notices = reading.ledger.notices;
  for (std::size_t i = 0; i < notices.size(); ++i) {
    const auto& n = notices[i];
    CHECK(i == 0 || notices[i - 1].id < n.id);
    CHECK(n.route.size() != 1);
    CHECK(!n.from || !n.until || *n.from < *n.until);
    CHECK((!n.lowest && !n.highest) || !n.height_reference.empty());
    for (std::size_t s = 1; s < n.steps.size(); ++s) CHECK(n.steps[s - 1].at <= n.steps[s].at);
  }
  const auto& complete = reading.ledger.complete;
  for (std::size_t i = 0; i < complete.size(); ++i) {
    CHECK(complete[i].from < complete[i].until);
    CHECK(i == 0 || complete[i - 1].until < complete[i].from);
    CHECK(reading.ledger.is_complete_at(complete[i].from));
    CHECK(!reading.ledger.is_complete_at(complete[i].until));
  }
  return 0;
}
