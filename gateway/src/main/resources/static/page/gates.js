// Every gate, stage by stage: its chapter of the guide, its rule, what was observed, and why it said what it said.

import { brief, h, said } from './dom.js';
import { ago, clock, words } from './format.js';
import { panel } from './parts.js';

const STAGES = ['PRE_RELEASE', 'MERGE', 'STAGING', 'CANDIDATE', 'PRODUCTION', 'UNKNOWN'];
const NAMES = { PRE_RELEASE: 'Pre-release', UNKNOWN: 'Other' };
const COLUMNS = ['Gate', 'Verdict', 'Rule', 'Observed'];

export function gates({ gates: all }) {
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
        some.map((gate, i) => row(gate, i, some))))));
}

function row(gate, i, all) {
  const again = all.slice(0, i).some((before) => before.gate === gate.gate);
  return h('tr', { 'data-key': `${gate.gate} ${i}`, class: gate.verdict === 'FAILED' ? 'failed' : null },
    h('th', { scope: 'row' },
      said(gate.gate), again ? h('span', { class: 'tag' }, 'again') : null,
      h('span', { class: 'guide' }, said(gate.guide))),
    h('td', { 'data-label': 'Verdict' }, verdict(gate), h('span', { class: 'when' }, clock(gate.at))),
    h('td', { 'data-label': 'Rule' }, said(gate.rule, { class: 'rule' })),
    h('td', { 'data-label': 'Observed' }, gate.observed ? brief(gate.observed) : h('span', { class: 'quiet' }, 'nothing yet'),
      gate.cause ? brief(gate.cause, { class: 'because' }) : null,
      gate.until ? h('span', { class: 'until' }, 'waits until ', clock(gate.until), ', ', ago(gate.until)) : null));
}

const MARKS = { PASSED: '✓', FAILED: '✕', WAIVED: '↷', INCONCLUSIVE: '?' };

function verdict({ verdict: said_, complete }) {
  const open = !complete && said_ === 'INCONCLUSIVE';
  return h('span', { class: `verdict ${open ? 'open' : said_.toLowerCase()}`, title: said_ },
    h('span', { class: 'mark', 'aria-hidden': 'true' }, open ? '…' : MARKS[said_] ?? '?'), open ? 'Awaited' : words(said_));
}
