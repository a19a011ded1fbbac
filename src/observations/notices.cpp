#include "observations/notices.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "base/toml.h"
#include "observations/csv.h"
#include "observations/toml_quantities.h"

namespace truce::observations {

using base::TomlTable;
using quantities::Period;

namespace {

const std::vector<std::string> step_kinds = {"notified",    "acknowledged", "agreed", "denied",
                                             "alternative", "flown",        "closed", "withdrawn"};
constexpr std::size_t step_kind_count = 8;

const std::vector<std::string> purposes = {"medical evacuation", "personnel recovery",
                                           "humanitarian", "search and rescue"};

// What item 18 of a flight plan may say after STS/ (ICAO Doc 4444, appendix 2, and the NONRNP of
// its amendment 12); others are kept as well, with a warning.
const std::vector<std::string> special_handling = {"ALTRV",  "ATFMX",   "FFR", "FLTCK", "HAZMAT",
                                                   "HEAD",   "HOSP",    "HUM", "MARSA", "MEDEVAC",
                                                   "NONRNP", "NONRVSM", "SAR", "STATE"};

// Everything that both formats say of a notice, as texts with the place of each. Reading them is
// the same for both.
struct Told {
  std::string id;
  std::string where;
  std::map<std::string, std::string> places;  ///< By key; `where` if it is not here.
  const std::string& place(const std::string& key) const {
    const auto found = places.find(key);
    return found == places.end() ? where : found->second;
  }
};

class NoticeBuilder {
 public:
  NoticeBuilder(Told told, LedgerReading& reading) : told_(std::move(told)), reading_(reading) {
    notice_.id = told_.id;
    notice_.where = told_.where;
  }

  Notice& notice() { return notice_; }
  void problem(const std::string& key, const std::string& message) {
    reading_.problems.push_back({told_.place(key), "notice " + told_.id + ": " + message});
    good_ = false;
  }
  void warning(const std::string& key, const std::string& message) {
    reading_.warnings.push_back({told_.place(key), "notice " + told_.id + ": " + message});
  }

  void purpose(const std::string& text) {
    notice_.purpose = text;
    if (!text.empty() && std::find(purposes.begin(), purposes.end(), text) == purposes.end())
      warning("purpose", unexpected_word("purpose", text, purposes));
  }
  void item_18(const std::string& text);
  void address(const std::string& text) {
    if (const auto address = address_from(text))
      notice_.addresses.push_back(*address);
    else
      problem("address",
              "address: expected six hexadecimal digits, found '" + base::valid_utf8(text) + "'");
  }
  void route(const std::vector<std::string>& places);
  void heights(const std::string& lowest, const std::string& highest);
  void step(NoticeStep step) { notice_.steps.push_back(std::move(step)); }

  /// Puts the notice into the ledger unless something about it could not be understood.
  void finish();

 private:
  void compare_steps();

