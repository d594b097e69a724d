// The selected release: where it is and why, who is waited for and what to type, then everything behind that.

import { announcements } from './announced.js';
import { answers } from './answers.js';
import { h, said } from './dom.js';
import { ago, changed, clock, duration, hash, lasting, words } from './format.js';
import { gates } from './gates.js';
import { guide } from './guide.js';
import { notes } from './notes.js';
import { badge, command, fact, measured, trouble } from './parts.js';
import { terminal, tone, track } from './phases.js';
import { key, rollout } from './rollout.js';
import { contacts, dates, duties, feedback, items, journal, milestones, owed, told } from './story.js';
import { approvals } from './votes.js';

const SHOWN_MOST = 4; // authors, artifacts

/** `view` holds the sources of the release and of what belongs to it, and what the reader chose. */
export function release(view) {
  const { source, id } = view;
  const it = source.value;
  if (!it) {
    return h('div', { class: 'empty' }, source.wrong
      ? [h('h1', {}, said(id)), h('p', { class: 'wrong' }, said(source.wrong.message)),
        h('p', {}, h('a', { href: '#/releases' }, 'All releases'))]
      : h('p', { class: 'quiet' }, 'Loading…'));
  }
  const { judgement, before } = beside(it, view.environments.value);
  return [
    h('div', { class: 'head', 'data-key': 'head' },
      h('a', { class: 'back', href: '#/releases' }, '← Releases'),
      title(it),
      facts(it),
      trouble(source, 'Not up to date')),
    situation(it, view.copied),
    way(it, view.timeline.value),
    guide(view.guide, it, view.copied),
    h('div', { class: 'halves', 'data-key': 'halves' },
      h('div', { class: 'wide', 'data-key': 'wide' },
        rollout(it, judgement, before), gates(it, view.opened), notes(view.notes),
        announcements(view.announced, it.id, view.copied), journal(view.timeline, view.wholeJournal)),
      h('div', { class: 'narrow', 'data-key': 'narrow' },
        answers(it, view.saying), approvals(it), duties(it, view.fileWrong), owed(it), items(it), feedback(it), dates(it), milestones(it),
        told(view.deliveries))),
  ];
}

/** The environment's judgement of this rollout ticks each second; the release's own is the last that mattered. */
export function beside({ rollout: it }, environments) {
  const environment = it && environments?.find((each) => each.environment === it.environment);
  const question = it && key(it.question);
  const live = environment?.rollout && key(environment.rollout.question) === question ? environment.rollout.judgement : null;
  const judgement = [live, it?.judgement].filter(Boolean)
    .sort((one, other) => counted(other) - counted(one))[0] ?? null;
  const old = environment?.shares.find((share) => share.key !== question)?.version;
  return { judgement, before: it?.phase === 'RESTORED' ? it.runningVersion : old ?? null };
}

function counted({ canary, baseline }) {
  return canary.answers + baseline.answers;
}

function title(it) {
  return h('div', { class: 'title' },
    h('h1', {}, said(it.application), ' ', said(it.version, { class: 'version' })),
    badge(it.state),
    ['ROLLBACK', 'CONFIGURATION'].includes(it.kind) ? h('span', { class: 'tag' }, it.kind.toLowerCase()) : null,
    h('span', { class: 'quiet' }, 'for ', lasting(it.since)));
}

