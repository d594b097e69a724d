// What a person may say of a release here, of exactly what it is: a yes, a no, the answer to a duty. The API alone judges it.

import { h, said } from './dom.js';
import { hash, words } from './format.js';
import { fact, panel } from './parts.js';

export const FILES_MOST = 10;
const FILE_MOST = 8 * 1024 * 1024; // bytes, as much as a gateway lets through by itself
const REASON_MOST = '500';
const VALUE_MOST = '200';
const ALL_CELLS = '*';
const RESULTS = ['PASSED', 'FAILED', 'NOT_POSSIBLE', 'NOT_APPLICABLE'];

/** What is said is of exactly this, and of no other release, revision, artifacts, policy or, where there is one, guide. */
export function exactly({ sha, artifacts, policyHash, guideHash }) {
  return { sha, digests: artifacts.map(({ digest }) => digest), policyHash, ...guideHash ? { guideHash } : {} };
}

/** What is waited for, or heard, from people now; `duty` where it is the answer to one. */
export function sayable(it) {
  const { state, approvalsRequired, vote } = it;
  const asked = state === 'AWAITING_APPROVAL';
  const veto = ['STAGING', 'CANDIDATE'].includes(state) && vote?.veto?.length > 0;
  return [
    ...asked && approvalsRequired > 0 ? [{ what: 'approve' }] : [],
    ...(asked && (approvalsRequired > 0 || vote)) || veto ? [{ what: 'object' }] : [],
    ...(it.duties ?? []).filter(isOpen).map((duty) => ({ what: 'duty', duty })),
  ];
}

/** One that has failed after the release may be said otherwise. */
function isOpen({ state, after }) {
  return state === 'DUE' || state === 'LATE' || (state === 'FAILED' && Boolean(after));
}

/** Where it is said, below the release. */
export function place({ what, duty }) {
  return { approve: 'approvals', object: 'objections', duty: `duties/${encodeURIComponent(duty)}` }[what];
}

/** What is sent: nothing that was left empty, and no more than was asked. `values` are those of the form; a yes is to the guide too. */
export function request(what, values, exact, files) {
  if (what === 'approve') {
    return exact;
  }
  const { guideHash: _, ...triple } = exact;
  const reason = values.reason.trim();
  if (what === 'object') {
    return { ...triple, reason };
  }
  const fields = Object.entries(values.fields).map(([name, value]) => [name, value.trim()]).filter(([, value]) => value);
  const links = values.links.split(/\s+/).filter(Boolean);
  const cells = values.cells.includes(ALL_CELLS) ? [ALL_CELLS] : values.cells;
  return {
    ...triple,
    result: values.result,
    reason,
    ...fields.length ? { fields: Object.fromEntries(fields) } : {},
    ...links.length ? { links } : {},
    ...cells.length ? { cells } : {},
    ...files.length ? { files: files.map(({ name, digest }) => ({ name, digest })) } : {},
  };
}

/** Why files cannot stand with an answer; null where they can. Each has a `name` and a `size`. */
export function wrongFiles(files) {
  if (files.length > FILES_MOST) {
    return `An answer has at most ${FILES_MOST} files, these are ${files.length}. Put more into one, or behind a link.`;
  }
  const twice = files.find(({ name }, i) => files.findIndex((other) => other.name === name) < i);
  if (twice) {
    return `Two files are called ${twice.name}; each takes a name of its own.`;
  }
  const wrong = files.find(({ size }) => size === 0 || size > FILE_MOST);
  return wrong ? `${wrong.name} is no file of 1 byte to 8 MB. Put a larger one behind a link.` : null;
}

/** The values of an answer's form. */
export function values(form) {
  const data = new FormData(form);
  const text = (name) => String(data.get(name) ?? '');
  return {
    result: text('result'),
    reason: text('reason'),
    links: text('links'),
    cells: data.getAll('cell').map(String),
    fields: Object.fromEntries([...data].filter(([name]) => name.startsWith('field '))
      .map(([name, value]) => [name.slice('field '.length), String(value)])),
    files: data.getAll('file').filter((file) => typeof file !== 'string' && file.name),
  };
}