  Told told_;
  LedgerReading& reading_;
  Notice notice_;
  bool good_ = true;
};

// "STS/MEDEVAC", "STS/MEDEVAC HEAD", "medevac"
void NoticeBuilder::item_18(const std::string& text) {
  std::string upper(base::trimmed(text));
  for (char& c : upper)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (upper.starts_with("STS/")) upper.erase(0, 4);
  for (std::string_view word : base::split(upper, ' ')) {
    word = base::trimmed(word);
    if (word.empty()) continue;
    notice_.item_18.emplace_back(base::valid_utf8(word));
    if (std::find(special_handling.begin(), special_handling.end(), word) == special_handling.end())
      warning("item_18", unexpected_word("item_18", word, special_handling));
  }
}

void NoticeBuilder::route(const std::vector<std::string>& places) {
  for (const std::string& text : places) {
    if (const auto point = quantities::point_from(text))
      notice_.route.push_back(*point);
    else
      problem("route", "route: expected a place such as \"33.5 N 36.3 E\", found '" +
                           base::valid_utf8(text) + "'");
  }
}

struct Height {
  std::optional<quantities::Length> length;  ///< Nothing: no limit (surface below, UNL above).
  std::string reference;                     ///< "" if the text names none.
};

// "FL100", "2000 ft MSL", "500 m AGL", "SFC", "UNL"; "2000 ft" leaves the reference open.
std::optional<Height> height_from(std::string_view text) {
  std::string upper(base::trimmed(text));
  for (char& c : upper)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (upper == "SFC" || upper == "GND" || upper == "UNL") return Height{};
  if (upper.starts_with("FL")) {
    const auto level = base::whole_number(base::trimmed(std::string_view(upper).substr(2)));
    if (!level || *level < 0 || *level > 999) return {};
    return Height{quantities::feet(static_cast<double>(*level) * 100), "pressure"};
  }
  Height height;
  const struct {
    std::string_view word, reference;
  } references[] = {{"AMSL", "msl"}, {"MSL", "msl"}, {"AGL", "agl"}, {"STD", "pressure"}};
  for (const auto& r : references) {
    if (!upper.ends_with(r.word)) continue;
    height.reference = r.reference;
    upper.erase(upper.size() - r.word.size());
    break;
  }
  height.length = quantities::length_from(upper);
  if (!height.length) return {};
  return height;
}

void NoticeBuilder::heights(const std::string& lowest, const std::string& highest) {
  const auto read = [&](const std::string& key, const std::string& text) -> Height {
    if (base::trimmed(text).empty()) return {};
    if (auto height = height_from(text)) return *height;
    problem(key, key +
                     ": expected a height such as \"FL100\", \"2000 ft MSL\" or \"500 ft AGL\", " +
                     "found '" + base::valid_utf8(text) + "'");
    return {};
  };
  Height low = read("lowest", lowest), high = read("highest", highest);
  notice_.lowest = low.length;
  notice_.highest = high.length;
  // One that names no reference means that of the other: "2000 ft" up to "6000 ft MSL".
  if (low.reference.empty() && low.length) low.reference = high.reference;
  if (high.reference.empty() && high.length) high.reference = low.reference;
  notice_.height_reference = low.reference.empty() ? high.reference : low.reference;
  const std::string key = low.length ? "lowest" : "highest";
  if ((low.length || high.length) && notice_.height_reference.empty())
    problem(key, key + ": above what? Write FL, MSL or AGL, as in \"2000 ft MSL\"");
  else if (low.length && high.length && low.reference != high.reference)
    problem("highest", "lowest and highest are measured from different zeros (" + low.reference +
                           " and " + high.reference + "); give both above the same");
  else if (low.length && high.length && *high.length < *low.length)
    problem("highest",
            "highest: " + feet_text(*high.length) + " is below lowest, " + feet_text(*low.length));
}

bool is_answer(NoticeStep::Kind kind) {
  return kind == NoticeStep::Kind::acknowledged || kind == NoticeStep::Kind::agreed ||
         kind == NoticeStep::Kind::denied || kind == NoticeStep::Kind::alternative;
}

void NoticeBuilder::compare_steps() {
  std::stable_sort(notice_.steps.begin(), notice_.steps.end(),
                   [](const NoticeStep& a, const NoticeStep& b) { return a.at < b.at; });
  const auto& steps = notice_.steps;
  const auto notified = std::find_if(steps.begin(), steps.end(), [](const NoticeStep& s) {
    return s.kind == NoticeStep::Kind::notified;
  });
  for (const NoticeStep& s : steps) {
    if (!is_answer(s.kind)) continue;
    const std::string answer(to_string(s.kind));
    if (notified == steps.end())
      warning("steps", answer + " at " + rfc3339(s.at) + " but never notified");
    else if (s.at < notified->at)
      warning("steps", answer + " at " + rfc3339(s.at) + ", before it was notified at " +
                           rfc3339(notified->at));
    for (const NoticeStep& other : steps)
      if (s.kind == NoticeStep::Kind::agreed && other.kind == NoticeStep::Kind::denied &&
          s.at == other.at)
        warning("steps", "both agreed and denied at " + rfc3339(s.at));
  }
}

void NoticeBuilder::finish() {
  Notice& n = notice_;
  if (n.from && n.until && *n.until <= *n.from)
    problem("until", "until: " + rfc3339(*n.until) + " is not after from, " + rfc3339(*n.from));
  if (n.route.size() == 1) problem("route", "route: one place makes no route; give at least two");
  compare_steps();
  if (n.addresses.empty() && n.registrations.empty() && n.call_signs.empty() && good_)
    warning("", "it names no aircraft (address, registration or call_sign)");
  if (n.purpose.empty() && n.item_18.empty())
    warning("", "it names no purpose (purpose or item_18)");
  if (good_) reading_.ledger.notices.push_back(std::move(notice_));
}

// Sorts, drops what is said twice, and joins the periods that touch or overlap.
std::vector<Period> joined(std::vector<Period> periods) {
  std::sort(periods.begin(), periods.end(), [](const Period& a, const Period& b) {
    return std::pair(a.from, a.until) < std::pair(b.from, b.until);
  });
  std::vector<Period> out;
  for (const Period& p : periods) {
    if (!out.empty() && p.from <= out.back().until)
      out.back().until = std::max(out.back().until, p.until);
    else
      out.push_back(p);
  }
  return out;
}

void add_complete(LedgerReading& reading, const std::string& where, std::optional<Instant> from,
                  std::optional<Instant> until) {
  if (!from || !until) return;
  if (*until <= *from)
    reading.problems.push_back(
        {where, "complete: until " + rfc3339(*until) + " is not after from, " + rfc3339(*from)});
  else
    reading.ledger.complete.push_back({*from, *until});
}

// By id; the second notice of one id is a problem and is left out.
void settle(LedgerReading& reading) {
  auto& notices = reading.ledger.notices;
  std::stable_sort(notices.begin(), notices.end(),
                   [](const Notice& a, const Notice& b) { return a.id < b.id; });
  std::vector<Notice> once;
  for (Notice& notice : notices) {
    if (once.empty() || once.back().id != notice.id)
      once.push_back(std::move(notice));
    else
      reading.problems.push_back(
          {notice.where,
           "notice " + notice.id + ": the same id was given at " + once.back().where});
  }
  notices = std::move(once);
  reading.ledger.complete = joined(std::move(reading.ledger.complete));
}

// ---- TOML ----

void steps_in(TomlTable& table, NoticeBuilder& builder, base::Problems& problems) {
  for (TomlTable& row : table.tables("steps")) {
    const std::size_t before = problems.size();
    const auto kind = row.required_text("kind");
    const bool known = kind && expect_word(row, "kind", *kind, step_kinds);
    if (!row.has("at")) row.complain("", "[steps] at is missing");
    const auto at = instant_in(row, "at");
    const auto by = row.text("by");
    row.report_unknown_keys();
    if (!known || !at || problems.size() != before) continue;
    const auto index = std::find(step_kinds.begin(), step_kinds.end(), *kind) - step_kinds.begin();
    builder.step({static_cast<NoticeStep::Kind>(index), *at, by.value_or("")});
  }
}

void notice_in(const std::string& id, TomlTable& table, std::uint32_t input,
               LedgerReading& reading) {
  Told told{id, table.where(), {}};
  for (const std::string& key : table.keys()) told.places[key] = table.where(key);
  if (!table.has("address") && table.has("addresses"))
    told.places["address"] = table.where("addresses");
  const std::size_t problems_before = reading.problems.size();
  NoticeBuilder builder(std::move(told), reading);
  Notice& notice = builder.notice();
  notice.evidence = {input, line_of(notice.where)};
  notice.party = table.required_text("party").value_or("");
  builder.purpose(table.text("purpose").value_or(""));
  for (const std::string& text : table.texts("item_18").value_or(std::vector<std::string>{}))
    builder.item_18(text);
  for (const std::string& text : texts_in(table, "address", "addresses")) builder.address(text);
  notice.registrations = texts_in(table, "registration", "registrations");
  notice.call_signs = texts_in(table, "call_sign", "call_signs");
  notice.from = instant_in(table, "from");
  notice.until = instant_in(table, "until");
  builder.route(table.texts("route").value_or(std::vector<std::string>{}));
  builder.heights(table.text("lowest").value_or(""), table.text("highest").value_or(""));
  steps_in(table, builder, reading.problems);
  table.report_unknown_keys();
  if (reading.problems.size() == problems_before) builder.finish();
}

void read_toml(std::string_view text, std::string_view file, std::uint32_t input,
               LedgerReading& reading) {
  auto root = TomlTable::parse(text, file, reading.problems);
  if (!root) return;
  for (TomlTable& period : root->tables("complete")) {
    for (const char* key : {"from", "until"})
      if (!period.has(key)) period.complain("", std::string("[complete] ") + key + " is missing");
    const auto from = instant_in(period, "from");
    const auto until = instant_in(period, "until");
    period.report_unknown_keys();
    add_complete(reading, period.where("until"), from, until);
  }
  for (auto& [id, table] : root->children("notices")) notice_in(id, table, input, reading);
  root->report_unknown_keys();
}

// ---- CSV ----

// The parts of a field that holds several values.
std::vector<std::string> parts_of(std::string_view field, std::string_view separators) {
  std::vector<std::string> parts;
  while (!field.empty()) {
    const std::size_t end = std::min(field.find_first_of(separators), field.size());
    if (const auto part = base::trimmed(field.substr(0, end)); !part.empty())
      parts.emplace_back(part);
    field.remove_prefix(std::min(end + 1, field.size()));
  }
  return parts;
}

class CsvLedger {
 public:
  CsvLedger(std::string_view file, std::uint32_t input, LedgerReading& reading)
      : file_(file), input_(input), reading_(reading) {}

