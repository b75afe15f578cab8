/**
 * How the page behind a link looks: one sheet of styles that stands in the page itself, since the page
 * loads nothing. Its hash is what the page's Content-Security-Policy lets in.
 */
import { createHash } from 'node:crypto';

/** Every pair of colours that meet has a contrast of at least 7:1, in light and in dark. */
const COLOURS = `
:root {
  color-scheme: light dark;
  --page: #f2f4f7; --card: #ffffff; --text: #18212d; --quiet: #414d5c; --line: #cdd5de;
  --edge: #66727f; --accent: #0a3d7a; --on-accent: #ffffff; --accent-strong: #072b57;
  --note: #eaf1fa; --good: #0b4a2c; --good-page: #e7f4ec; --bad: #7d1313; --bad-page: #fdeeee;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #10151c; --card: #19212b; --text: #eef2f6; --quiet: #c3ccd6; --line: #35414f;
    --edge: #8d99a6; --accent: #a9cdf7; --on-accent: #0c1726; --accent-strong: #d3e5fb;
    --note: #1d2c3f; --good: #a5e3bf; --good-page: #17301f; --bad: #ffc2c2; --bad-page: #3b1c1f;
  }
}`;

const LAYOUT = `
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--text); overflow-wrap: anywhere;
  font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial,
    "Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic UI", sans-serif;
}
header, main { width: 100%; max-width: 46rem; margin: 0 auto; padding: 0 1rem; }
header {
  display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; align-items: baseline;
  justify-content: space-between; padding-top: 1.25rem; padding-bottom: 1rem;
}
.registry { margin: 0; color: var(--quiet); }
.registry strong { margin-right: 0.25rem; color: var(--accent); letter-spacing: 0.01em; }
nav ul { display: flex; flex-wrap: wrap; gap: 0 0.25rem; margin: 0 -0.5rem; padding: 0; list-style: none; }
nav a { display: block; padding: 0.375rem 0.5rem; color: var(--quiet); }
nav a[aria-current] { color: var(--text); font-weight: 600; text-decoration: none; }
main > article {
  padding: clamp(1.25rem, 5vw, 2.5rem); background: var(--card); border: 1px solid var(--line);
  border-top: 4px solid var(--accent); border-radius: 6px;
}
h1 { margin: 0 0 1rem; font-size: clamp(1.5rem, 1.25rem + 1.4vw, 2rem); line-height: 1.25; text-wrap: balance; }
h2 {
  margin: 2rem 0 0.75rem; padding-bottom: 0.375rem; border-bottom: 1px solid var(--line);
  font-size: 1.1875rem; line-height: 1.35;
}
p { margin: 0 0 0.875rem; }
a { color: var(--accent); text-underline-offset: 0.2em; }
a:hover { color: var(--accent-strong); }
dl { margin: 0; }
dl > div { display: grid; gap: 0 1rem; padding: 0.3125rem 0; }
dt { color: var(--quiet); }
dd { margin: 0; font-weight: 600; }
dd ul { margin: 0; padding-left: 1.125rem; }
ul.meaning { margin: 0 0 0.875rem; padding-left: 1.375rem; }
ul.meaning li { margin-bottom: 0.25rem; }
main { padding-bottom: 2.5rem; }
@media (min-width: 36rem) { dl > div { grid-template-columns: 12rem 1fr; } }`;

const PARTS = `
.note, .result, .problem { margin: 1rem 0; padding: 0.75rem 1rem; border-left: 4px solid; border-radius: 3px; }
.note { background: var(--note); border-color: var(--accent); }
.problem { background: var(--bad-page); border-color: var(--bad); }
.problem strong { color: var(--bad); }
.note p:last-child, .result p:last-child, .problem p:last-child { margin: 0; }
.result { background: var(--note); border-color: var(--edge); }
.result.good { background: var(--good-page); border-color: var(--good); }
form { margin: 0 0 1.5rem; }
form.decline { padding-top: 1.25rem; border-top: 1px solid var(--line); }
label { display: block; margin-bottom: 0.25rem; font-weight: 600; }
.hint { margin: 0 0 0.5rem; color: var(--quiet); font-size: 0.9375rem; }
.hint p { margin: 0 0 0.5rem; }
textarea {
  display: block; width: 100%; margin-bottom: 0.875rem; padding: 0.625rem 0.75rem; font: inherit;
  color: var(--text); background: var(--card); border: 1px solid var(--edge); border-radius: 4px;
  resize: vertical;
}
textarea[aria-invalid] { border: 2px solid var(--bad); }
button {
  min-height: 3rem; padding: 0.625rem 1.5rem; font: inherit; font-weight: 600; cursor: pointer;
  border: 2px solid var(--accent); border-radius: 4px;
}
button.confirm { color: var(--on-accent); background: var(--accent); }
button.confirm:hover { background: var(--accent-strong); border-color: var(--accent-strong); }
button.decline { color: var(--accent); background: var(--card); }
button.decline:hover { color: var(--accent-strong); border-color: var(--accent-strong); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
@media (max-width: 30rem) { button { width: 100%; } }
`;

export const PAGE_STYLE = `${COLOURS}${LAYOUT}${PARTS}`;

/** As a source in `style-src`. */
export const PAGE_STYLE_SOURCE = `'sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}'`;
