// What happened to a release, what people do for it, and who was told.

import { h, said } from './dom.js';
import { address, ago, clock, count, words } from './format.js';
import { badge, measured, panel, trouble } from './parts.js';

const ALERTS = ['REJECTED', 'EXPIRED', 'ABORTED', 'ROLLING_BACK', 'ROLLED_BACK', 'NEEDS_OPERATOR', 'PAUSED', 'REGRESSED'];
const STATE_TO_STATE = /\b([A-Z]{4,}(?:_[A-Z]+)*) to ([A-Z]{4,}(?:_[A-Z]+)*)\b/g;
const JOURNAL_MOST = 400; // entries shown, the newest

const ANSWERED = { PASSED: ['✓', 'good'], FAILED: ['✕', 'bad'], DUE: ['…', ''], WAIVED: ['↷', 'quiet'], DOES_NOT_APPLY: ['–', 'quiet'] };

const LATE = ['LATE', 'ESCALATED'];

/** Nothing where the policy asks nothing of people; `wrong` is why a file of an answer could not be saved. */
export function duties({ duties: all }, wrong) {
  const applying = all?.filter(({ state }) => state !== 'DOES_NOT_APPLY') ?? [];
  return all?.length ? panel('duties', 'Duties', `${applying.filter(({ state }) => state === 'PASSED').length} of ${applying.length}`,
    wrong ? h('p', { class: 'trouble', role: 'alert' }, said(wrong)) : null,
    h('ul', { class: 'people' }, all.map(({ id, text, by, before, after, state, why, when, asked, matrix, cells, timing, waits, answers }) => {
      const [mark, look] = ANSWERED[state] ?? ['○', 'quiet'];
      return h('li', { 'data-key': id, title: asked?.length ? `${state}, asked of ${asked.join(', ')}` : state },
        h('span', { class: `mark ${look}`, 'aria-hidden': 'true' }, mark), said(text), ' ',
        h('span', { class: 'quiet' }, said(`${id}, ${by}, ${before ? `before ${words(before).toLowerCase()}` : `after ${words(after).toLowerCase()}`}${
          when ? `, when ${when}` : ''}${state === 'DOES_NOT_APPLY' ? ', does not apply' : ''}: ${why}`)),
        time(timing),
        waits?.until ? h('span', { class: 'time quiet', title: waits.ends.join(', or ') }, 'waits until ', clock(waits.until)) : null,
        files(answers),
        matrix?.length ? table(matrix, cells) : null);
    }))) : null;
}

/** What stands with answers, to be saved; nothing here opens it. */
function files(answers) {
  const all = answers?.flatMap(({ files: some }) => some ?? []) ?? [];
  return all.length ? h('ul', { class: 'files' }, all.map(({ name, digest, bytes }) => h('li', { 'data-key': `${name} ${digest}` },
    h('a', { href: `#/files/${encodeURIComponent(digest)}`, 'data-action': 'file', 'data-digest': digest, 'data-file': name, title: digest }, said(name)),
    ' ', h('span', { class: 'quiet' }, `${count(bytes)} bytes`)))) : null;
}

/** Whom to ask, by role, name and how to reach them; nothing where nobody is known. */
export function contacts({ contacts: all }) {
  return all?.length ? h('ul', { class: 'contacts' }, all.map(({ role, name, email, slack }) =>
    h('li', { 'data-key': `${role} ${name}` }, said(name), ' ',
      h('span', { class: 'quiet' }, said(`${role}, ${[email, slack].filter(Boolean).join(', ')}`))))) : null;
}

/** What is left to do of releases before it; nothing where nothing is. */
export function owed({ id: own, owed: all, reviews: waiting }) {
  const left = (waiting ?? []).filter(({ release }) => release !== own);
  const many = (all?.length ?? 0) + left.length;
  return many ? panel('owed', 'Left of releases before', String(many),
    h('ul', { class: 'people' }, (all ?? []).map(({ release, duty: { id, text, by, state, why, timing } }) => {
      const [mark, look] = ANSWERED[state] ?? ['○', 'quiet'];
      return h('li', { 'data-key': `${release} ${id}`, title: state },
        h('span', { class: `mark ${look}`, 'aria-hidden': 'true' }, mark), h('a', { href: address(release) }, said(release)), ' ', said(text), ' ',
        h('span', { class: 'quiet' }, said(`${id}, ${by}: ${why}`)),
        time(timing));
    }), left.map(unreviewed))) : null;
}

