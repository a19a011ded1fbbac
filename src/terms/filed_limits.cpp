#include "terms/filed_limits.h"

#include <fmt/format.h>

#include "base/text.h"

namespace truce::terms {

namespace {

using base::Problems;

constexpr std::size_t most_listed = 3;

// One limit of an area: its floor or its ceiling.
struct Side {
  const char* name;      // "floor"
  const char* left_out;  // what holds if nobody says anything
  Limit& limit;
  LimitOrigin origin;
  const std::optional<ChartedLimit>& filed;
};

std::string message(const Area& area, std::string text) {
  return fmt::format("area {}: {}", area.id, text);
}

void take(const Area& area, const ChartedArea* charted, const Side& side, Problems& problems) {
  const auto complain = [&](std::string text) {
    problems.push_back({area.where, message(area, std::move(text))});
  };
  if (side.origin == LimitOrigin::agreement) return;
  const bool from_file = side.origin == LimitOrigin::file;
  if (charted == nullptr || !side.filed) {
    if (from_file)
      complain(fmt::format("{} = \"file\", but {} states no {} for it; write one", side.name,
                           charted == nullptr ? area.source.file : charted->where, side.name));
    return;
  }
  const ChartedLimit& filed = *side.filed;
  if (!filed.limit) {
    complain(fmt::format("{}: the {} {} of {} {}; write the {} that is meant", side.name, side.name,
                         base::quoted_json(filed.text), filed.where, filed.why, side.name));
  } else if (from_file) {
    side.limit = *filed.limit;
  } else if (!same_height(*filed.limit, side.limit)) {
    complain(
        fmt::format("the {} is left out, which means {}, but {} states {}; write {} = \"file\" "
                    "to take it from there, or the {} that is meant",
                    side.name, side.left_out, filed.where, base::quoted_json(filed.text), side.name,
                    side.name));
  }
}

void check_heights(const Area& area, Problems& problems) {
  const auto complain = [&](std::string text) {
    problems.push_back({area.where, message(area, std::move(text))});
  };
  if (area.floor_origin != LimitOrigin::file && area.ceiling_origin != LimitOrigin::file) return;
  if (area.floor.reference == Reference::unlimited)
    complain("floor: an area cannot begin at unlimited height");
  if (area.ceiling.reference == Reference::surface)
    complain("ceiling: an area that ends at the surface holds no flight");
  if (area.floor.reference == area.ceiling.reference && area.ceiling.height < area.floor.height)
    complain(
        fmt::format("its ceiling, {}, is below its floor, {}", area.ceiling.text, area.floor.text));
}

void compare(const Area& area, const char* name, const Limit& meant, LimitOrigin origin,
             const std::optional<ChartedLimit>& filed, Problems& out) {
  if (origin != LimitOrigin::agreement || !filed) return;
  if (filed->limit && same_height(*filed->limit, meant)) return;
  out.push_back({area.where, message(area, fmt::format("its {} is {}; {} says {}, which does not "
                                                       "count",
                                                       name, meant.text, filed->where,
                                                       base::quoted_json(filed->text)))});
}

std::string period_text(quantities::Period period) {
  std::string text;
  if (period.from != quantities::earliest_instant) text = "from " + rfc3339(period.from);
  if (period.until != quantities::latest_instant)
    text += (text.empty() ? "until " : " until ") + rfc3339(period.until);
  return text;
}

void compare_times(const Area& area, const ChartedArea& charted, Problems& out) {
  std::vector<std::string> said;
  if (charted.valid.from > area.valid.from || charted.valid.until < area.valid.until)
    said.push_back("valid " + period_text(charted.valid));
  for (const std::string& time : charted.times) {
    if (said.size() == most_listed) break;
    said.push_back(time);
  }
  if (said.empty()) return;
  const std::size_t more =
      charted.times.size() > most_listed ? charted.times.size() - most_listed : 0;
  std::string text = base::listed(said);
  if (more > 0) text += fmt::format(" and {} more", more);
  out.push_back({area.where, message(area, fmt::format("{} limits it in time ({}), which does not "
                                                       "count: 'from' and 'until' of the area and "
                                                       "'when' of the rules do",
                                                       charted.where, text))});
}

bool has_edges(const ChartedArea& charted, areas::EdgeKind other_than) {
  for (const ChartedShape& shape : charted.shapes)
    if (const auto* polygon = std::get_if<ChartedPolygon>(&shape))
      for (const areas::Stretch& stretch : polygon->outer)
        if (!stretch.arc && stretch.kind != other_than) return true;
  return false;
}

void compare_edges(const Area& area, const ChartedArea& charted, Problems& out) {
  if (!charted.says_edges || area.source.edges == Edges::as_filed) return;
  const areas::EdgeKind meant = area.source.edges == Edges::geodesic ? areas::EdgeKind::geodesic
                                : area.source.edges == Edges::rhumb  ? areas::EdgeKind::rhumb
                                                                     : areas::EdgeKind::straight;
  if (!has_edges(charted, meant)) return;
  out.push_back(
      {area.where, message(area, fmt::format("its edges are {}; {} says otherwise of "
                                             "some, which does not count",
                                             to_string(area.source.edges), charted.where))});
}

}  // namespace

bool same_height(const Limit& a, const Limit& b) {
  if (a.reference == b.reference) return a.height == b.height;
  const auto is_ground = [](const Limit& limit) {
    return limit.reference == Reference::surface ||
           (limit.reference == Reference::ground && limit.height == Length{});
  };
  return is_ground(a) && is_ground(b);
}

Problems take_limits(Area& area, const ChartedArea* charted) {
  static const std::optional<ChartedLimit> none;
  Problems problems;
  const auto& floor = charted == nullptr ? none : charted->floor;
  const auto& ceiling = charted == nullptr ? none : charted->ceiling;
  take(area, charted, {"floor", "the surface", area.floor, area.floor_origin, floor}, problems);
  take(area, charted, {"ceiling", "no limit", area.ceiling, area.ceiling_origin, ceiling},
       problems);
  if (problems.empty()) check_heights(area, problems);
  if (area.source.edges == Edges::as_filed && (charted == nullptr || !charted->says_edges))
    problems.push_back(
        {area.where, message(area, fmt::format("edges = \"file\", but {} does not say how its "
                                               "edges run; write \"straight\", \"geodesic\" or "
                                               "\"rhumb\"",
                                               area.source.file))});
  return problems;
}

Problems differences(const Area& area, const ChartedArea& charted) {
  Problems out;
  compare(area, "floor", area.floor, area.floor_origin, charted.floor, out);
  compare(area, "ceiling", area.ceiling, area.ceiling_origin, charted.ceiling, out);
  compare_times(area, charted, out);
  compare_edges(area, charted, out);
  return out;
}

}  // namespace truce::terms
