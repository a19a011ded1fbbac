#include "publication/report_parts.h"

namespace truce::publication {

std::string_view report_style() {
  return R"css(
:root {
  --ink: #1b2530; --soft: #55616e; --faint: #7b8794; --line: #d5dbe1; --wash: #f5f7f9;
  --accent: #1d3f66;
  --violation: #9c1c22; --possible: #a15c00; --excepted: #1d5f8c; --compliant: #2c6a3e;
  --unseen: #656f7a;
  --serif: Charter, "Bitstream Charter", "Iowan Old Style", "Palatino Linotype", Palatino,
    Georgia, "DejaVu Serif", serif;
  --sans: -apple-system, "Segoe UI", "Helvetica Neue", Arial, "DejaVu Sans", sans-serif;
  --mono: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
* { box-sizing: border-box; }
html { background: #e9edf0; -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; max-width: 880px; padding: 0 60px 72px; background: #fff; color: var(--ink);
  font: 15px/1.6 var(--serif); font-variant-numeric: lining-nums;
}
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 8px; top: 8px; background: #fff; padding: 4px 8px; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 2px; }
.definitions { position: absolute; }

.banner {
  margin: 0 -60px; padding: 9px 60px; background: var(--ink); color: #fff;
  font: 600 11.5px/1.5 var(--sans); letter-spacing: .09em; text-transform: uppercase;
  display: flex; justify-content: space-between; gap: 24px;
}
.banner span:last-child { font-weight: 400; opacity: .85; }
header { padding: 52px 0 8px; }
.kicker { font: 600 12px/1.4 var(--sans); letter-spacing: .09em; text-transform: uppercase;
  color: var(--accent); margin: 0 0 12px; }
h1 { font-size: 33px; line-height: 1.18; font-weight: 600; margin: 0 0 10px;
  letter-spacing: -.008em; text-wrap: balance; }
.period { font-size: 16.5px; color: var(--soft); margin: 0; }
.statement { margin: 26px 0 0; padding: 2px 0 2px 18px; border-left: 3px solid var(--accent);
  font-size: 16px; }
.statement strong { font-weight: 600; }
h2 { font-size: 22px; line-height: 1.25; font-weight: 600; margin: 60px 0 14px;
  padding-top: 14px; border-top: 2px solid var(--ink); }
h3 { font-size: 18px; line-height: 1.35; font-weight: 600; margin: 0; }
h4 { font: 600 11.5px/1.4 var(--sans); letter-spacing: .07em; text-transform: uppercase;
  color: var(--soft); margin: 24px 0 7px; }
p { margin: 0 0 12px; }
.lead { font-size: 17px; line-height: 1.58; }
.note, figcaption { font: 12px/1.55 var(--sans); color: var(--soft); }
figcaption { margin-top: 6px; }
figure { margin: 20px 0; }

nav { font: 13px/1.5 var(--sans); margin: 28px 0 0; border-top: 1px solid var(--line);
  border-bottom: 1px solid var(--line); padding: 9px 0; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 0; padding: 0; }
nav a { text-decoration: none; }

.tiles { display: grid; grid-template-columns: repeat(4, 1fr); gap: 1px; margin: 22px 0 26px;
  padding: 0; border: 1px solid var(--line); background: var(--line); }
.tiles > div { padding: 16px 18px 14px; background: #fff; }
.tiles dt { font: 12.5px/1.4 var(--sans); color: var(--soft); }
.tiles dd { margin: 0 0 2px; font: 300 36px/1.1 var(--sans); font-variant-numeric: tabular-nums; }
.tiles > div { display: flex; flex-direction: column-reverse; justify-content: flex-end; }
.violation-ink { color: var(--violation); } .possible-ink { color: var(--possible); }
.excepted-ink { color: var(--excepted); } .unseen-ink { color: var(--unseen); }

table { border-collapse: collapse; width: 100%; font: 13px/1.45 var(--sans); margin: 14px 0;
  font-variant-numeric: tabular-nums lining-nums; }
caption { text-align: left; font: 12px/1.5 var(--sans); color: var(--soft); padding-bottom: 6px; }
th { text-align: left; font-weight: 600; vertical-align: bottom; }
thead th { border-bottom: 1.5px solid var(--ink); font-size: 11.5px; color: var(--soft); }
tbody th { font-weight: 500; }
td, tbody th { overflow-wrap: break-word; }
thead th.num { white-space: normal; }
.scroll { overflow-x: auto; }
th, td { padding: 5px 12px 5px 0; vertical-align: top; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0; }
thead th { vertical-align: bottom; }
.num { text-align: right; white-space: nowrap; }
.zero { color: #a9b2bb; }
tfoot th, tfoot td { border-bottom: 0; font-weight: 600; }
code, .mono { font: 11.5px/1.5 var(--mono); overflow-wrap: anywhere; }
.nowrap { white-space: nowrap; }
.nowrap code, code.nowrap { font-size: 10.5px; overflow-wrap: normal; }

.glyph { width: .95em; height: .95em; vertical-align: -.11em; margin-right: .42em; }
.badge { font: 600 12.5px/1.5 var(--sans); white-space: nowrap; }
.badge.violation { color: var(--violation); } .badge.possible { color: var(--possible); }
.badge.excepted { color: var(--excepted); } .badge.compliant { color: var(--compliant); }
.badge.not-observed, .badge.not-applicable { color: var(--unseen); }

.finding { overflow-wrap: break-word; min-width: 0; margin: 0; padding: 30px 0 12px; border-top: 1px solid var(--line); }
.scroll + .finding { border-top: 0; }
.finding > header { padding: 0; display: grid; grid-template-columns: 44px minmax(0, 1fr); }
.finding .ordinal { font: 300 28px/1.05 var(--sans); color: var(--faint);
  font-variant-numeric: tabular-nums; }
.finding .line { font: 12.5px/1.6 var(--sans); color: var(--soft); margin: 0 0 5px; }
.finding .line .badge { margin-right: 12px; }
.finding .body { margin-left: 44px; }
.finding .paragraph { margin: 9px 0 0; }
.clause { color: var(--soft); font-style: italic; margin: 9px 0 0; }
.facts { display: grid; grid-template-columns: 128px minmax(0, 1fr); gap: 0; margin: 16px 0 0;
  font: 13px/1.5 var(--sans); font-variant-numeric: tabular-nums lining-nums; }
.facts dt { color: var(--soft); padding: 3px 0; }
.facts dd { margin: 0; padding: 3px 0; overflow-wrap: anywhere; }
.pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 20px; margin: 20px 0 4px; }
.pair figure { margin: 0; }
.pair .note { align-self: center; }
.questions { margin: 20px 0 0; padding: 13px 18px 14px; border: 1px solid #d9b27a;
  border-left-width: 4px; background: #fdf9f2; break-inside: avoid; }
.questions h4 { margin: 0 0 6px; color: #7c4700; }
.questions ol { margin: 0; padding-left: 20px; }
.questions li { margin: 2px 0; }
.misuse { color: var(--violation); font-weight: 600; }

.answer { display: inline-block; min-width: 76px; text-align: center; font: 600 11px/17px var(--sans);
  border: 1px solid var(--soft); border-radius: 9px; padding: 0 8px; margin-right: 9px; }
.answer.yes { background: var(--ink); border-color: var(--ink); color: #fff; }
.answer.no { background: #fff; color: var(--ink); }
.answer.unknown { background: #fdf3e1; border: 1px dashed #a15c00; color: #7c4700; }
.tree, .tree ul { list-style: none; margin: 0; padding: 0; font: 13px/1.5 var(--sans); }
.tree ul { margin: 4px 0 2px 30px; padding-left: 14px; border-left: 1px solid var(--line); }
.tree li { padding: 3px 0; }
.tree .question { font-weight: 500; }
.tree .because { margin: 1px 0 0 85px; color: var(--soft); }
.tree .rule { color: var(--faint); white-space: nowrap; }
.tree summary { cursor: pointer; list-style-position: outside; }
details > summary { font: 13px/1.6 var(--sans); }
details.more { margin-top: 18px; }
details.more > summary { cursor: pointer; font: 600 11.5px/1.6 var(--sans); letter-spacing: .07em;
  text-transform: uppercase; color: var(--soft); }

svg { display: block; width: 100%; height: auto; font-family: var(--sans); }
svg.glyph { display: inline-block; width: .95em; height: .95em; }
svg.definitions { width: 0; height: 0; }
svg text { fill: var(--ink); font-size: 11px; }
svg .tick { font-size: 10px; fill: var(--soft); font-variant-numeric: tabular-nums; }
svg .small { font-size: 11px; fill: var(--ink); }
svg .area-label { font-size: 12px; font-weight: 600; fill: #22364c; paint-order: stroke;
  stroke: #fff; stroke-width: 3px; stroke-linejoin: round; }
svg .number { font-size: 12.5px; font-weight: 700; paint-order: stroke; stroke: #fff;
  stroke-width: 3.5px; stroke-linejoin: round; }
svg .number.violation { fill: var(--violation); } svg .number.possible { fill: var(--possible); }
svg .number.excepted { fill: var(--excepted); } svg .number.not-applicable { fill: var(--unseen); }
svg .lane { font-size: 11.5px; }
svg .frame { fill: none; stroke: #9aa5b0; stroke-width: 1; }
svg .graticule { fill: none; stroke: #e3e8ec; stroke-width: 1; }
svg .graticule.day { stroke: #b9c3cc; }
svg .scale, svg .north { stroke: var(--ink); stroke-width: 1.4; fill: none; }
svg .north { fill: var(--ink); stroke: none; }
svg .area { stroke: #5a6f86; stroke-width: 1; fill-opacity: .85; }
svg .area.bold { stroke: #22364c; stroke-width: 1.8; }
svg .bar { fill: #fff; stroke: #5a6f86; stroke-width: .8; }
svg .bar-filled { fill: #5a6f86; }

svg .track { fill: none; stroke-linejoin: round; stroke-linecap: butt; }
svg .track.violation { stroke: var(--violation); stroke-width: 2.4; }
svg .track.possible { stroke: var(--possible); stroke-width: 2; stroke-dasharray: 7 4; }
svg .track.excepted { stroke: var(--excepted); stroke-width: 2.4; stroke-dasharray: .1 4.6;
  stroke-linecap: round; }
svg .track.not-applicable { stroke: var(--faint); stroke-width: 1.2; stroke-dasharray: 1 3; }
svg .track.silence { stroke-width: 1.1; stroke-dasharray: 2 5; }
svg .head.violation { fill: var(--violation); } svg .head.possible { fill: var(--possible); }
svg .head.excepted { fill: var(--excepted); } svg .head.not-applicable { fill: var(--faint); }
svg .doubtful { stroke: var(--soft); stroke-width: 1.4; fill: none; }
svg .disc { fill-opacity: .09; stroke-width: 1; stroke-dasharray: 3 3; }
svg .disc.violation { fill: var(--violation); stroke: var(--violation); }
svg .disc.possible { fill: var(--possible); stroke: var(--possible); }
svg .disc.excepted { fill: var(--excepted); stroke: var(--excepted); }
svg .disc.not-applicable { fill: var(--faint); stroke: var(--faint); }
svg .mark { stroke: #fff; stroke-width: .8; }
svg .mark.violation, svg .presence.violation { fill: var(--violation); }
svg .mark.possible, svg .presence.possible { fill: var(--possible); }
svg .mark.excepted, svg .presence.excepted { fill: var(--excepted); }
svg .presence.not-applicable { fill: var(--faint); }
svg .mark.open { fill: #fff; stroke-width: 1.8; }
svg .mark.possible.open { stroke: var(--possible); }
svg .mark.not-observed.open { stroke: var(--unseen); stroke-width: 1.3; stroke-dasharray: 2 1.4; }
svg .mark.stroke { fill: none; stroke-width: 1.8; }
svg .mark.compliant { stroke: var(--compliant); }
svg .mark.not-applicable { stroke: var(--faint); }
svg .dots { fill: none; stroke-linecap: round; stroke-width: 4.2; }
svg .dots.violation { stroke: var(--violation); } svg .dots.possible { stroke: var(--possible); }
svg .dots.excepted { stroke: var(--excepted); } svg .dots.not-applicable { stroke: var(--faint); }
svg .dots.pressure { stroke: var(--ink); stroke-width: 3.4; }
svg .dots.geometric { stroke: #7d8a97; stroke-width: 3.6; }
svg .dots.core { stroke: #fff; stroke-width: 2.2; }
svg .presence.pale { fill-opacity: .32; }
svg .lane-ground { fill: #fff; } svg .lane-ground.shaded { fill: #f3f6f8; }
svg .notice { fill: #fff; stroke: var(--excepted); stroke-width: 1.4; }
svg .restricted { fill: url(#restricted); stroke: #7a828b; stroke-width: .8; }
svg .height { fill: none; }
svg path.height.pressure { stroke: var(--ink); stroke-width: 1.6; }
svg path.height.geometric { stroke: #7d8a97; stroke-width: .9; }
svg .limit { stroke: #22364c; stroke-width: 1.5; stroke-dasharray: 9 3; fill: none; }
svg .limit-label { font-size: 10.5px; font-weight: 600; fill: #22364c; paint-order: stroke;
  stroke: #fff; stroke-width: 3px; }
svg .moment { fill: #ccd5de; fill-opacity: .7; }
svg .found { fill-opacity: .15; stroke-width: 1; }
svg .found.violation { fill: var(--violation); stroke: var(--violation); }
svg .found.possible { fill: var(--possible); stroke: var(--possible); stroke-dasharray: 4 3; }
svg .found.excepted { fill: var(--excepted); stroke: var(--excepted); stroke-dasharray: 1 3; }
svg .found.not-applicable { fill: var(--faint); stroke: var(--faint); }
svg .shade-0 { fill: url(#unwatched); stroke: #d5dbe1; } svg .shade-1 { fill: #edf1f4; stroke: #d5dbe1; }
svg .shade-2 { fill: #dbe3ea; } svg .shade-3 { fill: #c2cfda; } svg .shade-4 { fill: #a9bbcb; }
svg .shade-5 { fill: #8fa7bc; }
svg .tick.on-0, svg .tick.on-1, svg .tick.on-2, svg .tick.on-3, svg .tick.on-4, svg .tick.on-5 {
  fill: var(--ink); }
svg a:focus-visible, svg a:hover { opacity: .7; }

.legend { display: flex; flex-wrap: wrap; gap: 4px 22px; list-style: none; margin: 8px 0 0; padding: 0;
  font: 12px/1.6 var(--sans); color: var(--soft); }
.legend svg.sample { display: inline-block; width: 34px; height: 12px; vertical-align: -2px; margin-right: 7px; }
.glossary { display: grid; grid-template-columns: 132px 1fr; gap: 0; margin: 12px 0; }
.glossary dt, .glossary dd { margin: 0; padding: 7px 0; border-bottom: 1px solid var(--line); }
.glossary dd { font-size: 14px; line-height: 1.5; }
footer { margin-top: 56px; padding-top: 12px; border-top: 1px solid var(--line);
  font: 12px/1.6 var(--sans); color: var(--soft); }

@media (max-width: 700px) {
  body { padding: 0 20px 40px; }
  .banner { margin: 0 -20px; padding: 9px 20px; flex-wrap: wrap; gap: 2px 24px; }
  .pair { grid-template-columns: 1fr; }
  .tiles { grid-template-columns: 1fr 1fr; }
  .finding .body { margin-left: 0; }
  main > figure { overflow-x: auto; }
  main > figure > svg { min-width: 640px; }
}
@page { size: A4; margin: 18mm 17mm 20mm; }
@media print {
  html { background: #fff; }
  body { max-width: none; padding: 0; font-size: 10.2pt; }
  .banner { margin: 0; padding: 6px 10px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .answer, .questions, svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  nav, .skip { display: none; }
  a { color: inherit; text-decoration: none; }
  h2, h3, h4 { break-after: avoid; }
  .scroll { overflow: visible; }
  figure, tr, .tiles, .questions, .tree li, .finding > header { break-inside: avoid; }
  .tree li:has(ul) { break-inside: auto; }
  .tree summary { break-after: avoid; list-style: none; }
  .facts, table { font-size: 8.4pt; line-height: 1.4; }
  .tree, .tree ul { font-size: 8pt; line-height: 1.32; }
  .tree li { padding: 1px 0; } .tree .because { margin-left: 62px; }
  .answer { min-width: 54px; font-size: 7pt; line-height: 11pt; } .facts dt, .facts dd { padding: 1px 0; } th, td { padding: 3px 10px 3px 0; }
  .finding { padding-top: 16px; } h2 { margin-top: 34px; }
  details.more { font-size: 7.6pt; } details.more table { font-size: 7.6pt; margin: 6px 0; }
  details.more td, details.more th { padding: 1px 8px 1px 0; }
  thead { display: table-header-group; } tfoot { display: table-row-group; }
  p { orphans: 3; widows: 3; }
}
)css";
}

}  // namespace truce::publication