/** An announcement that is sent to nobody before somebody has said yes to its text. */
function unreviewed({ release, announcement, by, command }) {
  return h('li', { 'data-key': `${release} announcement ${announcement}`, title: command },
    h('span', { class: 'mark quiet', 'aria-hidden': 'true' }, '○'),
    h('a', { href: address(release) }, said(release)), ' ', said(`announcement ${announcement}`), ' ',
    h('span', { class: 'quiet' }, said(`${by}: nobody of them has said yes to its text`)));
}

const ITEM = { OPEN: ['○', ''], NOTED: ['✎', 'quiet'], DONE: ['✓', 'good'], DROPPED: ['–', 'quiet'] };

/** What people learned and want done, of this release and still of those before; nothing where nobody said anything. */
export function items({ id, retro, owedItems }) {
  const all = [...(owedItems ?? []), ...(retro?.items ?? []).map((item) => ({ release: id, item }))];
  return all.length ? panel('items', 'Lessons and things to do', `${all.filter(({ item }) => item.state === 'OPEN').length} open`,
    h('ul', { class: 'people' }, all.map(({ release, item: { number, text, owner, due, state, time: when } }) => {
      const [mark, look] = ITEM[state] ?? ['○', 'quiet'];
      return h('li', { 'data-key': `${release} ${number}`, title: state },
        h('span', { class: `mark ${look}`, 'aria-hidden': 'true' }, mark),
        release === id ? null : [h('a', { href: address(release) }, said(release)), ' '], said(text), ' ',
        owner ? h('span', { class: LATE.includes(when) ? 'time late' : 'quiet' },
          said(`${owner}${due ? `, until ${due}` : ''}${when && when !== 'OPEN' ? `, ${words(when).toLowerCase()}` : ''}`)) : null);
    }))) : null;
}

/** What others say of it; nothing where nobody does. */
export function feedback({ retro }) {
  return retro?.feedback?.length ? panel('feedback', 'Feedback', String(retro.feedback.length),
    h('ul', { class: 'people' }, retro.feedback.map(({ from, text, at }) =>
      h('li', { 'data-key': `${from} ${at} ${text}` }, h('strong', {}, said(from), ':'), ' ', said(text), h('span', { class: 'when' }, ago(at)))))) : null;
}

/** By when, and how urgent that is; nothing while no day is known. */
function time(timing) {
  return timing?.due ? h('span', { class: LATE.includes(timing.state) ? 'time late' : 'time quiet', title: timing.rule },
    'due ', clock(timing.due), timing.state === 'OVER' || timing.state === 'OPEN' ? null : said(`, ${words(timing.state).toLowerCase()}`)) : null;
}

/** Dates of what is no duty; nothing where the policy gives none. */
export function dates({ timetable: all }) {
  return all?.length ? panel('dates', 'Dates', `${all.filter(({ timing }) => LATE.includes(timing.state)).length} late`,
    h('ul', { class: 'people' }, all.map(({ of, by, state, why, timing }) => {
      const [mark, look] = ANSWERED[state] ?? ['○', 'quiet'];
      return h('li', { 'data-key': of, title: timing.rule },
        h('span', { class: `mark ${look}`, 'aria-hidden': 'true' }, mark), said(of.replace(':', ' ')), ' ',
        h('span', { class: 'quiet' }, said(`${by}: ${why}`)), time(timing));
    }))) : null;
}

/** What is asked for cell by cell: the values of the last axis are columns, what stands before them in a cell's name is its row. */
function table(matrix, cells) {
  const columns = matrix.at(-1).values;
  const rows = Array.from({ length: cells.length / columns.length }, (_, i) => cells.slice(i * columns.length, (i + 1) * columns.length));
  return h('table', { class: 'cells' },
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, said(matrix.slice(0, -1).map(({ name }) => name).join('/'))),
      columns.map((name) => h('th', { scope: 'col' }, said(name))))),
    h('tbody', {}, rows.map((row) => h('tr', { 'data-key': row[0].name },
      h('th', { scope: 'row' }, said(row[0].name.split('/').slice(0, -1).join('/'))),
      row.map(({ name, state, why }) => {
        const [mark, look] = ANSWERED[state] ?? ['○', 'quiet'];
        return h('td', { 'data-key': name, title: `${name}: ${why}` }, h('span', { class: `mark ${look}`, 'aria-hidden': 'true' }, mark),
          h('span', { class: 'unseen' }, words(state)));
      })))));
}

export function milestones({ milestones: all }) {
  return panel('milestones', 'Milestones', null,
    h('ol', { class: 'story' }, all.toReversed().map(({ index, kind, cause, at }, i, newestFirst) =>
      h('li', { 'data-key': index, class: ALERTS.includes(kind) ? 'alert' : kind === 'COMPLETED' ? 'good' : null },
        h('p', { class: 'line' }, h('strong', { title: kind }, words(kind)), h('span', { class: 'when' }, clock(at))),
        same(cause, newestFirst[i + 1]?.cause) ? null : [h('p', {}, said(cause.text)), measured(cause.observed, cause.limit)]))));
}