function facts(it) {
  return h('dl', { class: 'facts' },
    fact('Commit', hash(it.sha)),
    it.authors.length ? fact('By', said(it.authors.slice(0, SHOWN_MOST).join(', ')),
      it.authors.length > SHOWN_MOST ? ` and ${it.authors.length - SHOWN_MOST} more` : null) : null,
    it.unmatchedAuthors?.length ? fact('No login', said(it.unmatchedAuthors.slice(0, SHOWN_MOST).join(', ')),
      it.unmatchedAuthors.length > SHOWN_MOST ? ` and ${it.unmatchedAuthors.length - SHOWN_MOST} more` : null) : null,
    it.artifacts.slice(0, SHOWN_MOST).map(({ uri, digest }) => fact('Artifact', h('span', { title: uri }, hash(digest)))),
    fact('Policy', hash(it.policyHash)),
    it.guideHash ? fact('Guide', hash(it.guideHash)) : null,
    it.owner ? fact('Owner', said(it.owner)) : null,
    it.forwardOnly ? fact('Forward only', said(it.forwardOnly)) : null,
    it.contacts?.length ? fact('Contacts', contacts(it)) : null,
    it.configuration ? fact('Configuration', hash(it.configuration)) : null,
    it.changes?.length ? fact('Otherwise than what ran', h('ul', { class: 'changes' },
      it.changes.map((change) => h('li', { 'data-key': change.name }, said(changed(change)))))) : null,
    fact('Proposed', ago(it.proposedAt), h('span', { class: 'quiet' }, ' by '), said(it.publisher)),
    it.mergedAs ? fact('Merged as', hash(it.mergedAs)) : null,
    fact('Number', String(it.ordinal)));
}

/** Cause and wait side by side: the two questions that bring a person here. */
function situation(it, copied) {
  const { cause, waiting } = it;
  if (!cause && !waiting) {
    return null;
  }
  return h('div', { class: 'situation', 'data-key': 'situation' },
    cause ? h('section', { class: `callout ${causeTone(it)}`, 'data-key': 'cause', 'aria-label': 'Cause' },
      h('h2', {}, words(cause.kind)), h('p', { class: 'text' }, said(cause.text)), measured(cause.observed, cause.limit)) : null,
    waiting ? h('section', { class: `callout ${waiting.command ? 'wait' : 'plain'}`, 'data-key': 'waiting', 'aria-label': 'Waiting' },
      h('h2', {}, 'Waiting for ', said(waiting.owner)),
      h('p', { class: 'text' }, said(waiting.what)),
      h('p', { class: 'quiet' }, 'for ', lasting(waiting.since), ' · until ', clock(waiting.until), ', ', ago(waiting.until)),
      waiting.command ? [command(waiting.command, copied), contacts(it)] : null) : null);
}

function causeTone({ state }) {
  const meaning = tone(state);
  return terminal(state) || meaning === 'bad' || meaning === 'alarm' ? (meaning === 'alarm' ? 'bad' : meaning) : 'wait';
}

function way(it, timeline) {
  if (!timeline && ['bad', 'alarm', 'quiet'].includes(tone(it.state))) {
    return h('ol', { class: 'track', 'data-key': 'track' }); // where it left the way only the timeline tells
  }
  const steps = track(it, timeline);
  return h('ol', { class: 'track', 'data-key': 'track', 'aria-label': 'States of the release' }, steps.map(({ state, mark, took }) => {
    const present = mark === 'present';
    const meaning = present ? tone(state) : mark === 'done' && ['bad', 'alarm'].includes(tone(state)) ? 'bad' : '';
    return h('li', { 'data-key': state, class: `${mark} ${meaning}`, 'aria-current': present ? 'step' : null, title: state },
      h('span', { class: 'node', 'aria-hidden': 'true' }, node(state, mark)),
      h('span', { class: 'label' }, words(state)),
      h('span', { class: 'took' }, present && !terminal(state) ? lasting(it.since) : took === null ? '' : duration(took)),
      h('span', { class: 'unseen' }, { done: 'done', present: 'present', broken: 'left the way here', ahead: 'to come' }[mark]));
  }));
}

function node(state, mark) {
  if (mark === 'broken') {
    return '✕';
  }
  if (mark === 'done') {
    return ['bad', 'alarm'].includes(tone(state)) ? '↩' : '✓';
  }
  return mark === 'present' && terminal(state) ? { good: '✓', bad: '✕', quiet: '–' }[tone(state)] ?? '' : '';
}
