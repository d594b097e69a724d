// In what the guide's file at the released revision differs from the guide of the policy, and lines that are of no use as they are.

import { h, said } from './dom.js';
import { clock } from './format.js';
import { command } from './parts.js';

const STATES = {
  SAME: 'is the same at the released revision',
  DIFFERS: 'differs at the released revision',
  MISSING: 'is not in the released revision',
  UNREADABLE: 'cannot be read at the released revision',
};
const KINDS = { ADDED: ['+', 'new'], CHANGED: ['~', 'changed'], MOVED: ['→', 'moved'], GONE: ['−', 'gone'] };

/** Nothing where nobody has looked; `release` is what could go by it. */
export function file(it, release, copied) {
  if (!it) {
    return null;
  }
  const { state, lines = [], more = 0, adopted } = it;
  const open = state === 'DIFFERS' && !adopted;
  const many = lines.length + more;
  return h('section', { 'data-key': 'file', class: `file ${open ? 'open' : ''}`, 'aria-label': 'The guide\'s file' },
    h('h3', {}, 'File'),
    h('p', {}, said(it.file, { class: 'rule' }), ' ',
      state === 'DIFFERS' && adopted ? 'differs from the guide of the policy' : STATES[state] ?? 'is not known here',
      many ? ` in ${counted(many, 'line')}` : null, it.why ? [': ', said(it.why)] : null),
    adopted ? word(adopted) : null,
    open ? h('p', { class: 'quiet' }, 'The release goes by the guide of its policy.') : null,
    lines.length ? h('ul', { class: 'differences', 'aria-label': 'In what it differs' }, lines.map((line) => difference(line, it.file))) : null,
    more ? h('p', { class: 'quiet' }, `and ${counted(more, lines.length ? 'more line' : 'line')}`) : null,
    open ? command(`./slipway guide adopt ${release} --reason WHY`, copied) : null);
}

/** By whose word the release goes by it, and whose yes that took away. */
function word({ by, operator, at, reason, guideHash, fell = [] }) {
  return h('p', { class: 'adopted', title: guideHash }, 'Adopted by ', said(by), operator ? ', operator, ' : ', ', clock(at), ': ', said(reason), '. ',
    fell.length ? [fell.length === 1 ? 'The approval of ' : 'The approvals of ', said(fell.join(', ')), ' fell.'] : 'No approval fell.');
}

function difference({ kind, id, text, was, under = [], line }, from) {
  const [mark, name] = KINDS[kind] ?? ['?', 'otherwise'];
  return h('li', { 'data-key': `${kind} ${id}`, class: name, title: id },
    h('span', { class: 'mark', 'aria-hidden': 'true' }, mark), h('span', { class: 'kind' }, name),
    h('span', { class: 'what' }, said(text), was ? [' ', h('span', { class: 'quiet' }, 'was: ', said(was))] : null,
      kind === 'MOVED' && under.length ? [' ', h('span', { class: 'quiet' }, 'now under ', said(under.at(-1)))] : null,
      line ? [' ', said(`${from}:${line}`, { class: 'place' })] : null));
}

const FLAWS = {
  NEVER_APPLIED: ['never applied', ({ looked }) => `It applied to none of the last ${counted(looked, 'release')}.`],
  ALWAYS_LATE: ['always late', (each) => `It was late in ${all(each)}.`],
  ALWAYS_WAIVED: ['always waived', (each) => `It was waived in ${all(each)}.`],
};

/** Lines that the last releases show to be of no use as they are; nothing where there are none. */
export function repair(lines) {
  return lines?.length ? h('section', { 'data-key': 'repair', class: 'repair', 'aria-label': 'Lines for repair' },
    h('h3', {}, 'For repair, by the last releases'),
    h('ul', {}, lines.map((each) => {
      const [name, seen] = FLAWS[each.flaw] ?? ['to be mended', ({ looked }) => `Of the last ${counted(looked, 'release')}.`];
      return h('li', { 'data-key': `repair ${each.id}`, title: each.id },
        h('span', { class: 'tag' }, name), h('span', { class: 'what' }, said(each.text), ' ', h('span', { class: 'quiet' }, seen(each))));
    }))) : null;
}

function all({ releases, looked }) {
  return `all ${releases} that came to it, of the last ${counted(looked, 'release')}`;
}

function counted(many, what) {
  return `${many} ${what}${many === 1 ? '' : 's'}`;
}