  void take(const CsvRow& row) {
    const std::string where = file_ + ":" + std::to_string(row.line);
    if (row.fault != CsvRow::Fault::none)
      return void(reading_.problems.push_back({where, std::string(to_string(row.fault))}));
    if (!base::is_utf8(row.text))
      return void(reading_.problems.push_back(
          {where, "this line is not UTF-8 text; save the file as UTF-8"}));
    if (!header_) return take_header(row, where);
    const std::string id(header_->field(row, "id"));
    if (id.empty()) return void(reading_.problems.push_back({where, "id is missing"}));
    if (row.fields.size() > header_->size())
      return void(reading_.problems.push_back(
          {where, "notice " + id + ": " + std::to_string(row.fields.size()) +
                      " fields, the header has " + std::to_string(header_->size())}));
    if (base::lower_case(id) == "complete") return take_complete(row, where);
    take_notice(row, id, where);
  }

 private:
  void take_header(const CsvRow& row, const std::string& where) {
    header_.emplace(row);
    std::vector<std::string> known = {"id",        "party",      "purpose",      "item_18",
                                      "address",   "addresses",  "registration", "registrations",
                                      "call_sign", "call_signs", "from",         "until",
                                      "route",     "lowest",     "highest"};
    for (const std::string& kind : step_kinds) {
      known.push_back(kind + "_at");
      known.push_back(kind + "_by");
    }
    std::size_t recognised = 0;
    for (const std::string& name : known) recognised += header_->has(name);
    if (recognised == header_->size()) return;
    for (const std::string& name : header_->names()) {
      std::string same = base::lower_case(base::trimmed(name));
      std::replace_if(same.begin(), same.end(), [](char c) { return c == ' ' || c == '-'; }, '_');
      if (std::find(known.begin(), known.end(), same) != known.end()) continue;
      std::string message = "unknown column '" + base::valid_utf8(name) + "' is not read";
      if (const auto near = base::nearest_word(same, known))
        message += "; did you mean '" + *near + "'?";
      reading_.warnings.push_back({where, message});
    }
  }

