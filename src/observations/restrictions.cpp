#include <algorithm>

#include "base/text.h"
#include "base/toml.h"
#include "observations/sightings.h"
#include "observations/toml_quantities.h"

namespace truce::observations {

using base::TomlTable;

namespace {

const std::vector<std::string> kinds = {"jamming", "receiver_down", "denied", "delayed",
                                        "conditional"};

// From `from` to `until`; a restriction that has not ended leaves `until` out.
quantities::Period period_in(TomlTable& table) {
  quantities::Period when;
  if (!table.has("from")) table.complain("", "from is missing: when did the restriction begin?");
  const auto from = instant_in(table, "from");
  const auto until = instant_in(table, "until");
  if (from) when.from = *from;
  if (until) when.until = *until;
  if (from && until && *until <= *from)
    table.complain("until", "until: " + rfc3339(*until) + " is not after from, " + rfc3339(*from));
  return when;
}

Restriction restriction_from(const std::string& id, TomlTable& table) {
  Restriction restriction;
  restriction.id = id;
  restriction.where = table.where();
  if (const auto kind = table.required_text("kind");
      kind && expect_word(table, "kind", *kind, kinds))
    restriction.kind = static_cast<Restriction::Kind>(std::find(kinds.begin(), kinds.end(), *kind) -
                                                      kinds.begin());
  restriction.when = period_in(table);
  restriction.centre = point_in(table, "centre");
  restriction.radius = length_in(table, "radius").value_or(quantities::Length{});
  if (table.has("centre") != table.has("radius"))
    table.complain(table.has("centre") ? "centre" : "radius",
                   "centre and radius belong together: give both, or neither for everywhere");
  restriction.sources = table.texts("sources").value_or(std::vector<std::string>{});
  restriction.by = table.text("by").value_or("");
  restriction.text = table.text("text").value_or("");
  table.report_unknown_keys();
  return restriction;
}

}  // namespace

std::string_view to_string(Restriction::Kind kind) {
  return kinds[static_cast<std::size_t>(kind)];
}

RestrictionsReading read_restrictions(std::string_view toml, std::string_view file) {
  RestrictionsReading reading;
  auto root = TomlTable::parse(toml, file, reading.problems);
  if (!root) return reading;
  for (auto& [id, table] : root->children("restrictions"))
    reading.restrictions.push_back(restriction_from(id, table));
  root->report_unknown_keys();
  std::sort(reading.restrictions.begin(), reading.restrictions.end(),
            [](const Restriction& a, const Restriction& b) { return a.id < b.id; });
  return reading;
}

}  // namespace truce::observations
