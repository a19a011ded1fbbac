// Exceptions: whether a notice covers an overflight, condition by condition, and what was misused.
//
// Conditions that concern the notice itself (purpose, party, identity, lead time, answer) have one
// answer for an overflight; hours, corridor and heights have one per piece. An exception covers a
// piece when one notice meets every condition there. Where none does, it is "no" only while the
// ledger is declared complete; otherwise a notice may exist that nobody has filed with us.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "findings/finding.h"
#include "incidents/heights.h"
#include "incidents/passage.h"
#include "incidents/profile.h"
#include "incidents/track.h"
#include "observations/notices.h"
#include "terms/agreement.h"

namespace truce::findings {

/// A route as places on the ellipsoid, close enough together (5 km) that the straight lines
/// between them stay within half a metre of the ground.
class Route {
 public:
  explicit Route(const std::vector<quantities::Point>& points);
  bool empty() const { return places_.empty(); }
  /// Metres from the nearest place of the route.
  double distance(areas::Vector place) const;

 private:
  std::vector<areas::Vector> places_;
};

/// One notice against one exception, for one track.
struct NoticeMatch {
  const observations::Notice* notice = nullptr;
  Answer purpose = Answer::unknown, party = Answer::yes, identity = Answer::unknown;
  std::string purpose_because, party_because, identity_because;
  std::string misused_identity;  ///< "" or what was wrong.
  incidents::Profile window{Answer::yes}, corridor{Answer::yes}, heights{Answer::yes};

  Answer constant() const { return base::both(purpose, base::both(party, identity)); }
};

/// The notices that could have anything to do with the track: those whose identity or hours do not
/// rule them out. With the profiles of their hours, corridors and heights over [from, until].
struct ExceptionMatches {
  const terms::Exception* exception = nullptr;
  std::vector<NoticeMatch> notices;
};

/// Who is asking for the exception: what is known of the aircraft.
struct Subject {
  std::optional<observations::Address> address;
  std::string registration;
  std::vector<std::string> call_signs;
};

ExceptionMatches match(const terms::Exception& exception, const observations::Ledger& ledger,
                       const Subject& subject, const incidents::Track* track,
                       const incidents::Heights* heights, const terms::Area& area, Instant from,
                       Instant until);

/// The answers that depend on when the aircraft entered.
struct Timing {
  Answer lead = Answer::unknown, answered = Answer::unknown;
  std::string lead_because, answered_because;
};
Timing timing_of(const terms::Exception& exception, const observations::Notice& notice,
                 const observations::Ledger& ledger, TimeBounds entry);

/// The whole exception over one piece, as a reason with a part for every notice.
Reason answer_for(const ExceptionMatches& matches, const observations::Ledger& ledger,
                  TimeBounds entry, const incidents::Piece& piece, const std::string& clause);

/// The same, answer only: called for every piece.
Answer quick_answer_for(const ExceptionMatches& matches, const std::vector<Timing>& timings,
                        const observations::Ledger& ledger, TimeBounds entry,
                        const incidents::Piece& piece);

}  // namespace truce::findings