  std::optional<Instant> instant(const CsvRow& row, const std::string& column,
                                 const std::string& where, const std::string& id) {
    const std::string_view text = header_->field(row, column);
    if (text.empty()) return {};
    const auto at = quantities::instant_from(text);
    if (!at) {
      reading_.problems.push_back(
          {where, "notice " + id + ": " + column +
                      ": expected a time with an offset, such as 2016-02-27T10:00:00Z, found '" +
                      base::valid_utf8(text) + "'"});
      failed_ = true;
    }
    return at;
  }

  void take_complete(const CsvRow& row, const std::string& where) {
    failed_ = false;
    const auto from = instant(row, "from", where, "complete");
    const auto until = instant(row, "until", where, "complete");
    if ((!from || !until) && !failed_)
      reading_.problems.push_back({where, "complete: from and until are both needed"});
    add_complete(reading_, where, from, until);
  }

  void take_notice(const CsvRow& row, const std::string& id, const std::string& where) {
    failed_ = false;
    NoticeBuilder builder(Told{id, where, {}}, reading_);
    Notice& notice = builder.notice();
    notice.evidence = {input_, static_cast<std::uint32_t>(row.line)};
    const auto text = [&](std::string_view name) { return std::string(header_->field(row, name)); };
    const auto several = [&](std::string_view one, std::string_view many,
                             std::string_view separators) {
      auto all = parts_of(header_->field(row, one), separators);
      for (auto& more : parts_of(header_->field(row, many), separators))
        all.push_back(std::move(more));
      return all;
    };
    notice.party = text("party");
    if (notice.party.empty()) builder.problem("", "party is missing");
    builder.purpose(text("purpose"));
    for (const std::string& part : parts_of(header_->field(row, "item_18"), ";|,"))
      builder.item_18(part);
    for (const std::string& part : several("address", "addresses", ";|, ")) builder.address(part);
    notice.registrations = several("registration", "registrations", ";|,");
    notice.call_signs = several("call_sign", "call_signs", ";|,");
    notice.from = instant(row, "from", where, id);
    notice.until = instant(row, "until", where, id);
    builder.route(parts_of(header_->field(row, "route"), ";|"));
    builder.heights(text("lowest"), text("highest"));
    for (std::size_t k = 0; k < step_kind_count; ++k) {
      const std::string by = text(step_kinds[k] + "_by");
      if (const auto at = instant(row, step_kinds[k] + "_at", where, id))
        builder.step({static_cast<NoticeStep::Kind>(k), *at, by});
      else if (!by.empty() && header_->field(row, step_kinds[k] + "_at").empty())
        builder.warning("", step_kinds[k] + " by " + base::valid_utf8(by) +
                                ", but it does not say when: this step is not counted");
    }
    if (!failed_) builder.finish();
  }

