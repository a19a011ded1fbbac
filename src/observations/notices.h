// Notices: the exception ledger. What was filed for flights otherwise prohibited, and what was
// answered; and the periods for which the ledger is declared complete: only there does a missing
// notice mean that there was none.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "observations/input.h"
#include "observations/positions.h"
#include "quantities/altitude.h"
#include "quantities/time.h"

namespace truce::observations {

/// A step in the life of a notice: notified, acknowledged, agreed, denied, alternative, flown,
/// closed (or withdrawn).
struct NoticeStep {
  enum class Kind : std::uint8_t {
    notified,
    acknowledged,
    agreed,
    denied,
    alternative,
    flown,
    closed,
    withdrawn
  } kind = Kind::notified;
  Instant at;
  std::string by;  ///< Party or office; "" if not said.
};
std::string_view to_string(NoticeStep::Kind kind);

struct Notice {
  std::string id;
  std::string party;    ///< Who filed it.
  std::string purpose;  ///< In words: "medical evacuation", ...; "" if only item 18 tells.
  std::vector<std::string>
      item_18;  ///< ICAO flight plan item 18 STS/: MEDEVAC, HOSP, HUM, SAR, STATE.
  std::vector<Address> addresses;
  std::vector<std::string> registrations;
  std::vector<std::string> call_signs;
  std::optional<quantities::Instant> from, until;     ///< Notified hours.
  std::vector<quantities::Point> route;               ///< Centre line; empty: none given.
  std::optional<quantities::Length> lowest, highest;  ///< Notified heights...
  std::string height_reference;   ///< ..."pressure", "msl" or "agl"; "" if none.
  std::vector<NoticeStep> steps;  ///< By time.
  Evidence evidence;
  std::string where;
};

struct Ledger {
  std::vector<Notice> notices;               ///< By id.
  std::vector<quantities::Period> complete;  ///< In order, joined.
  bool is_complete_at(Instant t) const;
};

struct LedgerReading {
  Ledger ledger;
  base::Problems problems;  ///< What could not be understood.
  base::Problems
      warnings;  ///< What was understood and contradicts itself: answered before filed...
};
/// notices.toml or notices.csv (docs/formats/notices.md), told apart by content. `input` numbers
/// the file for evidence. A notice with a problem is left out of the ledger; one with a warning
/// stays.
LedgerReading read_notices(std::string_view text, std::string_view file, std::uint32_t input);

}  // namespace truce::observations
