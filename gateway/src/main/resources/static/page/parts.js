// Small parts that several views share.

import { h, said } from './dom.js';
import { words } from './format.js';
import { tone } from './phases.js';

/** A state in words with its colour; the wire name is the title. */
export function badge(state) {
  return h('span', { class: `badge ${tone(state)}`, title: state },
    h('i', { class: 'dot', 'aria-hidden': 'true' }), words(state));
}

/** A section with a heading; `aside` stands at the heading's end. */
export function panel(key, title, aside, ...content) {
  return h('section', { class: `panel ${key}`, 'data-key': key, 'aria-label': title },
    h('header', {}, h('h2', {}, title), aside ? h('div', { class: 'aside' }, aside) : null),
    ...content);
}

/** A term and what it is; null where there is nothing to say. */
export function fact(term, ...value) {
  return h('div', { class: 'fact' }, h('dt', {}, term), h('dd', {}, ...value));
}

/** Observed value and limit side by side; what is empty is left out. */
export function measured(observed, limit) {
  if (!observed && !limit) {
    return null;
  }
  return h('dl', { class: 'measured' },
    observed ? fact('observed', said(observed, { class: 'figure' })) : null,
    limit ? fact('limit', said(limit, { class: 'figure' })) : null);
}

/** A command to be typed, on one line, with a button that copies it. */
export function command(typed, copied) {
  const text = typed.replace(/\s+/g, ' ');
  return h('div', { class: 'command' },
    h('code', {}, text),
    h('button', { type: 'button', 'data-action': 'copy', 'data-text': text, 'aria-label': `Copy ${text}` },
      copied === text ? 'Copied' : 'Copy'));
}

/** Says that a part cannot be shown, or is as old as it is. */
export function trouble(source, what) {
  if (!source.wrong) {
    return null;
  }
  return h('p', { class: 'trouble', role: 'note' }, `${what}: `, said(source.wrong.message));
}