/** `word` is what is being said, `speaker` by whom; nothing is shown where nobody is asked and nothing was said. */
export function answers(it, { word, speaker, wrong, told }) {
  const all = sayable(it);
  if (!all.length && !told) {
    return null;
  }
  return panel('answers', 'Say it here', speaker ? said(speaker.name) : null,
    told ? h('p', { class: 'told-so', role: 'status' }, said(told)) : null,
    wrong ? h('p', { class: 'trouble', role: 'alert' }, said(wrong)) : null,
    !all.length ? null : speaker ? [
      h('ul', { class: 'sayable' }, all.map(({ what, duty }) => choice(it, what, duty, word))),
      speaker.own ? h('button', { type: 'button', class: 'plain', 'data-action': 'silence' }, 'Forget who answers') : null,
    ] : entrance());
}

function entrance() {
  return h('form', { class: 'say', 'data-form': 'speaker', 'data-key': 'speaker', autocomplete: 'off' },
    h('p', {}, 'People are asked. Whoever answers does so with a token of their own, of the role approver:'),
    h('pre', {}, h('code', {}, './slipway token --role approver --subject me --email me@example.test')),
    h('label', {}, 'Token of whoever answers',
      h('input', { name: 'token', type: 'password', autocomplete: 'off', spellcheck: 'false', required: true, maxlength: '8192' })),
    h('button', { type: 'submit' }, 'Answer as this person'),
    h('p', { class: 'quiet' }, 'It stays in this page until it is left or loaded again, and goes nowhere but to this gateway\'s API.'));
}

const TITLES = { approve: 'Approve', object: 'Object' };

function choice(it, what, duty, word) {
  const open = word?.what === what && word.duty === (duty?.id ?? null);
  return h('li', { 'data-key': `${what} ${duty?.id ?? ''}` },
    h('button', { type: 'button', 'data-action': 'say', 'data-what': what, 'data-duty': duty?.id, 'aria-expanded': String(open) },
      TITLES[what] ?? [said(duty.text), ' ', h('span', { class: 'quiet' }, said(`${duty.id}, ${duty.by}`))]),
    open ? form(it, duty, word) : null);
}

function form(it, duty, { what, exact, busy }) {
  return h('form', { class: 'say', 'data-form': what, 'data-key': `say ${what} ${duty?.id ?? ''}`, autocomplete: 'off' },
    h('p', { class: 'quiet' }, 'What you say is of exactly this:'),
    h('dl', { class: 'exactly' },
      fact('Release', said(it.id)), fact('Commit', hash(exact.sha)),
      exact.digests.map((digest) => fact('Artifact', hash(digest))),
      fact('Policy', hash(exact.policyHash)), exact.guideHash ? fact('Guide', hash(exact.guideHash)) : null),
    what === 'approve' ? null : what === 'object' ? why('Why not') : [result(), cells(duty), fields(duty), why('What was done and seen'), proof()],
    h('p', { class: 'buttons' },
      h('button', { type: 'submit', disabled: busy }, busy ? 'Saying it…' : { approve: 'Approve exactly this', object: 'Object to exactly this' }[what] ?? 'Answer'),
      h('button', { type: 'button', class: 'plain', 'data-action': 'unsay' }, 'Not now')));
}

function why(label) {
  return h('label', {}, label, h('textarea', { name: 'reason', rows: '3', required: true, maxlength: REASON_MOST }));
}

function result() {
  return h('label', {}, 'What came of it', h('select', { name: 'result', required: true },
    h('option', { value: '' }, 'Choose'), RESULTS.map((each) => h('option', { value: each }, words(each)))));
}

function fields({ fields: names }) {
  return names.map((name) => h('label', { 'data-key': `field ${name}` }, said(name),
    h('input', { name: `field ${name}`, type: 'text', maxlength: VALUE_MOST })));
}

/** Of a duty that is asked for cell by cell; a cell is named as the API names it. */
function cells({ cells: all }) {
  return all?.length ? h('fieldset', {}, h('legend', {}, 'Of which cells'),
    all.map(({ name, state }) => box(name, [said(name), ' ', h('span', { class: 'quiet' }, words(state).toLowerCase())])),
    box(ALL_CELLS, 'each that I have not answered')) : null;
}

function box(value, label) {
  return h('label', { class: 'box', 'data-key': value }, h('input', { type: 'checkbox', name: 'cell', value }), label);
}

function proof() {
  return [
    h('label', {}, 'Links, one a line', h('textarea', { name: 'links', rows: '2', spellcheck: 'false' })),
    h('label', {}, `Files, up to ${FILES_MOST} of 8 MB`, h('input', { name: 'file', type: 'file', multiple: true })),
  ];
}
