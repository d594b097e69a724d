// Every gate, stage by stage: its chapter of the guide, its rule, what was observed, and why it said what it said; opened,
// part by part of its rule, with the reports that it looked at.

import { brief, h, said } from './dom.js';
import { ago, clock, words } from './format.js';
import { panel } from './parts.js';

const STAGES = ['PRE_RELEASE', 'MERGE', 'STAGING', 'CANDIDATE', 'PRODUCTION', 'ARRIVAL', 'UNKNOWN'];
const NAMES = { PRE_RELEASE: 'Pre-release', UNKNOWN: 'Other' };
const COLUMNS = ['Gate', 'Verdict', 'Rule', 'Observed'];

/** `opened` is the gate that the reader opened, with what was heard of it. */
export function gates({ gates: all }, opened) {
  if (!all.length) {
    return panel('gates', 'Gates', null, h('p', { class: 'quiet pad' }, 'None has been asked yet.'));
  }
  const passed = all.filter(({ verdict }) => verdict === 'PASSED' || verdict === 'WAIVED').length;
  const known = STAGES.map((stage) => [stage, all.filter((gate) => gate.stage === stage)]);
  return panel('gates', 'Gates', `${passed} of ${all.length} passed`,
    h('table', { class: 'gate-table' },
      h('thead', {}, h('tr', {}, COLUMNS.map((name) => h('th', { scope: 'col' }, name)))),
      known.filter(([, some]) => some.length).map(([stage, some]) => h('tbody', { 'data-key': stage },
        h('tr', { class: 'stage' }, h('th', { colspan: COLUMNS.length, scope: 'rowgroup' }, NAMES[stage] ?? words(stage))),
        some.map((gate, i) => [row(gate, i, some, opened), last(gate, i, some) && opened?.gate === gate.gate ? detail(opened) : null])))));
}

/** A gate that was asked again is explained by its last answer. */
function last(gate, i, all) {
  return !all.slice(i + 1).some((after) => after.gate === gate.gate);
}

function row(gate, i, all, opened) {
  const again = all.slice(0, i).some((before) => before.gate === gate.gate);
  return h('tr', { 'data-key': `${gate.gate} ${i}`, class: gate.verdict === 'FAILED' ? 'failed' : null },
    h('th', { scope: 'row' },
      said(gate.gate), again ? h('span', { class: 'tag' }, 'again') : null,
      h('span', { class: 'guide' }, said(gate.guide))),
    h('td', { 'data-label': 'Verdict' }, verdict(gate), h('span', { class: 'when' }, clock(gate.at))),
    h('td', { 'data-label': 'Rule' }, said(gate.rule, { class: 'rule' })),
    h('td', { 'data-label': 'Observed' }, gate.observed ? brief(gate.observed) : h('span', { class: 'quiet' }, 'nothing yet'),
      gate.cause ? brief(gate.cause, { class: 'because' }) : null,
      gate.until ? h('span', { class: 'until' }, 'waits until ', clock(gate.until), ', ', ago(gate.until)) : null,
      last(gate, i, all) ? h('button', { type: 'button', class: 'explain', 'data-action': 'explain', 'data-gate': gate.gate,
        'aria-expanded': String(opened?.gate === gate.gate), 'aria-label': `Rule and reports of ${gate.gate}` }, 'Reports') : null));
}

const MARKS = { PASSED: '✓', FAILED: '✕', WAIVED: '↷', INCONCLUSIVE: '?' };

function verdict({ verdict: said_, complete }) {
  const open = !complete && said_ === 'INCONCLUSIVE';
  return h('span', { class: `verdict ${open ? 'open' : said_.toLowerCase()}`, title: said_ },
    h('span', { class: 'mark', 'aria-hidden': 'true' }, open ? '…' : MARKS[said_] ?? '?'), open ? 'Awaited' : words(said_));
}

function detail({ gate, value, wrong, refused }) {
  return h('tr', { class: 'detail', 'data-key': `${gate} detail` }, h('td', { colspan: COLUMNS.length },
    wrong ? h('p', { class: 'trouble', role: 'note' }, said(wrong)) : null,
    value ? explained(value, refused) : wrong ? null : h('p', { class: 'quiet' }, 'Loading…')));
}

function explained({ parts, sources, toPass }, refused) {
  return [
    parts.length ? h('ul', { class: 'rule-parts' }, parts.map((part, i) => h('li', { 'data-key': `part ${i}` },
      h('span', { class: 'mark', 'aria-hidden': 'true' }, part.holds === undefined || part.holds === null ? '?' : part.holds ? '✓' : '✕'),
      ' ', said(part.text, { class: 'rule' }), part.why ? [': ', brief(part.why)] : null))) : null,
    sources.length ? h('ul', { class: 'reports' }, sources.map((source) => h('li', { 'data-key': source.digest }, report(source)))) :
      h('p', { class: 'quiet' }, 'It looks at no report.'),
    refused ? h('p', { class: 'trouble', role: 'note' }, said(refused)) : null,
    toPass.length ? h('ul', { class: 'to-pass', 'aria-label': 'What would have to change' },
      toPass.map((each, i) => h('li', { 'data-key': `to pass ${i}` }, brief(each)))) : null,
  ];
}

/** A link to the very bytes; who may not read them is told so. */
function report({ digest, file, dialect, run, attempt, trouble, places }) {
  const name = file ?? dialect;
  return [
    h('a', { href: `#/reports/${encodeURIComponent(digest)}`, 'data-action': 'report', 'data-digest': digest, 'data-file': name, title: digest },
      said(name || digest.slice(0, 19))),
    dialect && dialect !== name ? [' ', said(dialect, { class: 'quiet' })] : null,
    run ? [' ', h('span', { class: 'quiet' }, 'run '), said(run), attempt ? h('span', { class: 'quiet' }, `, attempt ${attempt}`) : null] : null,
    trouble ? [' ', said(trouble, { class: 'because' })] : null,
    places?.length ? h('ul', { class: 'places', 'aria-label': 'What in it counts against the gate' },
      places.map((each, i) => h('li', { 'data-key': `place ${i}` }, brief(each)))) : null,
  ];
}
