// Times, counts and names as people read them.

import { now } from './api.js';
import { h } from './dom.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const THIN = '\u202f'; // between thousands
const SPACE = '\u00a0'; // before a unit

/** Milliseconds in one or two units: `8 s`, `3 min 20 s`, `2 h 5 min`, `4 d`. */
export function duration(milliseconds) {
  const ms = Math.max(0, milliseconds);
  if (ms < SECOND) {
    return `<${SPACE}1${SPACE}s`;
  }
  if (ms < MINUTE) {
    return `${Math.floor(ms / SECOND)}${SPACE}s`;
  }
  if (ms < 10 * MINUTE) {
    return joined(ms, MINUTE, 'min', SECOND, 's');
  }
  if (ms < HOUR) {
    return `${Math.floor(ms / MINUTE)}${SPACE}min`;
  }
  if (ms < 2 * DAY) {
    return joined(ms, HOUR, 'h', MINUTE, 'min');
  }
  return `${Math.floor(ms / DAY)}${SPACE}d`;
}

function joined(ms, large, largeName, small, smallName) {
  const rest = Math.floor((ms % large) / small);
  return `${Math.floor(ms / large)}${SPACE}${largeName}${rest ? ` ${rest}${SPACE}${smallName}` : ''}`;
}

/** Milliseconds in one unit. */
function roughly(milliseconds) {
  const [whole] = duration(milliseconds).split(' ');
  return whole;
}

/** `12 s ago`, `in 3 h`; the exact time is the element's title. */
export function ago(instant) {
  return time(instant, (at) => {
    const passed = now() - at;
    return Math.abs(passed) < SECOND ? 'now' : passed > 0 ? `${roughly(passed)} ago` : `in ${roughly(-passed)}`;
  });
}

/** How long something lasts already; the beginning is the title. */
export function lasting(instant) {
  return time(instant, (at) => duration(now() - at));
}

/** The time of day, on another day than today with the date. */
export function clock(instant) {
  return time(instant, (at) => (dayOf(at) === dayOf(now()) ? timeOfDay(at) : `${dayOf(at)} ${timeOfDay(at).slice(0, 5)}`));
}

function dayOf(at) {
  return new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
}

function time(instant, text) {
  const at = new Date(instant);
  if (instant === null || Number.isNaN(at.getTime())) {
    return h('span', {}, 'at an unknown time');
  }
  return h('time', { datetime: at.toISOString(), title: moment(at) }, text(at.getTime()));
}

export function timeOfDay(at) {
  return new Date(at).toLocaleTimeString('en-GB');
}

function moment(at) {
  return new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'long' });
}

/** `12.5 %`; a dash where there is nothing to divide by. */
export function rate(part, whole) {
  if (!whole) {
    return '–';
  }
  const percent = (100 * part) / whole;
  const digits = percent === 0 || percent >= 99.95 ? 0 : percent < 1 ? 2 : 1;
  return `${percent.toFixed(digits)}${SPACE}%`;
}

export function percent(value) {
  return `${value}${SPACE}%`;
}

/** Bytes, as people speak of memory. */
export function megabytes(bytes) {
  return `${count(Math.round(bytes / 1048576))}${SPACE}MB`;
}

export function count(value) {
  return Number(value ?? 0).toLocaleString('en-GB').replaceAll(',', THIN);
}

/** The first twelve characters of a hash or digest; all of it is the title. */
export function hash(text) {
  const bare = String(text).replace(/^sha256:/, '');
  return h('code', { class: 'hash', title: text }, bare.slice(0, 12));
}

/** `ROLLING_OUT` as `Rolling out`. */
export function words(name) {
  const lower = String(name).toLowerCase().replaceAll('_', ' ').replaceAll('-', ' ');
  return lower.charAt(0).toUpperCase() + lower.slice(1);
}

/** How a setting of the configuration differs from before. */
export function changed({ name, before, after }) {
  if (before === undefined) {
    return after === undefined ? name : `${name}: added, ${after}`;
  }
  return after === undefined ? `${name}: removed, was ${before}` : `${name}: ${before} -> ${after}`;
}

/** The fragment that leads to a release. */
export function address(release) {
  return `#/releases/${encodeURIComponent(release).replaceAll('%40', '@')}`;
}

/** What a fragment says, as far as it can be read. */
export function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
