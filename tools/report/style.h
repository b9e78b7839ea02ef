// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#pragma once

namespace mvga::tool {

/// CSS. Blue and orange can be told apart by everyone, in both schemes.
inline constexpr const char* kPageStyle = R"css(
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --text: #1c2430; --soft: #5b6675; --rule: #dde2e8;
  --blue: #1f6fb5; --orange: #d9641e; --violet: #7a52b3; --right: #1d7f4e; --wrong: #bf3030;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161c; --card: #1b212a; --text: #e4e8ee; --soft: #97a3b3; --rule: #303845;
    --blue: #5aa9ec; --orange: #f08a4b; --violet: #b295ea; --right: #55c08a; --wrong: #f07575;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
main { max-width: 1280px; margin: 0 auto; padding: 32px 24px 64px; }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 16px; letter-spacing: -0.01em; }
h2 { font-size: 20px; margin: 0 0 8px; }
h3 { font-size: 16px; margin: 24px 0 8px; }
h3 small { font-size: 14px; font-weight: 400; color: var(--soft); margin-left: 8px; }
a { color: var(--blue); text-decoration: none; }
a:hover { text-decoration: underline; }
p { margin: 0 0 12px; max-width: 110ch; }
section { background: var(--card); border: 1px solid var(--rule); border-radius: 10px;
  padding: 20px 24px; margin-top: 24px; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(180px, 1fr));
  gap: 12px 24px; margin: 0; }
dt { font-size: 12px; color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 10px; text-align: right; white-space: nowrap; font-weight: 400; }
th:first-child { text-align: left; padding-left: 0; }
thead th { color: var(--soft); font-size: 13px; border-bottom: 1px solid var(--rule); }
thead tr:first-child th { border: 0; padding-bottom: 0; color: var(--text); font-weight: 600;
  text-align: center; }
tr:not(:first-child) > :is(:nth-child(5), :nth-child(8), :nth-child(12)),
tbody tr > :is(:nth-child(5), :nth-child(8), :nth-child(12)),
tfoot tr > :is(:nth-child(5), :nth-child(8), :nth-child(12)) { padding-left: 36px; }
tbody td, tbody th { border-bottom: 1px solid var(--rule); }
tfoot td, tfoot th { font-weight: 600; }
.notes { font-size: 13px; color: var(--soft); margin: 12px 0 0; padding: 0; list-style: none;
  max-width: 110ch; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(320px, 1fr));
  gap: 16px 24px; margin-top: 8px; }
figure { margin: 0; }
.chart figcaption { font-weight: 600; }
.chart svg { display: block; width: 100%; height: auto; }
.missing { color: var(--soft); padding: 24px 0; margin: 0; }
.grid { stroke: var(--rule); }
.axis { stroke: var(--soft); }
.tick { fill: var(--soft); font-size: 12px; }
.axis-title { fill: var(--text); font-size: 13px; }
.middle { text-anchor: middle; }
.end { text-anchor: end; }
.curve { fill: none; stroke-width: 2; stroke-linejoin: round; }
.curve.images { stroke: var(--blue); }
.curve.pixels { stroke: var(--violet); }
.chance { stroke: var(--soft); stroke-dasharray: 2 4; }
.limit, .threshold { stroke: var(--text); stroke-dasharray: 5 3; }
.area { fill: var(--violet); fill-opacity: 0.14; }
circle.operating { fill: var(--card); stroke: var(--blue); stroke-width: 2.5; }
.bar { fill-opacity: 0.7; }
.bar.good { fill: var(--blue); }
.bar.defective { fill: var(--orange); }
.outline { fill: none; stroke: var(--soft); stroke-width: 1.5; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 2px 16px; margin: 4px 0 0;
  padding: 0 0 0 12px; font-size: 13px; color: var(--soft); }
.key { display: inline-block; width: 14px; height: 10px; border-radius: 2px; margin-right: 6px; }
.key.images, .key.good { background: var(--blue); }
.key.pixels { background: var(--violet); }
.key.defective { background: var(--orange); }
.key.wide { background: color-mix(in srgb, var(--violet) 16%, var(--card)); }
.key.narrow { background: color-mix(in srgb, var(--violet) 32%, var(--card)); }
.key.operating { width: 11px; height: 11px; border: 2.5px solid var(--blue); border-radius: 50%;
  vertical-align: -1px; }
.key.held-out { height: 0; border-top: 2px solid var(--soft); vertical-align: 4px; }
.key.none { display: none; }
.examples { display: grid; grid-template-columns: repeat(auto-fill, minmax(480px, 1fr));
  gap: 24px; }
article:has(.broad) { grid-column: 1 / -1; }
article { break-inside: avoid; min-width: 0; }
article header { display: flex; gap: 8px; align-items: baseline; margin-bottom: 6px; }
article header span:not(.verdict) { color: var(--soft); overflow-wrap: anywhere; }
.verdict { margin-left: auto; font-size: 13px; font-weight: 600; white-space: nowrap; }
.verdict.right { color: var(--right); }
.verdict.wrong { color: var(--wrong); }
.panels { display: grid; grid-template-columns: repeat(3, 1fr); gap: 8px; }
.panels img { display: block; width: 100%; height: auto; border-radius: 4px;
  outline: 1px solid var(--rule); outline-offset: -1px; }
.panels figcaption, .numbers { font-size: 13px; color: var(--soft); }
.numbers { margin: 2px 0 0; }
.no-mask { display: grid; place-items: center; height: 100%; min-height: 96px; color: var(--soft);
  border: 1px dashed var(--rule); border-radius: 4px; font-size: 13px; }
.scale { display: grid; grid-template-columns: repeat(3, 1fr); max-width: 480px; font-size: 13px;
  color: var(--soft); }
.scale div { grid-column: 1 / -1; height: 14px; border-radius: 3px; border: 1px solid var(--rule); }
.scale span:nth-of-type(2) { text-align: center; }
.scale span:nth-of-type(3) { text-align: right; }
.line { display: inline-block; width: 18px; height: 5px; border: 1px solid #3a3f47;
  border-radius: 3px; vertical-align: 2px; }
.line.contour { background: #fff; }
.line.truth { background: #ff40d9; }
@media (max-width: 560px) {
  .examples { grid-template-columns: 1fr; }
  main { padding: 16px 8px; }
  section { padding: 16px 12px; }
}
@media print {
  body { background: none; }
  section { border: 0; padding: 0; }
}
)css";

}  // namespace mvga::tool
