// A rollout: its share of traffic, its steps, and how the new version answers beside the one before it.

import { h, said, svg } from './dom.js';
import { count, duration, percent, rate, words } from './format.js';
import { errorRates } from './looks.js';
import { measured, panel } from './parts.js';

const CHART = { width: 240, height: 56, rateLeast: 0.05 };
const COLUMNS = {
  Version: null, Answers: null, Errors: null, 'Error rate': null,
  Refused: 'answers that the policy calls refusals, by default those with a status from 400 to 499',
  Slow: 'answers slower than 95 % of the old version\u2019s',
};
const PHASE_TONES = {
  VERIFIED: 'good', FULL: 'go', RESTORING: 'bad', RESTORED: 'bad', WAITING: 'wait', DISPLACED: 'quiet', NOT_ADMITTED: 'quiet',
};
const PHASE_NAMES = { FULL: 'Passed' };

/** `judgement` is the newest that is known of this rollout, or null. `before` is the version beside the new one, or null. */
export function rollout(release, judgement, before) {
  const { rollout: it } = release;
  if (!it) {
    return null;
  }
  const environment = it.environment.split('/')[1];
  const phase = h('span', { class: `badge ${it.paused ? 'wait' : PHASE_TONES[it.phase] ?? 'go'}`, title: it.phase },
    h('i', { class: 'dot', 'aria-hidden': 'true' }), it.paused ? 'Paused' : PHASE_NAMES[it.phase] ?? words(it.phase));
  return panel('rollout', `Rollout to ${environment}`, phase,
    h('div', { class: 'canary' },
      share(it),
      judgement ? comparison(release, judgement, before) : null,
      judgement ? chart(key(it.question)) : null),
    judgement?.worse ? worse(judgement.worse) : null,
    it.cause && it.cause.text !== release.cause?.text && it.cause.observed !== judgement?.worse?.observed
      ? h('div', { class: 'callout bad' }, h('p', {}, said(it.cause.text)), measured(it.cause.observed, it.cause.limit)) : null,
    h('div', { class: 'under-canary' },
      judgement?.waitingFor && !judgement.worse && it.phase !== 'FULL'
        ? h('p', {}, h('span', { class: 'quiet' }, it.phase === 'BAKING' ? 'The bake waits for ' : 'The step waits for '), said(judgement.waitingFor)) : null,
      it.runningVersion && it.phase !== 'VERIFIED'
        ? h('p', {}, h('span', { class: 'quiet' }, 'Serving: '), said(it.runningVersion)) : null,
      it.address ? h('p', {}, h('span', { class: 'quiet' }, 'Runs at '), h('code', {}, it.address)) : null,
      [...it.notes, ...(judgement?.notes ?? [])].map((note) => h('p', { class: 'note' }, h('span', { class: 'quiet' }, 'On record: '), said(note)))));
}

export function key(question) {
  return `${question.release}/${question.step}/${question.attempt}`;
}

/** The steps, and the bake as one more: it passes like them, by what was seen. */
function share({ trafficPercent, step, steps, phase }) {
  const bake = phase === 'BAKING';
  const passed = bake || ['FULL', 'VERIFIED'].includes(phase) ? steps : step - 1;
  const present = ['RESTORING', 'RESTORED'].includes(phase) ? 'broken' : 'present';
  return h('div', { class: 'amount' },
    h('p', { class: 'big' }, percent(trafficPercent)),
    h('p', { class: 'quiet' }, 'of traffic'),
    h('ol', { class: 'rungs', 'aria-hidden': 'true' }, Array.from({ length: Math.min(steps, 50) }, (_, i) =>
      h('li', { class: i < passed ? 'done' : i === step - 1 ? present : null })), bake ? h('li', { class: 'present' }) : null),
    h('p', { class: 'quiet' }, bake ? 'bake' : step ? `step ${step} of ${steps}` : `before the first of ${steps} ${steps === 1 ? 'step' : 'steps'}`));
}

function comparison(release, { canary, baseline }, before) {
  const rates = [canary, baseline].map(({ answers, errors }) => (answers ? errors / answers : 0));
  const most = Math.max(...rates, CHART.rateLeast);
  const sides = [['new', release.version, canary, rates[0]]];
  if (baseline.answers || before) {
    sides.push(['old', before ?? 'baseline', baseline, rates[1]]);
  }
  return h('table', { class: 'sides' },
    h('thead', {}, h('tr', {}, Object.entries(COLUMNS).map(([name, title]) => h('th', { scope: 'col', title }, name)))),
    h('tbody', {}, sides.map(([side, version, { answers, errors, refusals, slow }, value]) => h('tr', { 'data-key': side },
      h('th', { scope: 'row' }, h('i', { class: `swatch ${side}`, 'aria-hidden': 'true' }), said(version),
        h('span', { class: 'quiet' }, side === 'new' ? ' new' : ' beside it')),
      h('td', {}, count(answers)),
      h('td', { class: side === 'new' && errors ? 'has-errors' : null }, count(errors)),
      h('td', {}, h('span', {}, rate(errors, answers)), bar(side, value / most)),
      h('td', {}, count(refusals)),
      h('td', {}, rate(slow, answers))))));
}

function bar(side, part) {
  return svg('svg', { class: 'bar', viewBox: '0 0 100 1', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    svg('rect', { class: `fill ${side}`, x: 0, y: 0, width: Math.round(part * 100), height: 1 }));
}

/** Error rates of both sides as they came in while the page was open. */
function chart(question) {
  const points = errorRates(question);
  if (points.length < 3) {
    return null;
  }
  const { width, height, rateLeast } = CHART;
  const first = points[0].at;
  const span = Math.max(points.at(-1).at - first, 1);
  const most = Math.max(rateLeast, ...points.flatMap(({ canary, baseline }) => [canary ?? 0, baseline ?? 0]));
  const x = (point) => ((point.at - first) / span * width).toFixed(1);
  const y = (value) => (height - 1 - value / most * (height - 2)).toFixed(1);
  const line = (side) => points.filter((point) => point[side] !== null)
    .map((point) => `${x(point)},${y(point[side])}`).join(' ');
  const last = points.findLast(({ canary }) => canary !== null);
  return h('figure', { class: 'chart' },
    h('figcaption', { class: 'quiet' }, 'Error rate'),
    svg('svg', { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', role: 'img',
      'aria-label': `Error rate of the new version, lately ${rate(last?.canary ?? 0, 1)}` },
    svg('line', { class: 'axis', x1: 0, x2: width, y1: height - 0.5, y2: height - 0.5 }),
    svg('polyline', { class: 'line old', points: line('baseline') }),
    svg('polyline', { class: 'line new', points: line('canary') })),
    h('p', { class: 'line quiet' }, `last ${duration(span)}`, h('span', { class: 'when' }, `top ${rate(most, 1)}`)));
}

function worse({ rule, metric, observed, limit }) {
  return h('div', { class: 'callout bad' },
    h('p', {}, h('strong', {}, 'Worse'), ' by ', said(rule), ' of ', said(words(metric).toLowerCase())),
    measured(observed, limit));
}
