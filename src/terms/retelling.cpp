#include "terms/retelling.h"

#include <algorithm>
#include <set>

#include "base/json_writer.h"
#include "base/text.h"
#include "terms/extent.h"
#include "terms/time_zone.h"

namespace truce::terms {

namespace {

using base::listed;
using quantities::days_from;
using Texts = std::vector<std::string>;

constexpr std::size_t line_width = 88;

// Characters as a reader counts them, more or less: code points.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

// One paragraph, broken at spaces; later lines are indented by `indent`.
std::string paragraph(std::string_view raw, std::string_view lead = "",
                      std::string_view indent = "") {
  // Names come from a file that anyone may have written: no control characters to a terminal.
  std::string text = base::valid_utf8(raw);
  std::replace(text.begin(), text.end(), '\n', ' ');
  std::replace(text.begin(), text.end(), '\t', ' ');
  std::string out(lead);
  std::size_t column = width_of(lead);
  bool first = true;
  for (std::string_view word : base::split(text, ' ')) {
    const std::size_t width = width_of(word);
    if (!first && column + 1 + width > line_width) {
      out += "\n" + std::string(indent);
      column = width_of(indent);
    } else if (!first) {
      out += ' ';
      ++column;
    }
    out += word;
    column += width;
    first = false;
  }
  return out + "\n";
}

std::string heading(std::string_view text) {
  return "\n" + std::string(text) + "\n" + std::string(width_of(text), '-') + "\n";
}

// "4.2" before "4.10": runs of digits compare as numbers.
bool natural_less(std::string_view a, std::string_view b) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  while (!a.empty() && !b.empty()) {
    if (is_digit(a.front()) && is_digit(b.front())) {
      const auto take = [&](std::string_view& text) {
        std::size_t n = 0;
        while (n < text.size() && is_digit(text[n])) ++n;
        std::string_view digits = text.substr(0, n);
        text.remove_prefix(n);
        while (digits.size() > 1 && digits.front() == '0') digits.remove_prefix(1);
        return digits;
      };
      const std::string_view x = take(a), y = take(b);
      if (x.size() != y.size()) return x.size() < y.size();
      if (x != y) return x < y;
    } else {
      if (a.front() != b.front()) return a.front() < b.front();
      a.remove_prefix(1);
      b.remove_prefix(1);
    }
  }
  return a.size() < b.size();
}

std::string name_of(const Names& names, std::string_view otherwise) {
  if (const auto english = names.find("en"); english != names.end()) return english->second;
  return names.empty() ? std::string(otherwise) : names.begin()->second;
}

std::string party_name(const Agreement& agreement, const std::string& id) {
  const Party* party = agreement.party(id);
  return party == nullptr ? id : name_of(party->name, id);
}

std::string party_names(const Agreement& agreement, const Texts& ids,
                        std::string_view last_word = "and") {
  Texts names;
  for (const std::string& id : ids) names.push_back(party_name(agreement, id));
  return listed(names, last_word);
}

// A sentence may begin with a name as it is written; other words get a capital.
std::string capital(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

// The agreement's own words, between quotation marks and with their full stop.
std::string quoted(std::string_view text) {
  return "“" + std::string(base::trimmed(text)) + "”";
}

std::string sentence(std::string text) {
  if (text.empty() || (text.back() != '.' && text.back() != '!' && text.back() != '?')) text += '.';
  return text;
}

std::string grouped(std::int64_t n) {
  std::string digits = std::to_string(n < 0 ? -n : n);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return n < 0 ? "-" + digits : digits;
}

std::string decimal(double value, int most_places) {
  std::string text = base::decimal_text(value, most_places);
  if (text.find('.') == std::string::npos) return text;
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string grouped_decimal(double value, int most_places) {
  std::string text = decimal(value, most_places);
  const std::size_t point = std::min(text.find('.'), text.size());
  for (std::size_t at = point; at > 3;) text.insert(at -= 3, ",");
  return text;
}

// "12 km", "800 m", "4,500 ft": in the unit in which it is a round number.
std::string length_text(Length length) {
  if (length.tenth_mm % 10'000'000 == 0) return grouped(length.tenth_mm / 10'000'000) + " km";
  if (length.tenth_mm % 18'520'000 == 0) return grouped(length.tenth_mm / 18'520'000) + " NM";
  if (length.tenth_mm % 10'000 == 0) return grouped(length.tenth_mm / 10'000) + " m";
  if (length.tenth_mm % 3'048 == 0) return grouped(length.tenth_mm / 3'048) + " ft";
  return decimal(length.in_metres(), 4) + " m";
}

// A height in the unit in which it was written.
std::string height_text(const Limit& limit) {
  const Length height = limit.height < Length{} ? -limit.height : limit.height;
  const bool in_feet = base::lower_case(limit.text).find("ft") != std::string::npos;
  if (in_feet) return grouped_decimal(height.in_feet(), 4) + " ft";
  return grouped_decimal(height.in_metres(), 4) + " m";
}

std::string duration_words(Duration d) {
  const std::int64_t s = d.microseconds / 1'000'000;
  const auto count = [](std::int64_t n, const char* unit) {
    return grouped(n) + " " + unit + (n == 1 ? "" : "s");
  };
  if (d.microseconds % 1'000'000 != 0) return decimal(d.in_seconds(), 6) + " seconds";
  if (s != 0 && s % 86'400 == 0) return count(s / 86'400, "day");
  Texts parts;
  if (s >= 3600) parts.push_back(count(s / 3600, "hour"));
  if (s % 3600 >= 60) parts.push_back(count(s % 3600 / 60, "minute"));
  if (s % 60 != 0 || parts.empty()) parts.push_back(count(s % 60, "second"));
  return listed(parts);
}

std::string clock_words(std::int32_t second_of_day) {
  std::string text;
  for (const std::int32_t n : {second_of_day / 3600, second_of_day / 60 % 60, second_of_day % 60}) {
    if (text.size() == 5 && n == 0) break;
    if (!text.empty()) text += ':';
    text += std::to_string(n / 10) + std::to_string(n % 10);
  }
  return text;
}

// "from A until B", "from A", "until B" or "", leaving out what `around` already says.
std::string period_text(const Agreement& agreement, Period period, Period around) {
  Texts parts;
  if (period.from != around.from && period.from != quantities::earliest_instant)
    parts.push_back("from " + local_text(agreement, period.from));
  if (period.until != around.until && period.until != quantities::latest_instant)
    parts.push_back("until " + local_text(agreement, period.until));
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : " ") + part;
  return text;
}

}  // namespace

std::string local_text(const Agreement& agreement, Instant t) {
  const std::int64_t east = seconds_east_at(agreement, t);
  const std::int64_t local = t.microseconds + east * 1'000'000;
  const quantities::Date date = quantities::date_at(t, east);
  const std::int64_t in_day = local - days_from(date) * 86'400'000'000;
  std::string text =
      clock_words(static_cast<std::int32_t>(in_day / 1'000'000)) + " on " + date_text(date);
  const bool twice =
      read_local(agreement.zone_offsets, Instant{local}).occurs == LocalReading::Occurs::twice;
  if (twice) text += " (" + rfc3339(t) + ")";
  return text;
}

std::string limit_text(const Limit& limit) {
  switch (limit.reference) {
    case Reference::surface: return "the surface";
    case Reference::unlimited: return "unlimited height";
    case Reference::pressure: {
      const std::string level = std::to_string(limit.height.tenth_mm / 304'800);
      return "flight level " + std::string(3 - std::min<std::size_t>(3, level.size()), '0') + level;
    }
    case Reference::mean_sea_level:
      return height_text(limit) +
             (limit.height < Length{} ? " below mean sea level" : " above mean sea level");
    case Reference::ground: return height_text(limit) + " above the ground";
  }
  return "?";
}

namespace {

// The agreement and the parties.

std::string told_identity(const Agreement& agreement) {
  const std::string title = name_of(agreement.title, agreement.id);
  std::string out = paragraph(title + " (" + agreement.id + ")");
  out +=
      "\n" + paragraph(
                 "This is the agreement as Truce understood it. Where it differs from the "
                 "signed text, the signed text is right, and agreement.toml is to be corrected.");
  out += heading("In force");
  std::string text =
      "The agreement is in force from " + local_text(agreement, agreement.in_force.from);
  if (agreement.in_force.until < quantities::latest_instant)
    text += " until " + local_text(agreement, agreement.in_force.until);
  else
    text += ", without a date of end";
  text += ". Dates and times of day are local to " + agreement.time_zone +
          ". Every period begins at the moment at which it is said to begin, and is over at the "
          "moment until which it is said to last.";
  if (!agreement.co_chairs.empty())
    text += " It is supervised jointly by " + party_names(agreement, agreement.co_chairs) + ".";
  if (!agreement.languages.empty())
    text += " Languages of the signed text: " + listed(agreement.languages) + ".";
  return out + paragraph(text);
}

std::string told_amendments(const Agreement& agreement) {
  std::string out;
  for (const Amendment& amendment : agreement.amendments) {
    std::string text = "Amendment " + amendment.id;
    if (!amendment.title.empty()) text += ", " + quoted(amendment.title) + ",";
    text += " was agreed at " + local_text(agreement, amendment.agreed) +
            ". What it states anew replaces the earlier version from its own beginning on; what "
            "happened before is judged by the version of its time.";
    out += "\n" + paragraph(text);
  }
  return out.empty() ? out : heading("Amendments") + out.substr(1);
}

std::string told_party(const Agreement& agreement, const Party& party) {
  std::string text = name_of(party.name, party.id) + " (" + party.id + ")";
  if (party.outside)
    return text + " is listed as outside the agreement: it is neither bound nor protected by it.";
  if (party.accession) {
    const Instant acceded = party.accession->at;
    if (acceded < agreement.in_force.from)
      text += " is bound from the beginning; it acceded at ";
    else
      text += " is bound from its accession on, which was at ";
    text += local_text(agreement, acceded);
    if (!party.accession->to.empty())
      text += ", declared to " + party_name(agreement, party.accession->to);
  } else {
    text += " is bound from the beginning";
  }
  if (party.withdrawn)
    text += ". It withdrew at " + local_text(agreement, *party.withdrawn) +
            " and is not bound from then on";
  text += ".";
  if (!party.guarantors.empty())
    text += " " + party_names(agreement, party.guarantors) +
            (party.guarantors.size() == 1 ? " answers for it." : " answer for it.");
  return text;
}

std::string told_parties(const Agreement& agreement) {
  if (agreement.parties.empty()) return heading("Parties") + paragraph("No party is named.");
  std::string out = heading("Parties");
  for (const Party& party : agreement.parties)
    out += paragraph(told_party(agreement, party), "- ", "  ");
  return out;
}

std::string told_grades(const Agreement& agreement) {
  if (agreement.grades.empty()) return "";
  std::string out = heading("Grades");
  out += paragraph(
      "A grade is the legal class of an area, and decides which rules hold there. In "
      "order of severity:");
  for (const Grade& grade : agreement.grades)
    out += paragraph(grade.id + ": " + sentence(grade.text), "- ", "  ");
  return out;
}

// Areas.

std::string edges_text(Edges edges) {
  switch (edges) {
    case Edges::straight: return "straight in longitude and latitude";
    case Edges::geodesic: return "along the shortest line over the ground";
    case Edges::rhumb: return "along lines of constant bearing";
    case Edges::as_filed: return "as that file says of each";
  }
  return "?";
}

std::string shape_text(const OutlineSource& source) {
  switch (source.kind) {
    case OutlineSource::Kind::circle:
      return "It is all ground within " + length_text(source.radius) + " of " +
             point_text(source.centre) + ".";
    case OutlineSource::Kind::corridor: {
      Texts places;
      for (const auto& point : source.vertices) places.push_back(point_text(point));
      return "It is a corridor " + length_text(source.radius + source.radius) + " wide, from " +
             listed(places, "to") + "; its centre line runs " + edges_text(source.edges) + ".";
    }
    case OutlineSource::Kind::vertices: {
      Texts places;
      for (const auto& point : source.vertices) places.push_back(point_text(point));
      return "Its corners are " + listed(places) + "; its edges run " + edges_text(source.edges) +
             ".";
    }
    case OutlineSource::Kind::file: break;
  }
  std::string text = source.feature.empty()
                         ? std::string("Its outline is the only feature")
                         : "Its outline is the feature " + quoted(source.feature);
  if (!source.layer.empty()) text += " of the layer " + quoted(source.layer);
  return text + " of the file " + source.file + "; its edges run " + edges_text(source.edges) + ".";
}

// Whose words the limits are, where they are not the agreement's own.
std::string limits_origin_text(const Area& area) {
  const bool floor = area.floor_origin == LimitOrigin::file;
  const bool ceiling = area.ceiling_origin == LimitOrigin::file;
  if (!floor && !ceiling) return "";
  const std::string which = floor && ceiling ? "Both are"
                            : floor          ? "Its floor is"
                                             : "Its ceiling is";
  return " " + which + " as the file " + area.source.file + " states.";
}

std::string heights_text(const Area& area) {
  const bool from_surface = area.floor.reference == Reference::surface;
  const bool unlimited = area.ceiling.reference == Reference::unlimited;
  if (from_surface && unlimited) return "It reaches from the surface up without limit.";
  if (unlimited)
    return "It reaches from " + limit_text(area.floor) + ", which is inside, up without limit.";
  if (from_surface)
    return "It reaches from the surface to " + limit_text(area.ceiling) + ", which is inside.";
  return "It reaches from " + limit_text(area.floor) + " to " + limit_text(area.ceiling) +
         ", both of which are inside.";
}

std::string told_area(const Agreement& agreement, const Area& area) {
  std::string text = "Area " + area.id;
  if (!area.name.empty()) text += ", " + quoted(name_of(area.name, area.id)) + ",";
  text += " is of the grade " + quoted(area.grade) + ". ";
  text += shape_text(area.source) + " ";
  if (const auto extent = extent_of(area.outline))
    text += "It covers about " + area_text(extent->square_kilometres) + " around " +
            point_text(extent->centre) + ". ";
  text += heights_text(area) + limits_origin_text(area);
  if (area.terrain)
    text += " The ground below it lies between " + length_text(area.terrain->least) + " and " +
            length_text(area.terrain->most) + " above mean sea level.";
  const std::string when = period_text(agreement, area.valid, agreement.in_force);
  if (!area.amendment.empty())
    text += " This is the version of amendment " + area.amendment + ", which holds " +
            (when.empty() ? "for as long as the agreement" : when) + ".";
  else if (!when.empty())
    text += " It is designated " + when + ".";
  return text;
}

std::string told_areas(const Agreement& agreement) {
  if (agreement.areas.empty()) return heading("Areas") + paragraph("No area is designated.");
  std::vector<const Area*> areas;
  for (const Area& area : agreement.areas) areas.push_back(&area);
  std::stable_sort(areas.begin(), areas.end(),
                   [](const Area* a, const Area* b) { return natural_less(a->id, b->id); });
  std::string out = heading("Areas");
  for (const Area* area : areas) out += paragraph(told_area(agreement, *area), "- ", "  ");
  return out;
}

// Rules.

std::string kind_words(AircraftKind kind) {
  switch (kind) {
    case AircraftKind::any: return "any aircraft";
    case AircraftKind::military: return "military aircraft";
    case AircraftKind::civil: return "civil aircraft";
    case AircraftKind::fixed_wing: return "fixed-wing aircraft";
    case AircraftKind::helicopter: return "helicopters";
    case AircraftKind::unmanned: return "unmanned aircraft";
    case AircraftKind::combat: return "combat aircraft";
    case AircraftKind::transport: return "transport aircraft";
  }
  return "?";
}

std::string aircraft_text(const FlightRule& rule) {
  Texts kinds;
  for (AircraftKind kind : rule.aircraft) {
    if (kind == AircraftKind::any) return "any aircraft";
    kinds.push_back(kind_words(kind));
  }
  return kinds.empty() ? "any aircraft" : listed(kinds, "or");
}

std::string where_text(const Agreement& agreement, const FlightRule& rule) {
  Texts parts;
  if (!rule.areas.empty())
    parts.push_back((rule.areas.size() == 1 ? "area " : "areas ") + listed(rule.areas, "or"));
  if (!rule.grades.empty()) {
    Texts grades;
    for (const std::string& grade : rule.grades) grades.push_back(quoted(grade));
    std::set<std::string, decltype(&natural_less)> ids(&natural_less);
    const auto overlap = [&](const Area& area) {
      return area.valid.from < rule.valid.until && rule.valid.from < area.valid.until;
    };
    for (const Area& area : agreement.areas)
      if (overlap(area) &&
          std::find(rule.grades.begin(), rule.grades.end(), area.grade) != rule.grades.end())
        ids.insert(area.id);
    std::string text = "any area of the grade " + listed(grades, "or");
    text += ids.empty() ? " (there is none)" : " (" + listed(Texts(ids.begin(), ids.end())) + ")";
    parts.push_back(text);
  }
  return listed(parts, "or in");
}

std::string weekday_name(int day) {
  static const char* names[] = {"Mondays", "Tuesdays",  "Wednesdays", "Thursdays",
                                "Fridays", "Saturdays", "Sundays"};
  return names[day];
}

// "Mondays to Fridays", "Fridays", "Saturdays and Sundays": runs go on over the end of the week.
std::string weekdays_text(const std::vector<int>& days) {
  if (days.empty() || days.size() == 7) return "every day";
  const std::set<int> named(days.begin(), days.end());
  Texts runs;
  for (int first : days) {
    if (named.contains((first + 6) % 7)) continue;  // not the beginning of a run
    int last = first;
    while (named.contains((last + 1) % 7)) last = (last + 1) % 7;
    const int length = (last - first + 7) % 7 + 1;
    if (length > 2) {
      runs.push_back(weekday_name(first) + " to " + weekday_name(last));
    } else {
      runs.push_back(weekday_name(first));
      if (length == 2) runs.push_back(weekday_name(last));
    }
  }
  return listed(runs);
}

std::string window_text(const Window& window) {
  const bool whole_day = window.from_second == 0 && window.until_second == 86'400;
  const std::string days = weekdays_text(window.weekdays);
  std::string text = days == "every day" ? days : "on " + days;
  if (whole_day)
    text += ", the whole day";
  else
    text += ", from " + clock_words(window.from_second) + " to " +
            clock_words(window.until_second) +
            (window.until_second < window.from_second ? " of the next day" : "");
  if (window.first_day && window.last_day)
    text += ", not before " + date_text(*window.first_day) + " and not after " +
            date_text(*window.last_day);
  else if (window.first_day)
    text += ", not before " + date_text(*window.first_day);
  else if (window.last_day)
    text += ", not after " + date_text(*window.last_day);
  return text;
}

std::string schedule_text(const Agreement& agreement, const FlightRule& rule) {
  const std::string when = period_text(agreement, rule.valid, agreement.in_force);
  std::string text = "This holds ";
  if (rule.when.empty()) return text + "at all times" + (when.empty() ? "" : " " + when) + ".";
  Texts windows;
  for (const Window& window : rule.when) windows.push_back(window_text(window));
  if (!when.empty()) text += when + ", and within that ";
  std::string all;
  for (std::size_t i = 0; i < windows.size(); ++i)
    all += (i == 0 ? "" : i + 1 == windows.size() ? "; and " : "; ") + windows[i];
  return text + all + ". At other times it does not hold.";
}

std::string prohibition_text(const Agreement& agreement, const FlightRule& rule) {
  std::string text = party_names(agreement, rule.by) + " must not fly " + aircraft_text(rule) +
                     " in " + where_text(agreement, rule);
  if (rule.below && rule.above)
    text += ", below " + limit_text(*rule.below) + " and above " + limit_text(*rule.above) +
            " (at neither height itself)";
  else if (rule.below)
    text += ", below " + limit_text(*rule.below) + " (not at that height itself)";
  else if (rule.above)
    text += ", above " + limit_text(*rule.above) + " (not at that height itself)";
  return text + ".";
}

Texts conditions_of(const Exception& exception) {
  Texts all;
  const NoticeNeed& notice = exception.notice;
  if (notice.kind == NoticeNeed::Kind::before)
    all.push_back("notice of the flight was given at least " + duration_words(notice.lead) +
                  " before the aircraft enters");
  if (notice.kind == NoticeNeed::Kind::at_once)
    all.push_back(notice.lead == Duration{}
                      ? "notice of the flight was given by the moment at which the aircraft enters"
                      : "notice of the flight was given at once, and at the latest " +
                            duration_words(notice.lead) + " after the aircraft entered");
  if (exception.answer == AnswerNeed::acknowledged)
    all.push_back("the notice was acknowledged before the aircraft enters");
  if (exception.answer == AnswerNeed::agreed)
    all.push_back("the flight was agreed to before the aircraft enters");
  if (exception.identity) all.push_back("the aircraft is the one of the notice");
  if (exception.corridor)
    all.push_back("it stays within " + length_text(*exception.corridor) +
                  " of the route of the notice");
  if (exception.window)
    all.push_back("it flies within the hours of the notice" +
                  (exception.window_tolerance == Duration{}
                       ? std::string()
                       : ", give or take " + duration_words(exception.window_tolerance)));
  if (exception.altitude_band) all.push_back("it stays within the heights of the notice");
  return all;
}

std::string told_exception(const Agreement& agreement, const Exception& exception) {
  std::string text = "Exception " + quoted(exception.id) + ": ";
  if (!exception.clause.empty()) text += quoted(exception.clause) + " Understood: ";
  text += (exception.purpose == Purpose::humanitarian
               ? std::string("a humanitarian flight")
               : "a flight for " + std::string(to_string(exception.purpose))) +
          " is allowed nevertheless";
  const Texts conditions = conditions_of(exception);
  const std::string claim =
      exception.parties.empty()
          ? "Whoever is bound by the rule may claim it."
          : "Only " + party_names(agreement, exception.parties, "or") + " may claim it.";
  if (conditions.empty())
    return paragraph(text + "; no notice is asked for. " + claim, "  - ", "    ");
  std::string out;
  if (conditions.size() == 1)
    return paragraph(text + ", provided that " + conditions.front() + ". " + claim, "  - ", "    ");
  out += paragraph(text + ", provided that all of this is so:", "  - ", "    ");
  for (std::size_t i = 0; i < conditions.size(); ++i)
    out +=
        paragraph(conditions[i] + (i + 1 == conditions.size() ? "." : ";"), "      * ", "        ");
  return out + paragraph(claim, "    ", "    ");
}

std::string told_rules(const Agreement& agreement) {
  if (agreement.rules.empty())
    return heading("Rules") + paragraph("There is no rule to decide on.");
  std::vector<const FlightRule*> rules;
  for (const FlightRule& rule : agreement.rules) rules.push_back(&rule);
  std::stable_sort(rules.begin(), rules.end(), [](const FlightRule* a, const FlightRule* b) {
    return natural_less(a->id, b->id);
  });
  std::string out;
  for (const FlightRule* rule : rules) out += "\n" + retold(agreement, *rule);
  return heading("Rules") + out.substr(1);
}

// The rest.

std::string told_clauses(const Agreement& agreement) {
  std::string out = heading("Clauses that no machine can decide");
  if (agreement.undecided.empty()) return out + paragraph("None is listed.");
  std::vector<const UndecidedClause*> clauses;
  for (const UndecidedClause& clause : agreement.undecided) clauses.push_back(&clause);
  std::stable_sort(clauses.begin(), clauses.end(),
                   [](const UndecidedClause* a, const UndecidedClause* b) {
                     return natural_less(a->id, b->id);
                   });
  for (const UndecidedClause* clause : clauses)
    out += paragraph("Clause " + clause->id + ": " + quoted(clause->clause) +
                         " This is not decided here: " + sentence(clause->reason),
                     "- ", "  ");
  return out;
}

std::string evidence_text(const EvidenceStandard& standard) {
  std::string text = "A violation is asserted only on the evidence of ";
  text += standard.origins == 1
              ? "at least one origin"
              : "at least " + std::to_string(standard.origins) + " independent origins";
  switch (standard.accepted_by) {
    case EvidenceStandard::Acceptance::nobody: break;
    case EvidenceStandard::Acceptance::any_co_chair:
      text += ", or of one source that a co-chair accepts";
      break;
    case EvidenceStandard::Acceptance::all_co_chairs:
      text += ", or of one source that all co-chairs accept";
      break;
  }
  return text + ". With less, a finding is no more than possible.";
}

std::string told_standards(const Agreement& agreement) {
  std::string out = heading("How it is decided and counted");
  out += paragraph(evidence_text(agreement.evidence_standard), "- ", "  ");
  out += paragraph("A day on which nothing was found is called compliant only where at least " +
                       decimal(agreement.compliant_from * 100, 4) +
                       " % of the area and the day was watched; otherwise it was not observed.",
                   "- ", "  ");
  out += paragraph(
      "Overflights are counted: one aircraft, in one area, in one continuous "
      "presence. The day of counting begins at " +
          clock_words(agreement.counting.cut_off_second) + " local time.",
      "- ", "  ");
  out += paragraph("When an aircraft has been silent for longer than " +
                       duration_words(agreement.max_gap) +
                       ", its track has ended: what it may have done after that is not observed "
                       "and not guessed.",
                   "- ", "  ");
  const Atmosphere& air = agreement.atmosphere;
  out += paragraph(
      "Transponders send heights on the scale of pressure. To compare them with "
      "heights above mean sea level, the pressure at sea level is taken to lie "
      "between " +
          decimal(air.least_hpa, 2) + " and " + decimal(air.most_hpa, 2) +
          " hPa, and the air to differ from the standard atmosphere by " +
          decimal(air.least_isa_deviation_k, 2) + " to " +
          (air.most_isa_deviation_k > 0 ? "+" : "") + decimal(air.most_isa_deviation_k, 2) +
          " degrees.",
      "- ", "  ");
  return out;
}

std::string told_release(const Agreement& agreement) {
  const ReleasePolicy& release = agreement.release;
  Texts parts;
  if (!release.text.empty()) parts.push_back(quoted(release.text));
  if (release.delay != Duration{})
    parts.push_back("Nothing is to be released that is younger than " +
                    duration_words(release.delay) + ".");
  if (release.coarsening)
    parts.push_back("Places are to be released no finer than " + length_text(*release.coarsening) +
                    ".");
  if (!release.never.empty())
    parts.push_back("Never to be released: " + listed(release.never) + ".");
  if (parts.empty()) return "";
  parts.push_back("This is kept; this version of Truce releases nothing.");
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : " ") + part;
  return heading("Release") + paragraph(text);
}

}  // namespace

std::string retold(const Agreement& agreement, const FlightRule& rule) {
  std::string title = "Rule " + rule.id;
  if (!rule.amendment.empty()) title += ", as amendment " + rule.amendment + " states it";
  std::string out = paragraph(title + ": " + quoted(rule.clause), "- ", "  ");
  out += paragraph("Understood: " + capital(prohibition_text(agreement, rule)) + " " +
                       schedule_text(agreement, rule),
                   "  ", "  ");
  for (const Exception& exception : rule.exceptions) out += told_exception(agreement, exception);
  if (!rule.justifications.empty())
    out += paragraph("It may be claimed in justification: " + listed(rule.justifications) +
                         ". Such a claim is recorded and can be contested; it changes no finding.",
                     "  ", "  ");
  return out;
}

std::string retold(const Agreement& agreement) {
  return told_identity(agreement) + told_amendments(agreement) + told_parties(agreement) +
         told_grades(agreement) + told_areas(agreement) + told_rules(agreement) +
         told_clauses(agreement) + told_standards(agreement) + told_release(agreement);
}

}  // namespace truce::terms
