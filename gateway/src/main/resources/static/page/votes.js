// Who agrees to a release and who does not, of whom a word is still wanted, and what came of it.

import { h, said } from './dom.js';
import { ago, clock, words } from './format.js';
import { panel } from './parts.js';

const PLACES_MOST = 10; // shown for yeses that are not there

export function approvals({ approvals: all, approvalsRequired, vote, kind }) {
  if (!approvalsRequired && !all.length && !vote) {
    return kind === 'ROLLBACK' ? null
      : panel('approvals', 'Approvals', null, h('p', { class: 'quiet pad' }, 'The policy asks for none.'));
  }
  const open = vote?.decided ? 0 : Math.max(0, approvalsRequired - all.length);
  return panel('approvals', 'Approvals', approvalsRequired || all.length ? `${all.length} of ${approvalsRequired}` : 'none asked for',
    vote ? terms(vote) : null,
    h('ul', { class: 'people' },
      all.map(({ email, at }) => h('li', { 'data-key': email },
        mark('✓', 'good'), said(email), h('span', { class: 'when' }, ago(at)))),
      (vote?.objections ?? []).map(no),
      Array.from({ length: Math.min(open, PLACES_MOST) }, () => h('li', { class: 'quiet' }, mark('○', ''), 'not yet')),
      vote?.decided ? null : (vote?.roles ?? []).map(quorum),
      (vote?.reviews ?? []).map(review)));
}

function mark(sign, look) {
  return h('span', { class: `mark ${look}`, 'aria-hidden': 'true' }, sign);
}

/** What came of it, or how long it goes on, and who can end it. */
function terms({ decided, openUntil, veto = [] }) {
  const all = [
    decided ? h('p', { 'data-key': 'tally' }, h('strong', {}, words(decided.outcome)), ' ', clock(decided.at), `: ${decided.yes.length} yes of ${decided.required}, ${decided.no.length} no`,
      decided.missing.length ? [', nobody for ', said(decided.missing.join(', '))] : null) : null,
    openUntil ? h('p', { 'data-key': 'until', class: 'quiet' }, decided ? 'It was open until ' : 'Open until ', clock(openUntil), ', ', ago(openUntil)) : null,
    veto.length && (!decided || decided.outcome === 'PASSED') ? h('p', { 'data-key': 'veto', class: 'quiet' },
      'A no of ', said(veto.join(' or ')), ' ends it, until production.') : null,
  ].filter(Boolean);
  return all.length ? h('div', { class: 'terms', 'data-key': 'terms' }, all) : null;
}

/** Once somebody says yes after it, it is on record and counts no more. */
function no({ email, at, reason, yesBefore, counts, veto }) {
  return h('li', { 'data-key': `no ${email} ${at}`, class: 'no' },
    mark(counts ? '✕' : '–', counts ? 'bad' : 'quiet'),
    h('span', {}, h('span', { class: counts ? null : 'quiet' }, 'no: '), said(email), veto ? [' ', h('span', { class: 'tag' }, 'veto')] : null, ' ',
      h('span', { class: 'quiet' }, said(reason), yesBefore ? ' (in place of a yes)' : null, counts ? null : ' (says yes since)')),
    h('span', { class: 'when' }, ago(at)));
}

function quorum({ role, wanted, missing }) {
  return h('li', { 'data-key': `role ${role}` }, mark(missing ? '○' : '✓', missing ? 'quiet' : 'good'),
    h('span', {}, said(role), ' ', h('span', { class: 'quiet' },
      missing ? `${missing} of ${wanted} still wanted` : `${wanted} of ${wanted}`)));
}

/** Files whose change somebody in particular approves. */
function review({ files, by, changed, more, missing }) {
  const known = changed.length > 0;
  const beyond = more ? ` and ${more} more` : more === undefined || more === null ? ' and others, as far as is known' : '';
  return h('li', { 'data-key': `review ${files.join(' ')} ${by.join(' ')}` }, mark(missing ? '○' : '✓', missing ? 'quiet' : 'good'),
    h('span', {}, said(by.join(' or ')), missing ? ' has to approve ' : ' has approved ',
      h('span', { class: 'quiet' }, said((known ? changed : files).join(', ')), known ? beyond : ', which may have changed')));
}