  std::string file_;
  std::uint32_t input_;
  LedgerReading& reading_;
  std::optional<CsvHeader> header_;
  bool failed_ = false;
};

// A CSV ledger has the column "id" in its first line; no line of TOML looks like that.
bool is_csv(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty() && (text.front() == '\n' || text.front() == '\r')) text.remove_prefix(1);
  const std::string_view line = text.substr(0, text.find('\n'));
  if (line.find('=') != std::string_view::npos || line.starts_with("[") || line.starts_with("#"))
    return false;
  for (std::string_view field : base::split(line, detected_separator(line))) {
    field = base::trimmed(field);
    if (field.size() >= 2 && field.front() == '"' && field.back() == '"')
      field = base::trimmed(field.substr(1, field.size() - 2));
    if (base::lower_case(field) == "id") return true;
  }
  return false;
}

}  // namespace

std::string_view to_string(NoticeStep::Kind kind) {
  return step_kinds[static_cast<std::size_t>(kind)];
}

bool Ledger::is_complete_at(Instant t) const {
  return std::any_of(complete.begin(), complete.end(),
                     [&](const Period& p) { return p.contains(t); });
}

LedgerReading read_notices(std::string_view text, std::string_view file, std::uint32_t input) {
  LedgerReading reading;
  if (is_csv(text)) {
    CsvLedger ledger(file, input, reading);
    read_csv(text, [&](const CsvRow& row) { ledger.take(row); });
  } else {
    read_toml(text, file, input, reading);
  }
  settle(reading);
  return reading;
}

}  // namespace truce::observations
