#include "findings/wording.h"

#include <algorithm>

#include "base/json_writer.h"
#include "base/text.h"

namespace truce::findings {

namespace {

using incidents::Fix;
using quantities::clock_text;
using quantities::date_at;
using quantities::date_text;
using quantities::duration_text;
using quantities::feet_text;
using quantities::metres_text;

// Bounds are told rounded outward: no more is asserted than was found.
enum class Outward : std::uint8_t { down, up };

std::int64_t rounded(std::int64_t value, std::int64_t unit, Outward way) {
  const std::int64_t down = value / unit - (value % unit < 0 ? 1 : 0);
  return (down + (way == Outward::up && value % unit != 0 ? 1 : 0)) * unit;
}

std::string bound_text(Duration bound, Outward way) {
  const std::int64_t second = quantities::seconds(1).microseconds;
  const std::int64_t unit = bound < quantities::seconds(120) ? second : 60 * second;
  return duration_text(Duration{rounded(bound.microseconds, unit, way)});
}

std::string feet_bound_text(quantities::Length bound, Outward way) {
  const std::int64_t foot = quantities::feet(1).tenth_mm;
  return feet_text(quantities::Length{rounded(bound.tenth_mm, foot, way)});
}

std::string metres_bound_text(quantities::Length bound, Outward way) {
  const std::int64_t metre = quantities::metres(1).tenth_mm;
  const std::int64_t unit = bound >= quantities::metres(10'000) ? 100 * metre : metre;
  return metres_text(quantities::Length{rounded(bound.tenth_mm, unit, way)});
}

std::string error_text(const Fix& fix) {
  if (!fix.bounded) return "its error is stated by nobody";
  if (fix.error == 0) return "stated to be exact";
  return "within " + metres_text(quantities::metres(fix.error));
}

std::string fix_text(const Fix& fix, const incidents::SourceNumbers& numbers) {
  return point_text(fix.point) + " at " + clock_text(fix.at) + " (" + error_text(fix) + ", " +
         numbers.sources[fix.source]->id + ")";
}

std::string when_text(const JudgedPiece& p) {
  if (p.piece.is_moment()) return "at " + clock_text(p.piece.from);
  return "between " + clock_text(p.piece.from) + " and " + clock_text(p.piece.until);
}

std::string area_text(const JudgedPiece& p, const terms::Agreement& agreement) {
  const std::string& id = agreement.areas[p.area].id;
  return p.by_union ? id + " and its neighbours taken together" : id;
}

const Fix& first(const JudgedPiece& p) {
  return p.track->fixes[p.fix];
}
const Fix& last(const JudgedPiece& p) {
  return p.track->fixes[p.last_fix];
}

std::string inside_because(const JudgedPiece& p, const terms::Agreement& agreement,
                           const incidents::SourceNumbers& numbers) {
  const std::string area = area_text(p, agreement);
  const Answer a = p.at(Condition::inside);
  if (p.crossing)
    return "it was outside " + area + " at " + clock_text(first(p).at) +
           " and on another side of it at " + clock_text(last(p).at) +
           ", and every path it can have flown between crosses the area";
  if (p.piece.is_moment()) {
    const std::string where = "it was at " + fix_text(first(p), numbers);
    if (a == Answer::yes) return where + ", inside " + area;
    if (a == Answer::no) return where + ", outside " + area;
    return where + (first(p).bounded ? "; the error reaches across the outline of " + area
                                     : "; that cannot settle whether it was inside " + area);
  }
  const std::string seen =
      "it was at " + fix_text(first(p), numbers) + " and next at " + fix_text(last(p), numbers);
  if (a == Answer::yes)
    return seen + "; everything it can have reached between lies inside " + area;
  if (a == Answer::no) return seen + "; nothing it can have reached between lies inside " + area;
  return seen + "; between them it can have been inside " + area + " and can have been outside";
}

std::string limits_text(const terms::Area& area) {
  return area.floor.text + " to " + area.ceiling.text;
}

std::string measured(const JudgedPiece& p, terms::Reference scale, const terms::Area& area,
                     const incidents::Heights& heights) {
  if (scale == terms::Reference::surface || scale == terms::Reference::unlimited) return "";
  const auto h = heights.over(p.piece.from, p.piece.until, scale, area);
  if (!h) return "its height above " + std::string(to_string(scale)) + " is not known";
  return "it was between " + feet_text(h->least) + " and " + feet_text(h->most) + " (" +
         std::string(to_string(scale)) + ") " + when_text(p);
}

std::string height_because(const JudgedPiece& p, const terms::Agreement& agreement,
                           const incidents::Heights& heights) {
  const terms::Area& area = agreement.areas[p.area];
  std::string text = "the area reaches from " + limits_text(area);
  for (terms::Reference scale : {area.floor.reference, area.ceiling.reference}) {
    const std::string m = measured(p, scale, area, heights);
    if (!m.empty() && text.find(m) == std::string::npos) text += "; " + m;
  }
  return text;
}

std::string bases_text(const std::vector<observations::Basis>& bases) {
  std::vector<std::string> texts;
  for (const auto& b : bases)
    if (std::find(texts.begin(), texts.end(), b.text) == texts.end()) texts.push_back(b.text);
  return base::listed(texts);
}

std::string names_of(const terms::Agreement& agreement, const std::vector<std::string>& parties) {
  std::vector<std::string> names;
  for (const std::string& p : parties) names.push_back(party_name(agreement, p));
  return base::listed(names, "or");
}

}  // namespace

std::string party_name(const terms::Agreement& agreement, const std::string& id) {
  const terms::Party* party = agreement.party(id);
  if (party == nullptr || party->name.empty()) return id;
  const auto english = party->name.find("en");
  return english != party->name.end() ? english->second : party->name.begin()->second;
}

std::string purpose_words(terms::Purpose purpose) {
  if (purpose == terms::Purpose::humanitarian) return "humanitarian flights";
  return std::string(to_string(purpose));
}

std::string kind_text(const observations::AircraftNature& nature) {
  std::vector<std::string> words;
  if (nature.military == Answer::yes) words.push_back("military");
  if (nature.military == Answer::no) words.push_back("civil");
  if (nature.unmanned == Answer::yes) words.push_back("unmanned");
  if (nature.combat == Answer::yes && nature.helicopter != Answer::yes) words.push_back("combat");
  const bool known = !words.empty();
  words.push_back(nature.helicopter == Answer::yes ? "helicopter" : "aircraft");
  std::string text;
  for (const std::string& w : words) text += (text.empty() ? "" : " ") + w;
  if (!known && nature.helicopter != Answer::yes) text += " of unknown kind";
  return text;
}

std::string because(Condition condition, const JudgedPiece& p, const terms::Agreement& agreement,
                    const terms::FlightRule& rule, const incidents::Aircraft& aircraft,
                    const incidents::SourceNumbers& numbers, const incidents::Heights& heights) {
  const Answer a = p.at(condition);
  switch (condition) {
    case Condition::in_force:
      return "the agreement is in force from " + rfc3339(agreement.in_force.from) +
             (agreement.in_force.until < quantities::latest_instant
                  ? " to " + rfc3339(agreement.in_force.until)
                  : "");
    case Condition::bound: {
      const std::string& id = aircraft.affiliation.party;
      const terms::Party* party = agreement.party(id);
      if (party == nullptr)
        return "whose aircraft it was is not known, so neither is what bound it";
      if (party->outside) return party_name(agreement, id) + " stands outside the agreement";
      if (party->accession)
        return party_name(agreement, id) + " acceded at " + rfc3339(party->accession->at);
      return party_name(agreement, id) + " is bound from the start";
    }
    case Condition::rule_in_force: {
      const terms::Area& area = agreement.areas[p.area];
      std::string text = rule.when.empty() ? "the rule holds at all hours"
                                           : "the rule holds at the hours it names, in " +
                                                 agreement.time_zone + " time";
      if (rule.valid.from > quantities::earliest_instant)
        text += ", from " + rfc3339(rule.valid.from);
      if (rule.valid.until < quantities::latest_instant)
        text += ", until " + rfc3339(rule.valid.until);
      if (area.valid.from > quantities::earliest_instant ||
          area.valid.until < quantities::latest_instant)
        text +=
            "; this version of " + area.id + " is valid" +
            (area.valid.from > quantities::earliest_instant ? " from " + rfc3339(area.valid.from)
                                                            : "") +
            (area.valid.until < quantities::latest_instant ? " until " + rfc3339(area.valid.until)
                                                           : "");
      return text;
    }
    case Condition::operated_by: {
      const auto& aff = aircraft.affiliation;
      if (aff.contradicted) return "what is known contradicts itself: " + bases_text(aff.bases);
      if (aff.party.empty()) return "nothing tells who operates it";
      const std::string why = aff.bases.empty() ? "" : ": " + bases_text(aff.bases);
      if (aff.party == "other") return "it belongs to " + aff.other + why;
      return "it is operated by " + party_name(agreement, aff.party) + why;
    }
    case Condition::kind: {
      const std::string bases = bases_text(aircraft.nature.bases);
      return "it is a" +
             std::string(kind_text(aircraft.nature).front() == 'a' ||
                                 kind_text(aircraft.nature).front() == 'u'
                             ? "n "
                             : " ") +
             kind_text(aircraft.nature) + (bases.empty() ? "" : ": " + bases);
    }
    case Condition::flying:
      if (a == Answer::yes && first(p).flying == Answer::unknown)
        return "its source says nothing of air or ground, and it was higher than any ground "
               "there " +
               when_text(p);
      return a == Answer::yes  ? "it did not report itself on the ground " + when_text(p)
             : a == Answer::no ? "it reported itself on the ground " + when_text(p)
                               : "it may have been on the ground " + when_text(p);
    case Condition::inside: return inside_because(p, agreement, numbers);
    case Condition::height: return height_because(p, agreement, heights);
    case Condition::below: {
      if (!rule.below) return "the rule names no such height";
      return "the rule holds below " + rule.below->text + "; " +
             measured(p, rule.below->reference, agreement.areas[p.area], heights);
    }
    case Condition::above: {
      if (!rule.above) return "the rule names no such height";
      return "the rule holds above " + rule.above->text + "; " +
             measured(p, rule.above->reference, agreement.areas[p.area], heights);
    }
    case Condition::genuine: {
      if (a == Answer::yes) return "nothing contradicts the positions " + when_text(p);
      for (const auto& d : p.track->doubts)
        if (d.from <= p.piece.until && d.until >= p.piece.from) return d.text;
      return "the positions " + when_text(p) +
             " were marked stale by their receiver, or lie where jamming was declared";
    }
  }
  return "";
}

std::string question_for(Condition condition, const JudgedPiece& p,
                         const terms::Agreement& agreement, const terms::FlightRule& rule,
                         const incidents::Aircraft& aircraft,
                         const incidents::SourceNumbers& numbers) {
  const std::string who = to_string(aircraft.address);
  const terms::Area& area = agreement.areas[p.area];
  switch (condition) {
    case Condition::in_force:
    case Condition::rule_in_force:
      return "At what exact time was " + who +
             " there? The term begins or ends within the error of "
             "its clock (" +
             when_text(p) + ").";
    case Condition::bound:
      return "Had the party that operated " + who + " accepted the agreement by then?";
    case Condition::operated_by:
      return aircraft.affiliation.contradicted
                 ? "Who operates " + who + "? The registers contradict each other: " +
                       bases_text(aircraft.affiliation.bases) + "."
                 : "Who operates " + who + "? Was it " + names_of(agreement, rule.by) + "?";
    case Condition::kind: {
      std::vector<std::string> kinds;
      for (auto k : rule.aircraft) kinds.emplace_back(to_string(k));
      return "What kind of aircraft is " + who + "? Is it " + base::listed(kinds, "or") + "?";
    }
    case Condition::flying:
      return "Was " + who + " in the air or on the ground " + when_text(p) + "?";
    case Condition::inside: {
      if (p.piece.is_moment() && !first(p).bounded)
        return "How far wrong can a position of " + who + " from " +
               numbers.sources[first(p).source]->id +
               " be? Nobody has stated a bound for the one " + when_text(p) + ".";
      if (p.piece.is_moment())
        return "Where exactly was " + who + " " + when_text(p) + ": inside " + area.id +
               " or just outside?";
      return "Where was " + who + " " + when_text(p) + "? Did anyone see it over " + area.id + "?";
    }
    case Condition::height:
    case Condition::below:
    case Condition::above:
      return "How high was " + who + " " + when_text(p) + "? The area " + area.id +
             " reaches from " + limits_text(area) + ".";
    case Condition::genuine:
      return "Were the positions of " + who + " " + when_text(p) +
             " genuine? Is there another source for them?";
  }
  return "";
}

namespace {

std::string subject_text(const Finding& f, const terms::Agreement& agreement) {
  std::string text = f.kind.empty() ? "aircraft" : f.kind;
  text = (text.front() == 'a' || text.front() == 'u' ? "An " : "A ") + text;
  if (!f.party.empty() && f.party != "other") text += " of " + party_name(agreement, f.party);
  std::vector<std::string> marks;
  if (!f.call_sign.empty()) marks.push_back("call sign " + f.call_sign);
  if (!f.registration.empty()) marks.push_back(f.registration);
  if (!f.address.empty()) marks.push_back("address " + f.address);
  if (!marks.empty()) {
    text += " (";
    for (std::size_t i = 0; i < marks.size(); ++i) text += (i > 0 ? ", " : "") + marks[i];
    text += ")";
  }
  return text;
}

std::string bounds_text(TimeBounds b) {
  if (b.latest - b.earliest < quantities::seconds(2)) return "at " + clock_text(b.earliest);
  return "between " + clock_text(b.earliest) + " and " + clock_text(b.latest);
}

}  // namespace

namespace {

// " forbids", or for which part of the presence it does.
std::string forbids(const Finding& f) {
  if (f.forbidden.empty()) return " forbids";
  const quantities::Period first = f.forbidden.front();
  const std::string when = first.from == first.until ? "at " + clock_text(first.from)
                                                     : "from " + clock_text(first.from) + " to " +
                                                           clock_text(first.until);
  return f.forbidden.size() == 1 ? " forbids " + when
                                 : " forbids for parts of that time, the first " + when;
}

}  // namespace

std::string sentence_of(const Finding& f, const terms::Agreement& agreement) {
  const std::string who = subject_text(f, agreement);
  const std::string day = " on " + date_text(date_at(f.entry.earliest));
  const std::string rule = "rule " + f.rule;
  const std::string areas = f.areas.size() > 1 ? base::listed(f.areas, "or") : f.area;
  switch (f.verdict) {
    case Verdict::violation: {
      const std::string where = f.area_is_one_of_several ? areas : f.area;
      if (!f.sighting && f.entry.latest == f.exit.earliest)
        return who + " was inside " + where + " at " + clock_text(f.entry.latest) + day +
               ", which " + rule + forbids(f) + ".";
      // Where no moment is certain, only that there was one, both bounds are told.
      if (f.sighting || f.entry.latest >= f.exit.earliest)
        return who + (f.sighting ? " was seen inside " : " was inside ") + where +
               (f.sighting ? " between " : " at some moment between ") +
               clock_text(f.entry.earliest) + " and " +
               clock_text(f.sighting ? f.entry.latest : f.exit.latest) + day + ", which " + rule +
               forbids(f) + ".";
      return who + " was inside " + where + " from " + clock_text(f.entry.latest) + " to " +
             clock_text(std::max(f.exit.earliest, f.entry.latest)) + day + ", which " + rule +
             forbids(f) + ".";
    }
    case Verdict::excepted: {
      std::string notice;
      for (const ExceptionAnswer& e : f.exceptions)
        if (e.answer == Answer::yes) notice = e.purpose + " (notice " + e.notice + ")";
      const bool surely = f.inside_least.microseconds > 0;
      return who + (surely ? " was inside " : " was, or may have been, inside ") + areas + day +
             " from about " + clock_text(f.entry.earliest) + "; the exception for " +
             (notice.empty() ? "its purpose" : notice) + " covers it.";
    }
    case Verdict::possible: {
      const bool surely = f.inside_least.microseconds > 0;
      const std::string where = surely  ? " was inside " + areas
                                : f.gap ? " can have been inside " + areas + " during a silence"
                                        : " was, or may have been, inside " + areas;
      return who + where + " between " + clock_text(f.entry.earliest) + " and " +
             clock_text(f.exit.latest) + day + "; whether " + rule + " was broken depends on " +
             std::to_string(f.unknowns.size()) +
             (f.unknowns.size() == 1 ? " open question." : " open questions.");
    }
    case Verdict::not_applicable:
      return who + " was inside " + areas + day + ", but " + rule + " did not bind it then.";
    default: return who + ".";
  }
}

std::string paragraph_of(const Finding& f) {
  std::string text = f.sentence;
  text +=
      " " +
      std::string(f.began_before_seen ? "It was already there, or may have been, when first seen "
                                      : "It entered ") +
      bounds_text(f.entry) +
      (f.ended_after_seen ? " and was last seen without having left" : " and left ") +
      (f.ended_after_seen ? std::string() : bounds_text(f.exit)) + "; it was inside for ";
  text += f.inside_least == f.inside_most
              ? duration_text(f.inside_least)
              : "at least " + bound_text(f.inside_least, Outward::down) + " and at most " +
                    bound_text(f.inside_most, Outward::up);
  text += ".";
  const auto between = [](Length least, Length most) {
    return "between " + feet_bound_text(least, Outward::down) + " and " +
           feet_bound_text(most, Outward::up);
  };
  if (const AltitudeFound& a = f.altitude; !a.reference.empty()) {
    const std::string all = between(a.least, a.most);
    const std::string seen =
        a.at_positions ? between(a.at_positions->least, a.at_positions->most) : all;
    text += seen == all ? " Its height was " + all + " (" + a.reference + ")."
                        : " At its positions its height was " + seen + " (" + a.reference +
                              "); from one to the next it can have been " + all + ".";
  }
  if (f.penetration_most && f.penetration_most->tenth_mm > 0)
    text += " It came " +
            (f.penetration_least && f.penetration_least->tenth_mm > 0
                 ? "at least " + metres_bound_text(*f.penetration_least, Outward::down) + " and "
                 : std::string()) +
            "at most " + metres_bound_text(*f.penetration_most, Outward::up) + " deep.";
  if (!f.affiliation_basis.empty()) text += " Whose it is: " + f.affiliation_basis + ".";
  text += " It was reported by " + base::listed(f.sources) +
          (f.origins.size() == 1 ? ", one origin."
                                 : ", " + std::to_string(f.origins.size()) + " origins.");
  for (const ExceptionAnswer& e : f.exceptions) {
    text += " Exception for " + e.purpose + ": " + std::string(to_string(e.answer)) + ", " +
            e.reason + ".";
    if (!e.misuse.empty()) text += " Misuse: " + e.misuse + ".";
  }
  return text;
}

}  // namespace truce::findings
