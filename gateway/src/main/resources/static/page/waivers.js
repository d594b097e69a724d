// Gates that releases on their way go without, or that somebody has asked to waive.

import { h, said } from './dom.js';
import { address, clock } from './format.js';
import { panel, trouble } from './parts.js';

/** Nothing where no gate is waived: then there is nothing to look after. */
export function waivers(source, application) {
  const open = (source.value ?? []).filter(({ release }) => !application || release.split('@')[0] === application);
  if (!open.length) {
    return trouble(source, 'Waivers');
  }
  return panel('waivers', 'Open waivers', String(open.length),
    trouble(source, 'Waivers'),
    h('ul', { class: 'rows' }, open.map(({ release, waiver }) => row(release, waiver))));
}

function row(release, { gate, reason, until, by, confirmedBy }) {
  return h('li', { 'data-key': `${release} ${gate}` },
    h('a', { class: 'row', href: address(release) },
      h('span', { class: 'line' },
        h('span', { class: 'name' }, said(release), ' ', said(gate, { class: 'version' })),
        h('span', { class: 'when', title: until }, 'until ', clock(until))),
      h('span', { class: 'line' },
        h('span', {}, said(by)),
        confirmedBy ? h('span', {}, 'confirmed by ', said(confirmedBy)) : h('span', { class: 'tag' }, 'not confirmed yet')),
      h('span', { class: 'why' }, said(reason))));
}
