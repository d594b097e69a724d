// The strip on top: what each environment serves, and to whom.

import { away, h, said, svg } from './dom.js';
import { address, ago, megabytes, percent, words } from './format.js';
import { trouble } from './parts.js';

const SHOWN_MOST = 24;
const ORDER = ['staging', 'production'];

const HOSTS_SHOWN = 2;
const THIS_MACHINE = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Environments of one application stand together, those of the given one first. `front` says where users come to them. */
export function environments(source, application, front) {
  if (!source.value) {
    return trouble(source, 'Environments');
  }
  const sorted = source.value.toSorted((one, other) => compare(one.environment, other.environment, application));
  const rest = sorted.length - SHOWN_MOST;
  return [
    sorted.slice(0, SHOWN_MOST).map((each) => card(each, Boolean(source.wrong), front)),
    rest > 0 ? h('p', { class: 'quiet' }, `and ${rest} more`) : null,
    trouble(source, 'Environments'),
  ];
}

function compare(one, other, application) {
  const [a, b] = [one.split('/'), other.split('/')];
  const first = (name) => (name === application ? 0 : 1);
  return first(a[0]) - first(b[0]) || a[0].localeCompare(b[0]) || ORDER.indexOf(a[1]) - ORDER.indexOf(b[1]);
}

function card(view, stale, front) {
  const [application, environment] = view.environment.split('/');
  const phase = view.rollout?.phase;
  return h('article', { class: stale ? 'environment stale' : 'environment', 'data-key': view.environment },
    h('h2', {}, said(application), h('span', { class: 'slash' }, '/'), said(environment)),
    h('p', { class: 'verified' }, view.verified
      ? [h('span', { class: 'quiet' }, 'verified '),
        h('a', { href: address(view.verified.release) }, said(view.verified.version)), ' ', h('span', { class: 'quiet' }, ago(view.verified.at))]
      : h('span', { class: 'quiet' }, 'nothing verified yet')),
    shares(view),
    uses(view),
    phase && !['VERIFIED', 'RESTORED', 'DISPLACED', 'NOT_ADMITTED'].includes(phase) ? under(view.rollout) : null,
    health(view),
    changed(view),
    view.waiting ? h('p', { class: 'queue' }, 'waits for the slot: ',
      h('a', { href: address(view.waiting.split('/')[0]) }, said(view.waiting.split('/')[0]))) : null,
    front?.hosts[view.environment] ? reached(view.environment, front) : null);
}

const NOT_WELL = { DIED: 'died', UNREADY: 'is not well', CRASH_LOOP: 'keeps dying', CHANGED: 'was changed behind Slipway\u2019s back' };
const HEALTH = { UP: 'up', STARTING: 'starting', UNREADY: 'not ready', RESTARTING: 'being started again', DOWN: 'down' };

/** What is wrong with versions that should run, and how often they were started again; nothing where all are well. */
function health({ running }) {
  const worth = (running ?? []).filter(({ incident, restarts }) => incident || restarts);
  return worth.map(({ version, health: state, restarts, incident }) => h('p', { class: incident ? 'incident' : 'restarts', title: incident?.why.text ?? '' },
    said(version), ' ', incident ? h('strong', {}, NOT_WELL[incident.kind] ?? 'went bad') : (HEALTH[state] ?? words(state)),
    incident ? [', ', HEALTH[state] ?? words(state)] : null,
    restarts ? `, started again ${restarts}\u00d7` : null,
    incident ? [h('br', {}), h('span', { class: 'quiet' }, said(incident.why.text), ', ', ago(incident.begun))] : null));
}

/** What was changed of them behind Slipway's back; a version may be well with it. */
function changed({ running }) {
  return (running ?? []).filter((version) => version.changed).map(({ version, changed: it }) =>
    h('p', { class: 'incident', title: it.why.remedy ?? '' }, said(version), ' ', h('strong', {}, NOT_WELL.CHANGED),
      h('br', {}), h('span', { class: 'quiet' }, said(it.why.text), ', ', ago(it.begun))));
}

/** Where users come: by name, where this browser's machine knows the names; else by path, through the host of this page. */
function reached(environment, { tls, port, hosts }) {
  const here = THIS_MACHINE.test(location.hostname);
  const names = hosts[environment].filter((host) => here || !host.endsWith('.localhost'));
  const links = names.length
    ? names.slice(0, HOSTS_SHOWN).map((host) => away({ tls, host, port, path: '' }, said(`${host}:${port}`)))
    : [away({ tls, host: location.hostname, port, path: `/apps/${environment}` }, said(`${location.hostname}:${port}/apps/${environment}`))];
  const rest = names.length - HOSTS_SHOWN;
  return h('p', { class: 'reached' }, h('span', { class: 'quiet' }, 'at '),
    links.flatMap((link, i) => (i ? [', ', link] : [link])),
    rest > 0 ? h('span', { class: 'quiet' }, ` and ${rest} more`) : null);
}

function under({ question, phase, step, steps, paused }) {
  const release = String(question.release);
  const place = { STEPPING: `step ${step} of ${steps}`, BAKING: 'bakes', FULL: 'waits to be confirmed' }[phase] ?? words(phase).toLowerCase();
  return h('p', { class: 'under' }, h('i', { class: 'dot', 'aria-hidden': 'true' }),
    h('a', { href: address(release) }, said(release)), ` ${place}${paused ? ', paused' : ''}`);
}

/** What each program uses, and all of them together where there are others than those that should run. */
function uses({ running, resources }) {
  const measured = (running ?? []).filter((version) => version.resources);
  if (!measured.length || !resources) {
    return null;
  }
  const known = measured.reduce((sum, version) => sum + version.resources.processes, 0);
  return h('ul', { class: 'uses' },
    measured.map((version) => h('li', {}, said(version.version), h('span', { class: 'quiet' }, ` ${used(version.resources)}`))),
    resources.processes > known ? h('li', {}, h('span', { class: 'quiet' }, `with what is being stopped ${used(resources)}`)) : null);
}

function used({ memoryBytes, cpuPercent, openFiles, threads }) {
  return `${megabytes(memoryBytes)}, ${cpuPercent.toFixed(1)} % of a processor, ${openFiles} files, ${threads} threads`;
}

/** A bar of the versions' shares of traffic; the verified one is plain, another is coloured. */
function shares({ shares: all, verified }) {
  const serving = all.filter((share) => share.percent > 0);
  if (!serving.length) {
    return h('p', { class: 'quiet' }, 'no traffic is served');
  }
  let from = 0;
  const parts = serving.map(({ percent: width, digest }) => {
    const part = svg('rect', { class: digest === verified?.digest ? 'share' : 'share new', x: from, y: 0, width, height: 1 });
    from += width;
    return part;
  });
  return h('div', { class: 'shares' },
    svg('svg', { viewBox: '0 0 100 1', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, parts),
    h('p', {}, serving.map(({ version, percent: width, digest, away }, i) => [
      i ? h('span', { class: 'quiet' }, ' · ') : null,
      h('span', { class: digest === verified?.digest ? null : 'new' }, said(version), ' ', percent(width),
        away ? ' (being started again)' : null)])));
}
