// What frames the page: whether it is live, what is wrong, and what to do where there is nothing yet.

import { now } from './api.js';
import { h, said } from './dom.js';
import { clock, duration } from './format.js';
import { command } from './parts.js';

const FIRST_STEPS = [
  ['./slipway init', 'writes a policy for a program of yours'],
  ['./slipway policy apply policy.yaml', 'registers it'],
  ['./slipway release create', 'proposes a version; it shows here at once'],
];

/** Whether what is seen is the present, and who sees it. */
export function link(sources, heard, bearer) {
  const lost = sources.some((source) => source.lost !== null);
  const until = bearer.until ? `this token is good until ${bearer.until.toLocaleString('en-GB')}` : null;
  return [
    h('span', { class: lost ? 'live lost' : 'live' }, h('i', { class: 'dot', 'aria-hidden': 'true' }),
      lost ? 'Not live' : heard ? 'Live' : 'Connecting…'),
    h('span', { class: 'bearer', title: until }, said(bearer.name)),
    h('button', { type: 'button', class: 'plain', 'data-action': 'leave' }, 'Forget token'),
  ];
}

/** A lost connection is one notice; a service that does not answer is named where its part would be, the main ones here too. */
export function notices(sources, main) {
  const gone = sources.filter((source) => source.wrong?.status === 0);
  if (gone.length) {
    const since = Math.min(...gone.map((source) => source.lost));
    const again = Math.min(...gone.map((source) => source.again));
    return h('p', { class: 'notice bad', 'data-key': 'lost', role: 'alert' },
      h('strong', {}, 'Connection lost since ', clock(since)), ': ', said(gone[0].wrong.message),
      `. What you see is of that time; trying again in ${duration(again - now())}.`);
  }
  const refused = main.find((source) => source.wrong && source.value);
  return refused ? h('p', { class: 'notice', 'data-key': 'old', role: 'alert' },
    h('strong', {}, 'Not up to date since ', clock(refused.lost)), ': ', said(refused.wrong.message)) : null;
}

/** The page itself failed. */
export function broken(wrong) {
  return h('p', { class: 'notice bad', role: 'alert' }, 'This page cannot show what it was told: ', said(String(wrong)));
}

export function firstSteps(copied) {
  return h('div', { class: 'empty' },
    h('h1', {}, 'No release yet'),
    h('p', {}, 'A release begins with a policy: your release guide as code. These three commands lead to the first one.'),
    h('ol', { class: 'commands' }, FIRST_STEPS.map(([text, does]) =>
      h('li', { 'data-key': text }, command(text, copied), h('p', { class: 'quiet' }, does)))),
    h('p', {}, 'Or see a good release shipped and a bad one taken back:'),
    command('./slipway demo', copied));
}
