#include "publication/timeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/text.h"
#include "publication/axis.h"
#include "publication/wording.h"

namespace truce::publication {

using findings::Finding;
using findings::Verdict;
using quantities::Instant;

namespace {

constexpr double width = 760;
constexpr double label_width = 132, right_margin = 10;
constexpr double lane_height = 24, lane_gap = 6;
constexpr std::size_t most_lanes = 40;
constexpr std::size_t most_notices = 60;

using Lane = std::pair<std::string, std::string>;  // rule, area

std::string lane_label(double y, std::string_view text) {
  return svg_text({label_width - 8, y + lane_height / 2 + 3.5}, text, "lane", "end");
}

std::string lane_ground(double y, bool shaded) {
  return fmt::format(R"(<rect class="lane-ground{}" x="{}" y="{}" width="{}" height="{}"/>)",
                     shaded ? " shaded" : "", px(label_width), px(y),
                     px(width - label_width - right_margin), px(lane_height));
}

struct Span {
  Instant from, until;
};

std::string bar(const TimeAxis& axis, double y, double height, Span span, std::string_view style,
                std::string_view title) {
  const double from = axis.at(span.from);
  const double length = std::max(axis.at(span.until) - from, 2.0);
  return fmt::format(
      R"(<rect class="{}" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>)", style,
      px(from), px(y + (lane_height - height) / 2), px(length), px(height),
      base::escaped_xml(title));
}

// Pale from the earliest entry to the latest exit, full where it was certainly inside.
std::string presence(const TimeAxis& axis, double y, const Numbered& numbered) {
  const Finding& finding = *numbered.finding;
  const std::string slug = slug_of(finding.verdict);
  const std::string title = cut_text(finding.sentence);
  std::string out = bar(axis, y, 8, {finding.entry.earliest, finding.exit.latest},
                        "presence pale " + slug, title);
  if (finding.entry.latest < finding.exit.earliest)
    out +=
        bar(axis, y, 8, {finding.entry.latest, finding.exit.earliest}, "presence " + slug, title);
  const double from = axis.at(finding.entry.earliest), until = axis.at(finding.exit.latest);
  out += mark(finding.verdict, {from + (until - from) / 2, y + lane_height / 2}, 9);
  if (!numbered.in_full) return out;
  return fmt::format("<a href=\"#f-{}\">{}</a>", base::escaped_xml(finding.id), out);
}

std::string restriction_title(const observations::Restriction& restriction) {
  return fmt::format("{}, {} to {}. {}", kind_text(restriction.kind),
                     moment_text(restriction.when.from), moment_text(restriction.when.until),
                     cut_text(restriction.text));
}

bool touches(quantities::Period period, Span span) {
  return period.from < span.until && span.from < period.until;
}

}  // namespace

std::string timeline(const Assessment& assessment, const std::vector<Numbered>& findings) {
  const auto& observed = assessment.findings.observed;
  if (is_open(observed.from) || is_open(observed.until) || observed.until <= observed.from)
    return "";
  const Span whole{observed.from, observed.until};
  const TimeAxis axis(whole.from, whole.until, label_width, width - right_margin);

  std::set<Lane> lanes;
  for (const auto& numbered : findings)
    lanes.insert({numbered.finding->rule, numbered.finding->area});
  for (const auto& line : assessment.findings.coverage) lanes.insert({line.rule, line.area});
  const std::size_t left_out = lanes.size() > most_lanes ? lanes.size() - most_lanes : 0;

  std::string ground, body;
  double y = lane_gap;
  bool shaded = false;
  std::map<Lane, double> top_of;
  for (const Lane& lane : lanes) {
    if (top_of.size() == most_lanes) break;
    ground +=
        lane_ground(y, shaded) +
        lane_label(y, fmt::format("{} \xC2\xB7 {}", cut_name(lane.first), cut_name(lane.second)));
    top_of[lane] = y;
    shaded = !shaded;
    y += lane_height;
  }
  for (auto it = findings.rbegin(); it != findings.rend(); ++it)
    if (const auto top = top_of.find({it->finding->rule, it->finding->area}); top != top_of.end())
      body += presence(axis, top->second, *it) + "\n";

  std::size_t notices = 0;
  std::string notice_bars;
  for (const auto& notice : assessment.observations.ledger.notices) {
    if (!notice.from || !notice.until || notices == most_notices) continue;
    if (!touches({*notice.from, *notice.until}, whole)) continue;
    ++notices;
    notice_bars += bar(axis, y + lane_gap, 10, {*notice.from, *notice.until}, "notice",
                       fmt::format("notice {}: {}", cut_name(notice.id), cut_name(notice.purpose)));
  }
  if (notices > 0) {
    y += lane_gap;
    ground += lane_ground(y, false) + lane_label(y, "notified hours");
    body += notice_bars;
    y += lane_height;
  }
  std::string restricted;
  for (const auto& restriction : assessment.observations.restrictions)
    if (touches(restriction.when, whole))
      restricted += bar(axis, y, 14, {restriction.when.from, restriction.when.until}, "restricted",
                        restriction_title(restriction));
  if (!restricted.empty()) {
    ground += lane_ground(y, true) + lane_label(y, "restrictions");
    body += restricted;
    y += lane_height;
  }
  const double bottom = y;
  std::string out = open_picture(
      "timeline", width, bottom + 20 + (left_out > 0 ? 16 : 0), "Timeline of the findings",
      "One lane for each rule and area, then the notified hours of "
      "exempt flights and the restrictions on monitoring. Times are UTC.");
  out += ground + axis.ticks(lane_gap, bottom, 62) + body;
  if (left_out > 0)
    out += svg_text({label_width, bottom + 32},
                    fmt::format("{} more lanes are not drawn; findings.csv has all of them.",
                                thousands(static_cast<std::int64_t>(left_out))),
                    "tick");
  return out + "</svg>\n";
}

namespace {

constexpr std::size_t most_columns = 62;

int shade_of(double coverage) {
  if (!(coverage > 0)) return 0;
  return std::clamp(static_cast<int>(coverage * 5) + 1, 1, 5);
}

struct Field {
  double coverage = 1;
  Verdict verdict = Verdict::not_applicable;
  bool any = false;
};

std::size_t gravity(Verdict verdict) {
  const auto at = std::find(verdicts_by_gravity.begin(), verdicts_by_gravity.end(), verdict);
  return static_cast<std::size_t>(at - verdicts_by_gravity.begin());
}

std::string field_text(const Lane& lane, const std::string& days, const Field& field) {
  return fmt::format("Rule {}, area {}, {}: coverage {}, {}", cut_name(lane.first),
                     cut_name(lane.second), days, share_text(field.coverage),
                     to_string(field.verdict));
}

}  // namespace

std::string coverage_calendar(const Assessment& assessment) {
  const auto& lines = assessment.findings.coverage;
  if (lines.empty()) return "";
  std::int64_t first = quantities::days_from(lines.front().day), last = first;
  for (const auto& line : lines) {
    first = std::min(first, quantities::days_from(line.day));
    last = std::max(last, quantities::days_from(line.day));
  }
  const std::int64_t days = last - first + 1;
  const std::int64_t per_column =
      (days + most_columns - 1) / static_cast<std::int64_t>(most_columns);
  const std::int64_t columns = (days + per_column - 1) / per_column;

  std::map<Lane, std::map<std::int64_t, Field>> fields;
  for (const auto& line : lines) {
    const std::int64_t column = (quantities::days_from(line.day) - first) / per_column;
    Field& field = fields[{line.rule, line.area}][column];
    field.coverage = std::min(field.coverage, line.coverage);
    if (!field.any || gravity(line.verdict) < gravity(field.verdict)) field.verdict = line.verdict;
    field.any = true;
  }

  const double column_width =
      std::min(64.0, (width - label_width - right_margin) / static_cast<double>(columns));
  constexpr double header = 18;
  std::string body;
  double y = header;
  std::size_t drawn = 0;
  for (const auto& [lane, row] : fields) {
    if (++drawn > most_lanes) break;
    body +=
        lane_label(y, fmt::format("{} \xC2\xB7 {}", cut_name(lane.first), cut_name(lane.second)));
    for (const auto& [column, field] : row) {
      const double x = label_width + static_cast<double>(column) * column_width;
      const std::string from =
          quantities::iso_date(quantities::date_from_days(first + column * per_column));
      const std::string title =
          field_text(lane, per_column == 1 ? from : from + " and the days after it", field);
      body += fmt::format(
          R"(<rect class="shade-{}" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>)",
          shade_of(field.coverage), px(x + 1), px(y + 1), px(column_width - 2), px(lane_height - 2),
          base::escaped_xml(title));
      const bool roomy = column_width >= 44;
      if (column_width >= 9)
        body += mark(field.verdict, {x + (roomy ? 11 : column_width / 2), y + lane_height / 2}, 8);
      if (roomy)
        body += svg_text(
            {x + column_width - 6, y + lane_height / 2 + 3.5},
            share_text(field.coverage) == "less than 1 %" ? "<1 %" : share_text(field.coverage),
            fmt::format("tick on-{}", shade_of(field.coverage)), "end");
    }
    y += lane_height;
  }
  const std::int64_t labelled_every = std::max<std::int64_t>(
      1, static_cast<std::int64_t>(52 / column_width) + (column_width < 52 ? 1 : 0));
  for (std::int64_t column = 0; column < columns; column += labelled_every) {
    const quantities::Date date = quantities::date_from_days(first + column * per_column);
    body += svg_text({label_width + (static_cast<double>(column) + 0.5) * column_width, header - 5},
                     fmt::format("{} {}", date.day, short_month(date.month)), "tick", "middle");
  }
  return open_picture(
             "calendar", width, y + 4, "Calendar of coverage",
             "One field for each rule, area and day: the darker, the more of the acts that "
             "the rule forbids would have been seen. The table below says it in words.") +
         body + "</svg>\n";
}

}  // namespace truce::publication
