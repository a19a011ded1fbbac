#include "terms/reading.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "base/text.h"
#include "terms/outlines.h"
#include "terms/section.h"
#include "terms/time_zone.h"

namespace truce::terms {

namespace {

using base::Problems;
using Ids = std::vector<std::string>;

constexpr std::string_view all_parties = "all parties";

bool holds(const Ids& ids, std::string_view id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

void add_once(Ids& ids, const std::string& id) {
  if (!holds(ids, id)) ids.push_back(id);
}

// An area or rule as an amendment states it, before it is joined to the versions before it.
struct Amended {
  std::string id;
  Section section;
  std::string amendment;
  Instant from;
  bool ends = false;
};

// The keys of terms that later versions of the program will decide on.
const std::vector<Section::Refused> later_tables = {
    {"lines", "lines are not supported yet by this version; list the clause under [clauses]"},
    {"bands", "bands are not supported yet by this version; list the clause under [clauses]"},
    {"commitments",
     "commitments are not supported yet by this version; list the clause under [clauses]"},
    {"attribution",
     "an attribution standard is not supported yet by this version; list the clause under "
     "[clauses]"},
    {"determination",
     "a determination rule is not supported yet by this version; list the clause under [clauses]"},
};
const std::vector<Section::Refused> later_rule_keys = {
    {"against",
     "against: rules on whom an act is directed against are not supported yet by this version; "
     "list the clause under [clauses]"},
    {"permits",
     "permits: acts that are allowed expressly are not supported yet by this version; list the "
     "clause under [clauses]"},
};
const std::vector<Section::Refused> later_places = {
    {"lines", "lines are not supported yet by this version; list the clause under [clauses]"},
    {"bands", "bands are not supported yet by this version; list the clause under [clauses]"},
};

class Reader {
 public:
  Reader(std::string_view file, const std::vector<ZoneOffset>* zone) : file_(file), zone_(zone) {}
  Reading read(std::string_view text);

 private:
  // The parts of the file, in the order in which each needs the ones before.
  void read_identity(Section& root);
  void read_zone(Section& identity);
  void read_grades(Section& root);
  void read_parties(Section& root);
  void read_amendments(Section& root);
  void read_areas(Section& root);
  void read_rules(Section& root);
  void read_clauses(Section& root);
  void read_evidence(Section& root);
  void read_coverage(Section& root);
  void read_counting(Section& root);
  void read_release(Section& root);
  void read_atmosphere(Section& root);

  Party read_party(const std::string& id, Section& section);
  void read_accession(Section& section, Party& party);
  Area read_area(const std::string& id, Section& section, const Area* former, Period valid);
  void read_outline(Section& section, const Area* former, Area& area);
  void read_edges(Section& section, const Area* former, Area& area);
  void read_limit(Section& section, std::string_view key, const Area& area, Limit& limit,
                  LimitOrigin& origin);
  void check_file(Section& section, std::string_view key, std::string& file);
  std::optional<OutlineSource> outline_from_text(Section& section, const std::string& text);
  std::optional<OutlineSource> outline_from_table(Section& outline);
  bool circle_from(Section& outline, OutlineSource& source);
  std::vector<quantities::Point> points_from(Section& outline, std::string_view key,
                                             std::size_t least);
  void read_terrain(Section& section, Area& area);
  void check_heights(Section& section, const Area& area);
  FlightRule read_rule(const std::string& id, Section& section, const FlightRule* former,
                       Period valid);
  void read_act(Section& section);
  void read_bound_parties(Section& section, FlightRule& rule);
  void read_where(Section& section, FlightRule& rule);
  void read_windows(Section& section, FlightRule& rule);
  Window read_window(Section& section);
  void read_heights(Section& section, FlightRule& rule);
  void read_exceptions(Section& section, bool amended, FlightRule& rule);
  Exception read_exception(const std::string& id, Section& section);
  void read_needs(Section& needs, Exception& exception);
  std::optional<Span> span(Section& section, std::string_view key, std::string_view unit,
                           Span allowed);

  template <class T, class Read>
  void add_versions(std::vector<T>& all, std::vector<Amended>& versions, std::string_view noun,
                    Read read);

  std::optional<Instant> instant(Section& section, std::string_view key);
  std::optional<Instant> end_of(Section& section, std::string_view key, const std::string& term);
  std::optional<Instant> instant_of(Section& section, std::string_view key,
                                    const base::TomlTime& time);
  std::optional<Instant> deadline(Section& section, std::string_view key, const std::string& term);
  std::optional<Instant> after_entry_into_force(Section& section, std::string_view key);
  Period validity(Section& section, Period otherwise, bool with_from, const std::string& term);
  void check_references(Section& section, std::string_view key, const Ids& values,
                        const Ids& candidates, std::string_view table);
  void warn(std::string where, std::string message);

  std::string file_;
  const std::vector<ZoneOffset>* zone_;
  Problems problems_;
  Problems warnings_;
  Problems deadlines_;
  bool in_force_known_ = false;
  Agreement agreement_;
  Ids party_ids_, grade_ids_, area_ids_;
  std::vector<Amended> amended_areas_, amended_rules_;
};

// "agreement.toml:12:7" in the order of lines and columns.
std::pair<long, long> position(const base::Problem& problem, std::size_t file_length) {
  const auto parts = base::split(
      std::string_view(problem.where).substr(std::min(file_length, problem.where.size())), ':');
  const auto part = [&](std::size_t i) {
    return i < parts.size() ? static_cast<long>(base::whole_number(parts[i]).value_or(0)) : 0;
  };
  return {part(1), part(2)};
}

void put_in_order(Problems& problems, std::size_t file_length) {
  std::stable_sort(problems.begin(), problems.end(), [&](const auto& a, const auto& b) {
    return position(a, file_length) < position(b, file_length);
  });
}

Reading Reader::read(std::string_view text) {
  if (auto table = base::TomlTable::parse(text, file_, problems_)) {
    Section root(std::move(*table), agreement_shape(), problems_);
    agreement_.text_digest = base::sha256(text);
    read_identity(root);
    read_grades(root);
    read_parties(root);
    read_amendments(root);
    read_areas(root);
    read_rules(root);
    read_clauses(root);
    read_evidence(root);
    read_coverage(root);
    read_counting(root);
    read_release(root);
    read_atmosphere(root);
    root.finish(later_tables);
  }
  put_in_order(problems_, file_.size());
  put_in_order(warnings_, file_.size());
  put_in_order(deadlines_, file_.size());
  Reading reading;
  (problems_.empty() ? reading.agreement : reading.in_part) = std::move(agreement_);
  reading.problems = std::move(problems_);
  reading.warnings = std::move(warnings_);
  reading.deadlines = std::move(deadlines_);
  return reading;
}

void Reader::warn(std::string where, std::string message) {
  warnings_.push_back({std::move(where), std::move(message)});
}

// Times.

std::optional<Instant> Reader::instant_of(Section& section, std::string_view key,
                                          const base::TomlTime& time) {
  const auto outside = [&]() -> std::optional<Instant> {
    section.complain(key, std::string(key) + ": " + time.text +
                              " is outside the years 1900 to 2199 that are understood");
    return {};
  };
  const auto local = quantities::local_instant_from(time.text);
  if (!local) return outside();
  if (time.offset_minutes) {
    const Instant t = *local - quantities::minutes(*time.offset_minutes);
    const bool inside = quantities::earliest_instant <= t && t < quantities::latest_instant;
    return inside ? std::optional(t) : outside();
  }
  const LocalReading reading = read_local(agreement_.zone_offsets, *local);
  if (reading.occurs != LocalReading::Occurs::once)
    warn(section.where(key),
         std::string(key) + ": the local time " + time.text +
             (reading.occurs == LocalReading::Occurs::twice ? " occurs twice" : " does not occur") +
             " in " + agreement_.time_zone + ", where the clocks change; read as " +
             rfc3339(reading.instant) + "; write it with its offset to be clear");
  return reading.instant;
}

std::optional<Instant> Reader::instant(Section& section, std::string_view key) {
  const auto time = section.time(key);
  return time ? instant_of(section, key, *time) : std::nullopt;
}

// "D+5 days" at the same local time five days after the agreement came into force; "D+36 h" that
// many hours after it.
std::optional<Instant> Reader::after_entry_into_force(Section& section, std::string_view key) {
  const std::string text = section.text(key).value_or("");
  std::string_view rest = base::trimmed(text);
  if (rest.empty()) return {};
  const bool begins = rest.starts_with('D') || rest.starts_with('d');
  rest = base::trimmed(rest.substr(1));
  const auto after =
      begins && rest.starts_with('+') ? quantities::duration_from(rest.substr(1)) : std::nullopt;
  if (!after) {
    section.complain(key, std::string(key) + ": '" + text +
                              "' is no time; expected a date and time such as 2016-02-27T00:00:00 "
                              "(no quotes), or \"D+5 days\", after the entry into force");
    return {};
  }
  if (!in_force_known_) return {};  // that it is missing or wrong has been told
  const Instant start = agreement_.in_force.from;
  Instant t = start + *after;
  constexpr Duration day = quantities::hours(24);
  const bool in_days = rest.find_first_of("dD") != std::string_view::npos;
  if (in_days && after->microseconds % day.microseconds == 0) {
    const auto east = quantities::seconds(seconds_east_at(agreement_.zone_offsets, start));
    t = read_local(agreement_.zone_offsets, start + east + *after).instant;
  }
  if (t < quantities::latest_instant) return t;
  section.complain(key, std::string(key) + ": " + text + " is after the year 2199");
  return {};
}

std::optional<Instant> Reader::deadline(Section& section, std::string_view key,
                                        const std::string& term) {
  if (!section.is_text(key)) return instant(section, key);
  const auto t = after_entry_into_force(section, key);
  if (!t) return {};
  const Instant local = *t + quantities::seconds(seconds_east_at(agreement_.zone_offsets, *t));
  std::string clock = rfc3339(local);
  clock.pop_back();  // the local clock, not UTC
  deadlines_.push_back({section.where(key),
                        term + ", " + std::string(key) + ": \"" + section.text(key).value_or("") +
                            "\" is " + clock + " in " + agreement_.time_zone + ", " + rfc3339(*t)});
  return t;
}

std::optional<Instant> Reader::end_of(Section& section, std::string_view key,
                                      const std::string& term) {
  if (section.is_text(key)) return deadline(section, key, term);
  const auto time = section.time(key);
  if (!time) return {};
  if (time->date_only)
    warn(section.where(key), std::string(key) + ": a date alone means its first moment, " +
                                 time->text +
                                 ", so that this day is not included; write the time to be clear");
  return instant_of(section, key, *time);
}

// The keys `from` and `until`, with what holds where they are left out.
Period Reader::validity(Section& section, Period otherwise, bool with_from,
                        const std::string& term) {
  Period valid = otherwise;
  if (with_from) valid.from = deadline(section, "from", term).value_or(otherwise.from);
  const auto until = end_of(section, "until", term);
  if (until && *until <= valid.from)
    section.complain("until", "until: " + rfc3339(*until) + " is not after the beginning, " +
                                  rfc3339(valid.from));
  valid.until = until.value_or(otherwise.until);
  return valid;
}

void Reader::check_references(Section& section, std::string_view key, const Ids& values,
                              const Ids& candidates, std::string_view table) {
  if (values.empty()) return;
  const auto written = section.array(key).value_or(Ids{});
  for (const std::string& value : values) {
    if (holds(candidates, value)) continue;
    const auto i = std::find(written.begin(), written.end(), value) - written.begin();
    const std::string where = section.where_in(key, static_cast<std::size_t>(i));
    problems_.push_back({where, with_suggestion(std::string(key) + ": '" + value + "' is not in " +
                                                    std::string(table),
                                                value, candidates)});
  }
}

// Identity.

void Reader::read_identity(Section& root) {
  if (!root.has("agreement")) root.complain("", "the table [agreement] is missing");
  auto identity = root.table("agreement");
  if (!identity) return;
  read_zone(*identity);
  if (identity->require("id")) agreement_.id = identity->text("id").value_or("");
  if (identity->require("title")) agreement_.title = identity->names("title").value_or(Names{});
  if (identity->require("in_force"))
    if (const auto from = instant(*identity, "in_force")) {
      agreement_.in_force.from = *from;
      in_force_known_ = true;
    }
  agreement_.in_force = validity(*identity, agreement_.in_force, false, "the agreement");
  agreement_.co_chairs = identity->texts("co_chairs").value_or(Ids{});
  agreement_.languages = identity->texts("languages").value_or(Ids{});
  if (const auto gap = identity->duration("max_gap")) {
    if (*gap <= Duration{})
      identity->complain("max_gap", "max_gap: a gap must be longer than nothing");
    agreement_.max_gap = *gap;
  }
  identity->finish();
}

void Reader::read_zone(Section& identity) {
  agreement_.time_zone = identity.text("time_zone").value_or("UTC");
  if (zone_ != nullptr) {
    agreement_.zone_offsets = *zone_;
    return;
  }
  if (auto table = zone_offsets(agreement_.time_zone)) {
    agreement_.zone_offsets = std::move(*table);
    return;
  }
  identity.complain("time_zone", with_suggestion("time_zone: '" + agreement_.time_zone +
                                                     "' is no zone of the IANA time-zone database",
                                                 agreement_.time_zone, zone_names()));
  agreement_.zone_offsets = {{quantities::earliest_instant, 0}};
}

void Reader::read_grades(Section& root) {
  for (const Section::Entry& entry : root.texts_by_id("grades")) {
    agreement_.grades.push_back({entry.id, entry.text});
    grade_ids_.push_back(entry.id);
  }
}

// Parties.

void Reader::read_parties(Section& root) {
  auto sections = root.by_id("parties");
  for (const auto& [id, section] : sections) party_ids_.push_back(id);
  for (auto& [id, section] : sections) agreement_.parties.push_back(read_party(id, section));
  std::sort(agreement_.parties.begin(), agreement_.parties.end(),
            [](const Party& a, const Party& b) { return a.id < b.id; });
}

Party Reader::read_party(const std::string& id, Section& section) {
  Party party;
  party.id = id;
  if (id == all_parties) section.complain("", "'all parties' cannot be the id of a party");
  if (section.require("name")) party.name = section.names("name").value_or(Names{});
  read_accession(section, party);
  party.withdrawn = deadline(section, "withdrawn", "party " + id);
  if (party.withdrawn && party.accession && *party.withdrawn <= party.accession->at)
    section.complain("withdrawn", "withdrawn: " + rfc3339(*party.withdrawn) +
                                      " is not after the accession, " +
                                      rfc3339(party.accession->at));
  party.outside = section.boolean("outside").value_or(false);
  if (party.outside && (party.accession || party.withdrawn))
    section.complain("outside", "outside: " + id +
                                    " cannot be outside the agreement and have acceded to it or "
                                    "withdrawn from it");
  party.guarantors = section.texts("guarantors").value_or(Ids{});
  Ids candidates = party_ids_;
  for (const std::string& chair : agreement_.co_chairs) add_once(candidates, chair);
  check_references(section, "guarantors", party.guarantors, candidates, "[parties] or co_chairs");
  if (holds(party.guarantors, id))
    section.complain("guarantors", "guarantors: " + id + " cannot answer for itself");
  section.finish();
  return party;
}

void Reader::read_accession(Section& section, Party& party) {
  if (!section.has("acceded")) return;
  if (!section.is_table("acceded")) {
    if (const auto at = instant(section, "acceded")) party.accession = Accession{*at, ""};
    return;
  }
  auto acceded = section.table("acceded");
  if (acceded->require("at"))
    if (const auto at = instant(*acceded, "at")) party.accession = Accession{*at, ""};
  const auto to = acceded->text("to");
  if (party.accession && to) party.accession->to = *to;
  acceded->finish();
}

// Amendments: read first for their dates; their areas and rules join the versions before them.

void Reader::read_amendments(Section& root) {
  for (auto& [id, section] : root.by_id("amendments")) {
    Amendment amendment;
    amendment.id = id;
    if (section.require("agreed"))
      amendment.agreed = instant(section, "agreed").value_or(agreement_.in_force.from);
    amendment.title = section.text("title").value_or("");
    const auto collect = [&](std::string_view key, std::vector<Amended>& into) {
      for (auto& [name, stated] : section.by_id(key)) {
        Amended amended{name, std::move(stated), id, amendment.agreed};
        const std::string term = "amendment " + id + ", " + name;
        amended.from = deadline(amended.section, "from", term).value_or(amendment.agreed);
        amended.ends = amended.section.boolean("ends").value_or(false);
        if (amended.from < amendment.agreed)
          warn(amended.section.where("from"), "from: " + rfc3339(amended.from) +
                                                  " is before amendment " + id + " was agreed, " +
                                                  rfc3339(amendment.agreed));
        into.push_back(std::move(amended));
      }
    };
    collect("areas", amended_areas_);
    collect("rules", amended_rules_);
    section.finish();
    agreement_.amendments.push_back(std::move(amendment));
  }
  const auto by_time = [](const auto& a, const auto& b) { return a.from < b.from; };
  std::stable_sort(amended_areas_.begin(), amended_areas_.end(), by_time);
  std::stable_sort(amended_rules_.begin(), amended_rules_.end(), by_time);
  std::sort(agreement_.amendments.begin(), agreement_.amendments.end(),
            [](const Amendment& a, const Amendment& b) {
              return std::tie(a.agreed, a.id) < std::tie(b.agreed, b.id);
            });
}

template <class T, class Read>
void Reader::add_versions(std::vector<T>& all, std::vector<Amended>& versions,
                          std::string_view noun, Read read) {
  const auto latest = [&](const std::string& id) -> T* {
    T* found = nullptr;
    for (T& version : all)
      if (version.id == id && (found == nullptr || found->valid.from < version.valid.from))
        found = &version;
    return found;
  };
  for (Amended& amended : versions) {
    Section& section = amended.section;
    T* former = latest(amended.id);
    const Period everything{amended.from, agreement_.in_force.until};
    Period valid = everything;
    if (former != nullptr && former->valid.until > amended.from) valid.until = former->valid.until;
    if (former != nullptr && amended.from <= former->valid.from)
      section.complain("from", "amendment " + amended.amendment + " begins " + std::string(noun) +
                                   " " + amended.id + " at " + rfc3339(amended.from) +
                                   ", not after the version that it replaces, " +
                                   rfc3339(former->valid.from));
    if (amended.ends) {
      if (former == nullptr) {
        Ids known;
        for (const T& version : all) add_once(known, version.id);
        section.complain(
            "", with_suggestion("amendment " + amended.amendment + " ends " + std::string(noun) +
                                    " " + amended.id + ", which is not in the agreement",
                                amended.id, known));
      }
      for (const std::string& key : section.keys())
        if (key != "from" && key != "ends")
          section.complain(key, "an " + std::string("amendment that ends ") + std::string(noun) +
                                    " " + amended.id + " says only 'ends' and 'from', not '" + key +
                                    "'");
      if (former != nullptr) former->valid.until = std::min(former->valid.until, amended.from);
      continue;
    }
    T version = read(amended.id, section, former, valid);
    version.amendment = amended.amendment;
    if (former != nullptr) former->valid.until = std::min(former->valid.until, amended.from);
    all.push_back(std::move(version));
  }
  std::stable_sort(all.begin(), all.end(), [](const T& a, const T& b) {
    return std::tie(a.id, a.valid.from) < std::tie(b.id, b.valid.from);
  });
}

// Areas.

void Reader::read_areas(Section& root) {
  for (auto& [id, section] : root.by_id("areas")) {
    const Period valid = validity(section, agreement_.in_force, true, "area " + id);
    agreement_.areas.push_back(read_area(id, section, nullptr, valid));
  }
  add_versions(agreement_.areas, amended_areas_, "area",
               [&](const std::string& id, Section& section, const Area* former, Period otherwise) {
                 const Period valid = validity(section, otherwise, false, "area " + id);
                 return read_area(id, section, former, valid);
               });
  for (const Area& area : agreement_.areas) add_once(area_ids_, area.id);
}

Area Reader::read_area(const std::string& id, Section& section, const Area* former, Period valid) {
  Area area;
  if (former != nullptr) {
    area = *former;
  } else {
    area.id = id;
    area.floor = {Reference::surface, {}, "SFC"};
    area.ceiling = {Reference::unlimited, {}, "UNL"};
    section.require("grade");
    section.require("outline");
  }
  area.valid = valid;
  area.where = section.where();
  if (const auto name = section.names("name")) area.name = *name;
  if (const auto grade = section.text("grade")) {
    area.grade = *grade;
    if (!holds(grade_ids_, *grade))
      section.complain("grade", with_suggestion("grade: '" + *grade + "' is not in [grades]",
                                                *grade, grade_ids_));
  }
  read_outline(section, former, area);
  read_limit(section, "floor", area, area.floor, area.floor_origin);
  read_limit(section, "ceiling", area, area.ceiling, area.ceiling_origin);
  check_heights(section, area);
  read_terrain(section, area);
  section.finish();
  return area;
}

// A height, or "file": as the airspace file of the outline states it.
void Reader::read_limit(Section& section, std::string_view key, const Area& area, Limit& limit,
                        LimitOrigin& origin) {
  if (section.has(key) && section.is_text(key) && section.text_is(key, "file")) {
    origin = LimitOrigin::file;
    limit = {};
    if (area.source.kind != OutlineSource::Kind::file)
      section.complain(key, std::string(key) + ": only an outline that is in a file has a " +
                                std::string(key) + " there");
  } else if (const auto stated = section.limit(key)) {
    origin = LimitOrigin::agreement;
    limit = *stated;
  }
}

void Reader::read_outline(Section& section, const Area* former, Area& area) {
  std::optional<OutlineSource> source;
  if (section.is_text("outline") || !section.is_table("outline")) {
    if (const auto text = section.text("outline")) source = outline_from_text(section, *text);
  } else if (auto outline = section.table("outline")) {
    source = outline_from_table(*outline);
    outline->finish();
  }
  if (source) area.source = std::move(*source);
  read_edges(section, source ? nullptr : former, area);
}

// The name in small letters, without the ending of what it is packed with.
std::string without_packing(std::string_view file) {
  std::string name = base::lower_case(file);
  for (std::string_view packed : {".gz", ".zst"})
    if (name.ends_with(packed)) name.resize(name.size() - packed.size());
  return name;
}

// AIXM says of each edge how it runs.
bool says_edges(std::string_view file) {
  const std::string name = without_packing(file);
  return name.ends_with(".xml") || name.ends_with(".aixm") || name.ends_with(".gml");
}

void Reader::read_edges(Section& section, const Area* former, Area& area) {
  using Source = OutlineSource::Kind;
  const auto edges = section.text("edges");
  if (edges) {
    area.source.edges = *edges == "geodesic" ? Edges::geodesic
                        : *edges == "rhumb"  ? Edges::rhumb
                        : *edges == "file"   ? Edges::as_filed
                                             : Edges::straight;
    if (*edges == "file" && area.source.kind != Source::file)
      section.complain("edges", "edges: only an outline that is in a file has edges there");
    if (area.source.kind == Source::circle && area.source.edges != Edges::geodesic)
      section.complain("edges",
                       "edges: a circle is all within a geodesic distance of its centre; "
                       "leave 'edges' out");
  } else if (former == nullptr && !section.has("edges")) {
    const bool drawn_on_the_earth =
        area.source.kind == Source::circle || area.source.kind == Source::corridor;
    area.source.edges = drawn_on_the_earth ? Edges::geodesic
                        : area.source.kind == Source::file && says_edges(area.source.file)
                            ? Edges::as_filed
                            : Edges::straight;
    if (area.source.kind == Source::vertices)
      warn(section.where("outline"),
           "the vertices do not say how the edges between them run; read as straight in longitude "
           "and latitude; write edges = \"straight\", \"geodesic\" or \"rhumb\" to be clear");
  }
}

// Outlines come from the folder of the case and from nowhere else.
bool is_in_case_folder(std::string_view file) {
  const auto parts = base::split(file, '/');
  return !file.starts_with('/') && file.find('\\') == std::string_view::npos &&
         file.find(':') == std::string_view::npos &&
         std::find(parts.begin(), parts.end(), "..") == parts.end();
}

// Complains of a file elsewhere, and forgets it.
void Reader::check_file(Section& section, std::string_view key, std::string& file) {
  if (is_in_case_folder(file)) return;
  section.complain(key, std::string(key) + ": '" + file +
                            "' is not a file of the case folder; expected a relative path "
                            "without '..', such as \"areas.geojson\"");
  file.clear();
}

bool is_outline_file(std::string_view file) {
  const std::string name = without_packing(file);
  return std::any_of(outline_endings().begin(), outline_endings().end(),
                     [&](const std::string& ending) { return name.ends_with(ending); });
}

// "areas.geojson#A-03", "areas.gpkg#zones/A-03", or "zone.kml" of a single feature
std::optional<OutlineSource> Reader::outline_from_text(Section& section, const std::string& text) {
  const std::size_t hash = std::min(text.find('#'), text.size());
  if (hash == 0 || hash + 1 == text.size() || !is_outline_file(text.substr(0, hash))) {
    section.complain("outline", "outline: '" + text +
                                    "' names no file of outlines; expected a form such as "
                                    "\"areas.geojson#A-03\" (" +
                                    base::listed(outline_endings(), "or") +
                                    "), or { circle = [\"35.93 N 36.63 E\", \"12 km\"] }");
    return {};
  }
  OutlineSource source;
  source.file = text.substr(0, hash);
  check_file(section, "outline", source.file);
  source.feature = hash < text.size() ? text.substr(hash + 1) : "";
  if (const std::size_t slash = source.feature.find('/'); slash != std::string::npos) {
    source.layer = source.feature.substr(0, slash);
    source.feature = source.feature.substr(slash + 1);
  }
  return source;
}

std::optional<OutlineSource> Reader::outline_from_table(Section& outline) {
  using Source = OutlineSource::Kind;
  OutlineSource source;
  source.file = outline.text("file").value_or("");
  check_file(outline, "file", source.file);
  source.layer = outline.text("layer").value_or("");
  source.feature = outline.text("feature").value_or("");
  const bool circle = circle_from(outline, source);
  const auto corridor = points_from(outline, "corridor", 2);
  const auto vertices = points_from(outline, "vertices", 3);
  const auto width = outline.length("width");
  int kinds = 0;
  for (std::string_view key : {"file", "circle", "corridor", "vertices"})
    if (outline.has(key)) ++kinds;
  if (kinds != 1) {
    outline.complain("",
                     "an outline is one of 'file', 'circle', 'corridor' and 'vertices'; found " +
                         std::string(kinds == 0 ? "none" : "several"));
    return {};
  }
  if (outline.has("width") && !outline.has("corridor"))
    outline.complain("width", "width: only a corridor has a width");
  for (std::string_view key : {"layer", "feature"})
    if (outline.has(key) && !outline.has("file"))
      outline.complain(key, std::string(key) + ": only a file has a " + std::string(key));
  if (outline.has("file")) {
    if (!source.file.empty() && !is_outline_file(source.file))
      outline.complain("file", "file: '" + source.file + "' is no file of outlines; expected " +
                                   base::listed(outline_endings(), "or"));
  } else if (circle) {
    source.kind = Source::circle;
  } else if (outline.has("corridor")) {
    source.kind = Source::corridor;
    source.vertices = corridor;
    if (outline.require("width") && width) source.radius = {width->tenth_mm / 2};
  } else {
    source.kind = Source::vertices;
    source.vertices = vertices;
  }
  return source;
}

bool Reader::circle_from(Section& outline, OutlineSource& source) {
  const auto parts = outline.array("circle");
  if (!parts) return false;
  if (parts->size() != 2) {
    outline.complain("circle",
                     "circle: expected a centre and a radius: [\"35.93 N 36.63 E\", \"12 km\"]");
    return true;
  }
  const auto centre = quantities::point_from((*parts)[0]);
  const auto radius = quantities::length_from((*parts)[1]);
  if (!centre)
    problems_.push_back(
        {outline.where_in("circle", 0),
         "circle: '" + (*parts)[0] + "' is no place; expected one such as \"35.93 N 36.63 E\""});
  if (!radius || *radius <= Length{})
    problems_.push_back(
        {outline.where_in("circle", 1),
         "circle: '" + (*parts)[1] + "' is no radius; expected one such as \"12 km\" or \"5 NM\""});
  source.centre = centre.value_or(quantities::Point{});
  source.radius = radius.value_or(Length{});
  return true;
}

std::vector<quantities::Point> Reader::points_from(Section& outline, std::string_view key,
                                                   std::size_t least) {
  std::vector<quantities::Point> points;
  const auto texts = outline.array(key);
  if (!texts) return points;
  for (std::size_t i = 0; i < texts->size(); ++i) {
    const auto point = quantities::point_from((*texts)[i]);
    if (point)
      points.push_back(*point);
    else
      problems_.push_back({outline.where_in(key, i),
                           std::string(key) + ": '" + (*texts)[i] +
                               "' is no place; expected one such as \"35.93 N 36.63 E\""});
  }
  if (texts->size() < least)
    outline.complain(key, std::string(key) + ": expected at least " + std::to_string(least) +
                              " places, found " + std::to_string(texts->size()));
  return points;
}

void Reader::check_heights(Section& section, const Area& area) {
  // What is in a file is looked at when it is resolved.
  if (area.floor_origin == LimitOrigin::file || area.ceiling_origin == LimitOrigin::file) return;
  const Limit& floor = area.floor;
  const Limit& ceiling = area.ceiling;
  if (floor.reference == Reference::unlimited)
    section.complain("floor", "floor: an area cannot begin at unlimited height");
  if (ceiling.reference == Reference::surface)
    section.complain("ceiling", "ceiling: an area that ends at the surface holds no flight");
  if (floor.reference == ceiling.reference && ceiling.height < floor.height)
    section.complain("ceiling", "ceiling: " + ceiling.text + " is below the floor, " + floor.text);
}

void Reader::read_terrain(Section& section, Area& area) {
  auto terrain = section.table("terrain");
  if (!terrain) return;
  const auto height = [&](std::string_view key) -> std::optional<Length> {
    if (!terrain->require(key)) return {};
    const auto limit = terrain->limit(key);
    if (limit && limit->reference != Reference::mean_sea_level) {
      terrain->complain(key, std::string(key) + ": '" + limit->text +
                                 "' is not above mean sea level; expected a form such as \"200 m "
                                 "MSL\"");
      return {};
    }
    return limit ? std::optional(limit->height) : std::nullopt;
  };
  const auto least = height("least");
  const auto most = height("most");
  if (least && most) {
    if (*most < *least) terrain->complain("most", "most: the highest ground is below the lowest");
    area.terrain = Terrain{*least, *most};
  }
  terrain->finish();
}

// Rules.

void Reader::read_rules(Section& root) {
  for (auto& [id, section] : root.by_id("rules")) {
    const Period valid = validity(section, agreement_.in_force, true, "rule " + id);
    agreement_.rules.push_back(read_rule(id, section, nullptr, valid));
  }
  add_versions(
      agreement_.rules, amended_rules_, "rule",
      [&](const std::string& id, Section& section, const FlightRule* former, Period otherwise) {
        const Period valid = validity(section, otherwise, false, "rule " + id);
        return read_rule(id, section, former, valid);
      });
}

FlightRule Reader::read_rule(const std::string& id, Section& section, const FlightRule* former,
                             Period valid) {
  FlightRule rule;
  if (former != nullptr)
    rule = *former;
  else
    for (std::string_view key : {"clause", "prohibits", "by", "in"}) section.require(key);
  rule.id = id;
  rule.valid = valid;
  rule.where = section.where();
  if (const auto clause = section.text("clause")) rule.clause = *clause;
  read_act(section);
  read_bound_parties(section, rule);
  if (const auto kinds = section.texts("aircraft")) {
    rule.aircraft.clear();
    for (const std::string& kind : *kinds)
      if (const auto known = aircraft_kind_from(kind)) rule.aircraft.push_back(*known);
  }
  read_where(section, rule);
  read_windows(section, rule);
  read_heights(section, rule);
  read_exceptions(section, former != nullptr, rule);
  if (const auto claims = section.texts("justifications")) rule.justifications = *claims;
  section.finish(later_rule_keys);
  return rule;
}

void Reader::read_act(Section& section) {
  const auto act = section.text_as_written("prohibits");
  if (!act || base::lower_case(base::trimmed(*act)) == "flight") return;
  if (base::nearest_word(*act, {"flight"}))
    section.complain("prohibits", "prohibits: '" + *act + "' is not known; did you mean 'flight'?");
  else
    section.complain("prohibits", "prohibits: '" + *act +
                                      "' is not supported yet by this version, which decides on "
                                      "\"flight\"; list the clause under [clauses]");
}

void Reader::read_bound_parties(Section& section, FlightRule& rule) {
  const auto by = section.texts("by");
  if (!by) return;
  rule.by.clear();
  if (by->size() == 1 && base::lower_case(by->front()) == all_parties) {
    for (const Party& party : agreement_.parties)
      if (!party.outside) rule.by.push_back(party.id);
    return;
  }
  if (by->empty()) section.complain("by", "by: no party is named; expected ids of [parties]");
  check_references(section, "by", *by, party_ids_, "[parties]");
  rule.by = *by;
}

void Reader::read_where(Section& section, FlightRule& rule) {
  auto where = section.table("in");
  if (!where) return;
  rule.grades = where->texts("grades").value_or(Ids{});
  rule.areas = where->texts("areas").value_or(Ids{});
  check_references(*where, "grades", rule.grades, grade_ids_, "[grades]");
  check_references(*where, "areas", rule.areas, area_ids_, "[areas]");
  const bool refused = where->has("lines") || where->has("bands");
  if (rule.grades.empty() && rule.areas.empty() && !refused)
    section.complain("in", "in: no grade and no area is named");
  where->finish(later_places);
}

void Reader::read_windows(Section& section, FlightRule& rule) {
  if (!section.has("when")) return;
  rule.when.clear();
  auto windows = section.tables("when");
  for (Section& window : windows) rule.when.push_back(read_window(window));
  if (windows.empty() && section.is_array("when"))
    section.complain("when", "when: no window is given; leave it out for a rule at all times");
}

Window Reader::read_window(Section& section) {
  Window window;
  if (const auto days = section.array("days")) {
    const auto understood = weekdays_from(*days);
    if (understood)
      window.weekdays = *understood;
    else
      section.complain("days", "days: " + understood.error());
    if (days->empty()) section.complain("days", "days: no day is named");
  }
  window.from_second = section.clock("from").value_or(window.from_second);
  window.until_second = section.clock("until").value_or(window.until_second);
  if (window.from_second == window.until_second)
    section.complain("until",
                     "the window ends at the moment at which it begins; for whole days leave "
                     "'from' and 'until' out");
  else if (window.from_second == 86'400)
    section.complain("from",
                     "from: a window cannot begin at 24:00; write \"00:00\" of the next "
                     "day");
  window.first_day = section.date("first_day");
  window.last_day = section.date("last_day");
  if (window.first_day && window.last_day && *window.last_day < *window.first_day)
    section.complain("last_day", "last_day: " + iso_date(*window.last_day) +
                                     " is before the first day, " + iso_date(*window.first_day));
  section.finish();
  return window;
}

void Reader::read_heights(Section& section, FlightRule& rule) {
  const auto height = [&](std::string_view key) -> std::optional<Limit> {
    const auto limit = section.limit(key);
    if (!limit ||
        (limit->reference != Reference::surface && limit->reference != Reference::unlimited))
      return limit;
    section.complain(key, std::string(key) + ": '" + limit->text +
                              "' decides nothing here; expected a height such as \"10000 ft MSL\"");
    return {};
  };
  if (const auto below = height("below")) rule.below = below;
  if (const auto above = height("above")) rule.above = above;
  if (rule.below && rule.above && rule.below->reference == rule.above->reference &&
      rule.below->height <= rule.above->height)
    section.complain("below",
                     "no height is below " + rule.below->text + " and above " + rule.above->text);
}

void Reader::read_exceptions(Section& section, bool amended, FlightRule& rule) {
  for (auto& [id, stated] : section.by_id("exceptions")) {
    const std::string& wanted = id;
    const auto former = std::find_if(rule.exceptions.begin(), rule.exceptions.end(),
                                     [&](const Exception& e) { return e.id == wanted; });
    const bool known = former != rule.exceptions.end();
    if (amended && stated.boolean("ends").value_or(false)) {
      if (known)
        rule.exceptions.erase(former);
      else
        stated.complain("ends", "ends: rule " + rule.id + " has no exception '" + id + "'");
      for (const std::string& key : stated.keys())
        if (key != "ends")
          stated.complain(key, "an exception that ends says only 'ends', not '" + key + "'");
      continue;
    }
    Exception exception = read_exception(id, stated);
    if (known)
      *former = std::move(exception);
    else
      rule.exceptions.push_back(std::move(exception));
  }
}

Exception Reader::read_exception(const std::string& id, Section& section) {
  Exception exception;
  exception.id = id;
  exception.where = section.where();
  if (section.require("purpose"))
    if (const auto purpose = section.text("purpose"))
      exception.purpose = purpose_from(*purpose).value_or(exception.purpose);
  exception.clause = section.text("clause").value_or("");
  exception.parties = section.texts("by").value_or(Ids{});
  if (exception.parties == Ids{std::string(all_parties)}) exception.parties.clear();
  check_references(section, "by", exception.parties, party_ids_, "[parties]");
  if (section.require("needs"))
    if (auto needs = section.table("needs")) {
      read_needs(*needs, exception);
      needs->finish();
    }
  section.finish();
  return exception;
}

void Reader::read_needs(Section& needs, Exception& exception) {
  if (needs.require("notice")) exception.notice = needs.notice("notice").value_or(NoticeNeed{});
  const bool understood = needs.has("notice") && !exception.notice.text.empty();
  const auto answer = needs.text("answer").value_or("none");
  exception.answer = answer == "agreed"         ? AnswerNeed::agreed
                     : answer == "acknowledged" ? AnswerNeed::acknowledged
                                                : AnswerNeed::none;
  const bool noticed = exception.notice.kind != NoticeNeed::Kind::none;
  exception.identity = needs.boolean("identity").value_or(noticed);
  exception.corridor = needs.length("corridor");
  exception.altitude_band = needs.boolean("altitude").value_or(false);
  exception.window = noticed;
  if (needs.is_text("window")) {
    exception.window_tolerance = needs.duration("window").value_or(Duration{});
    exception.window = true;
  } else {
    exception.window = needs.boolean("window").value_or(noticed);
  }
  if (!understood || noticed) return;
  // Without a notice there is nothing to answer and nothing to compare with.
  const std::pair<std::string_view, bool> asked[] = {
      {"answer", exception.answer != AnswerNeed::none},
      {"identity", exception.identity},
      {"corridor", exception.corridor.has_value()},
      {"window", exception.window},
      {"altitude", exception.altitude_band}};
  for (const auto& [key, is_asked] : asked)
    if (is_asked)
      needs.complain(key, std::string(key) +
                              ": this asks something of a notice, and notice = \"none\" asks for "
                              "no notice");
}

// The rest.

void Reader::read_clauses(Section& root) {
  for (auto& [id, section] : root.by_id("clauses")) {
    UndecidedClause clause;
    clause.id = id;
    if (section.require("clause")) clause.clause = section.text("clause").value_or("");
    if (section.require("reason")) clause.reason = section.text("reason").value_or("");
    for (const FlightRule& rule : agreement_.rules)
      if (rule.id == id) {
        section.complain("", "clause " + id +
                                 " is listed as one that no machine can decide and "
                                 "is a rule at " +
                                 rule.where + " as well");
        break;
      }
    section.finish();
    agreement_.undecided.push_back(std::move(clause));
  }
  std::sort(agreement_.undecided.begin(), agreement_.undecided.end(),
            [](const UndecidedClause& a, const UndecidedClause& b) { return a.id < b.id; });
}

void Reader::read_evidence(Section& root) {
  auto standard = root.table("evidence_standard");
  if (!standard) return;
  if (auto violation = standard->table("violation")) {
    EvidenceStandard& evidence = agreement_.evidence_standard;
    if (const auto origins = violation->integer("origins")) {
      if (*origins < 1 || *origins > 100)
        violation->complain("origins", "origins: expected 1 to 100 independent origins, found " +
                                           std::to_string(*origins));
      else
        evidence.origins = static_cast<int>(*origins);
    }
    if (const auto by = violation->text("or_accepted_by")) {
      evidence.accepted_by = *by == "nobody"         ? EvidenceStandard::Acceptance::nobody
                             : *by == "any co-chair" ? EvidenceStandard::Acceptance::any_co_chair
                                                     : EvidenceStandard::Acceptance::all_co_chairs;
      if (*by != "nobody" && agreement_.co_chairs.empty())
        warn(violation->where("or_accepted_by"),
             "or_accepted_by: no co_chairs are named, so there is no source that they accept");
    }
    violation->finish();
  }
  standard->finish();
}

void Reader::read_coverage(Section& root) {
  auto coverage = root.table("coverage");
  if (!coverage) return;
  if (const auto share = coverage->decimal("compliant_from")) {
    if (*share <= 0 || *share > 1)
      coverage->complain("compliant_from",
                         "compliant_from: expected a share above 0 and up to 1, such as 0.8");
    agreement_.compliant_from = *share;
  }
  coverage->finish();
}

void Reader::read_counting(Section& root) {
  auto counting = root.table("counting");
  if (!counting) return;
  agreement_.counting.unit = counting->text("unit").value_or(agreement_.counting.unit);
  if (const auto cut_off = counting->clock("cut_off")) {
    if (*cut_off == 86'400)
      counting->complain("cut_off", "cut_off: expected \"00:00\" to \"23:59\"");
    agreement_.counting.cut_off_second = *cut_off;
  }
  const auto zone = counting->text("time_zone");
  if (zone && *zone != agreement_.time_zone)
    counting->complain("time_zone", "time_zone: counting in another zone than the agreement's, " +
                                        agreement_.time_zone +
                                        ", is not supported yet by this version");
  counting->finish();
}

void Reader::read_release(Section& root) {
  auto release = root.table("release");
  if (!release) return;
  agreement_.release.delay = release->duration("delay").value_or(Duration{});
  agreement_.release.coarsening = release->length("coarsening");
  agreement_.release.never = release->texts("never").value_or(Ids{});
  agreement_.release.text = release->text("text").value_or("");
  release->finish();
}

std::optional<Span> Reader::span(Section& section, std::string_view key, std::string_view unit,
                                 Span allowed) {
  std::optional<Span> found;
  if (section.is_table(key)) {
    auto ends = section.table(key);
    const auto least = ends->require("least") ? ends->decimal("least") : std::nullopt;
    const auto most = ends->require("most") ? ends->decimal("most") : std::nullopt;
    ends->finish();
    if (least && most) found = Span{*least, *most};
  } else if (const auto text = section.text(key)) {
    const auto understood = span_from(*text, unit);
    if (understood)
      found = *understood;
    else
      section.complain(key, std::string(key) + ": " + understood.error());
  }
  if (!found) return {};
  if (found->least >= allowed.least && found->most <= allowed.most && found->least <= found->most)
    return found;
  const auto whole = [](double v) { return std::to_string(std::llround(v)); };
  section.complain(key, std::string(key) + ": expected a range within " + whole(allowed.least) +
                            ".." + whole(allowed.most) + " " + std::string(unit) +
                            ", the lesser end first");
  return {};
}

void Reader::read_atmosphere(Section& root) {
  auto atmosphere = root.table("atmosphere");
  if (!atmosphere) return;
  // The extremes ever measured at sea level are 870 hPa and 1084 hPa.
  if (const auto pressure = span(*atmosphere, "pressure", "hPa", {850, 1100})) {
    agreement_.atmosphere.least_hpa = pressure->least;
    agreement_.atmosphere.most_hpa = pressure->most;
  }
  if (const auto deviation = span(*atmosphere, "isa_deviation", "K", {-80, 60})) {
    agreement_.atmosphere.least_isa_deviation_k = deviation->least;
    agreement_.atmosphere.most_isa_deviation_k = deviation->most;
  }
  atmosphere->finish();
}

}  // namespace

Reading read_agreement(std::string_view toml, std::string_view file,
                       const std::vector<ZoneOffset>* zone) {
  return Reader(file, zone).read(toml);
}

}  // namespace truce::terms
