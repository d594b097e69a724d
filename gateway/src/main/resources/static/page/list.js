// The releases on the left, newest first.

import { h, said } from './dom.js';
import { address, ago, count, percent } from './format.js';
import { badge, trouble } from './parts.js';

/** `pages` is what was loaded so far; each holds `releases` and the cursor of the next. */
export function list(view) {
  const { pages, source, selected, filters, full } = view;
  if (!pages.length) {
    return source.wrong ? trouble(source, 'The list') : h('p', { class: 'quiet pad' }, 'Loading…');
  }
  const releases = distinct(pages);
  const more = pages.at(-1).cursor;
  return [
    releases.length ? h('ul', { class: 'rows' }, releases.map((release) => row(release, release.id === selected)))
      : h('p', { class: 'quiet pad' }, filters.application || filters.state
        ? more ? 'None among the newest.' : 'No release is like that.' : 'No release yet.'),
    more && full ? h('p', { class: 'quiet pad' }, `These are the newest ${count(releases.length)}; `
      + 'for older ones choose an application or a state, or use slipway release list --all.') : null,
    more && !full ? h('button', { type: 'button', class: 'more', 'data-action': 'more' },
      view.loadingMore ? 'Loading…' : 'Load older releases') : null,
  ];
}

/** A release that moves while pages are read may be on two of them. */
export function distinct(pages) {
  const byId = new Map();
  pages.flatMap((page) => page.releases).forEach((release) => {
    if (!byId.has(release.id)) {
      byId.set(release.id, release);
    }
  });
  return [...byId.values()];
}

/** Those that were released, and those that an environment has. */
export function applications(pages, environments) {
  const released = distinct(pages).map((each) => each.application);
  const placed = (environments ?? []).map((each) => each.environment.split('/')[0]);
  return [...new Set([...released, ...placed])].sort();
}

/** Up and down lead from row to row. */
export function byKeyboard(element) {
  element.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const rows = [...element.querySelectorAll('a.row')];
    const here = rows.indexOf(document.activeElement);
    if (step && here >= 0 && rows[here + step]) {
      event.preventDefault();
      rows[here + step].focus();
    }
  });
}

function row(release, selected) {
  const { state, rollout, waiting, cause } = release;
  const share = ['ROLLING_OUT', 'BAKING'].includes(state) && rollout?.trafficPercent > 0 ? percent(rollout.trafficPercent) : null;
  const why = cause && !waiting?.command ? cause.text : waiting?.what ?? cause?.text;
  return h('li', { 'data-key': release.id },
    h('a', { class: 'row', href: address(release.id), 'aria-current': selected ? 'true' : null },
      h('span', { class: 'line' },
        h('span', { class: 'name' }, said(release.application), ' ', said(release.version, { class: 'version' })),
        release.kind === 'ROLLBACK' ? h('span', { class: 'tag' }, 'rollback') : null,
        h('span', { class: 'when' }, ago(release.since))),
      h('span', { class: 'line' },
        badge(state), share ? h('span', {}, share) : null,
        gateCount(release)),
      why && !['COMPLETED'].includes(state) ? h('span', { class: 'why' }, said(why)) : null));
}

/** How many gates said yes, where that is not plain from the state. */
function gateCount({ state, gates }) {
  if (!['VALIDATING', 'STAGING', 'CANDIDATE', 'REJECTED'].includes(state) || !gates?.length) {
    return null;
  }
  const passed = gates.filter(({ verdict }) => verdict === 'PASSED' || verdict === 'WAIVED').length;
  return h('span', { class: 'quiet' }, `${count(passed)} of ${count(gates.length)} gates`);
}