/** Whether a milestone says no more than the one before it, as where a rollback begins and ends. */
function same(cause, before) {
  return before && cause.text === before.text && cause.observed === before.observed;
}

/** Deliveries, one line for each conversation: a contact over a channel. */
export function told(source) {
  const all = source.value ?? [];
  const conversations = Map.groupBy(all, ({ contact, channel, address }) => [contact, channel, address].join('\n'));
  const lost = all.filter(({ state }) => state === 'UNDELIVERABLE').length;
  return panel('told', 'Who was told', lost ? h('span', { class: 'lost' }, `${count(lost)} undeliverable`) : null,
    trouble(source, 'Deliveries'),
    source.value && !all.length ? h('p', { class: 'quiet pad' }, 'Nobody yet.') : null,
    h('ul', { class: 'conversations' }, [...conversations].sort(([one], [other]) => one.localeCompare(other)).map(conversation)));
}

function conversation([key, deliveries]) {
  const { contact, role, channel, address } = deliveries[0];
  const oldestFirst = deliveries.toReversed();
  const milestones_ = Map.groupBy(oldestFirst, ({ milestone }) => milestone);
  const lost = deliveries.filter(({ state, error }) => state === 'UNDELIVERABLE' || (error && state !== 'DELIVERED'));
  return h('li', { 'data-key': key },
    h('p', { class: 'line' }, h('span', {}, said(contact), ' ', h('span', { class: 'quiet' }, said(words(role).toLowerCase()))),
      h('span', { class: 'when' }, words(channel), ' ', said(address))),
    h('p', { class: 'chips' }, [...milestones_].map(([milestone, some]) => chip(milestone, some))),
    lost.slice(0, 3).map(({ id, error }) => h('p', { class: 'lost', 'data-key': id }, said(error ?? 'undeliverable'))));
}

const MARKS = { DELIVERED: '✓', UNDELIVERABLE: '✕' };

function chip(milestone, deliveries) {
  const newest = deliveries.at(-1);
  const worst = deliveries.find(({ state }) => state === 'UNDELIVERABLE') ?? newest;
  const title = `${words(worst.state)}, ${worst.attempts} ${worst.attempts === 1 ? 'attempt' : 'attempts'}, `
    + `${new Date(worst.at).toLocaleString('en-GB')}${worst.error ? `: ${worst.error}` : ''}`;
  return [h('span', { class: `chip ${worst.state.toLowerCase()}`, title, 'data-key': milestone },
    words(milestone), ' ', h('span', { 'aria-hidden': 'true' }, MARKS[worst.state] ?? '…'),
    h('span', { class: 'unseen' }, words(worst.state))), ' '];
}

/** The journal: by default what moved the release, on request every entry. */
export function journal(source, whole) {
  const all = source.value ?? [];
  const moved = all.filter(({ reason }) => reason);
  const shown = (whole ? all : moved).slice(-JOURNAL_MOST).toReversed();
  return panel('journal', 'Timeline', all.length > moved.length
    ? h('button', { type: 'button', class: 'plain', 'data-action': 'journal', 'aria-pressed': String(whole) },
      whole ? 'Only what moved it' : `All ${count(all.length)} entries`) : null,
  trouble(source, 'The timeline'),
  h('table', { class: 'journal-table' },
    h('thead', {}, h('tr', {}, ['Time', 'Reason', 'By', 'State'].map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, shown.map((entry) => h('tr', { 'data-key': entry.version },
      h('td', { class: 'figure' }, clock(entry.at)),
      h('td', {}, entry.reason ? said(arrows(entry.reason)) : h('span', { class: 'quiet' }, said(entry.input))),
      h('td', { class: 'actor' }, said(actor(entry.actor), { title: entry.actor })),
      h('td', {}, badge(entry.state)))))),
  (whole ? all : moved).length > JOURNAL_MOST ? h('p', { class: 'quiet pad' },
    `The newest ${count(JOURNAL_MOST)} of ${count((whole ? all : moved).length)}.`) : null);
}

/** `PROPOSED to VALIDATING` in words. */
function arrows(reason) {
  return reason.replace(STATE_TO_STATE, (_, from, to) => `${words(from)} → ${words(to)}`);
}

function actor(text) {
  const [kind, ...rest] = text.split(':');
  const name = rest.join(':');
  return kind === 'user' ? name : kind === 'service' ? name.split('/')[0] : name || text;
}
