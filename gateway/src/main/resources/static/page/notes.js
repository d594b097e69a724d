// The release's notes as the API has them: what people say, and below it the facts, which are nobody's to edit.

import { h, said } from './dom.js';
import { address, changed, clock, hash } from './format.js';
import { panel, trouble } from './parts.js';

const CHANGES = [
  ['breaking', 'Breaking changes'],
  ['features', 'New features'],
  ['improvements', 'Improvements'],
  ['fixes', 'Bug fixes'],
  ['others', 'Other changes'],
];
const WHERE_THERE_ARE_ANY = ['breaking', 'others'];
const LINES = [['knownLimitations', 'Known limitations'], ['upgrade', 'Upgrade recommendations']];
const SHOWN_MOST = 50; // changes of a kind; the API's own pages have all

/** Nothing until the API has said what there is. */
export function notes(source) {
  const it = source.value;
  if (!it) {
    return trouble(source, 'Release notes');
  }
  const none = it.unread ? 'Not known, as said above.' : 'None.';
  return panel('notes', 'Release notes',
    it.since ? ['changes since ', h('a', { href: address(it.since.release) }, said(it.since.release))] : 'production had verified none before it',
    trouble(source, 'Release notes'),
    it.unread ? h('p', { class: 'quiet pad' }, said(it.unread)) : null,
    it.more ? h('p', { class: 'quiet pad' }, 'There are older changes, which are not told here.') : null,
    it.prose ? prose(it.prose) : null,
    CHANGES.filter(([name]) => it[name].length || !WHERE_THERE_ARE_ANY.includes(name))
      .map(([name, title]) => section(name, title, it[name].map(change), none)),
    it.guide?.length ? section('guide', 'Guide', it.guide.map((line) => said(line)), '') : null,
    it.configuration.length ? section('configuration', 'Configuration', it.configuration.map((setting) => said(changed(setting))), none) : null,
    it.disruption ? section('disruption', 'Disruption', [said(it.disruption)], '') : null,
    it.measured?.length ? section('measured', 'Measured', it.measured.map((line) => said(line)), '') : null,
    LINES.map(([name, title]) => section(name, title, it[name].map((line) => said(line)), 'None.')));
}

/** Paragraphs and lines stay as they were typed. */
function prose({ text, by, at, reason }) {
  return h('section', { 'data-key': 'prose' },
    h('h3', {}, 'In words'),
    h('p', { class: 'prose' }, said(text)),
    h('p', { class: 'quiet' }, 'Said by ', said(by), ', ', clock(at), ' (', said(reason), '); what follows is read from what happened.'));
}

function section(key, title, items, none) {
  const more = items.length - SHOWN_MOST;
  return h('section', { 'data-key': key },
    h('h3', {}, title),
    items.length ? h('ul', {}, items.slice(0, SHOWN_MOST).map((item, i) => h('li', { 'data-key': `${key} ${i}` }, item)))
      : h('p', { class: 'quiet' }, none),
    more > 0 ? h('p', { class: 'quiet' }, `and ${more} more`) : null);
}

function change({ scope, subject, note, sha }) {
  return [scope ? [h('strong', {}, said(scope), ':'), ' '] : null, said(note ? `${subject}: ${note}` : subject), ' ', hash(sha)];
}
