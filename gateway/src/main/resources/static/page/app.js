// Keeps what the page knows, asks for what it shows, and draws it again when something changed.

import { get, now, Source, whole } from './api.js';
import { h, show } from './dom.js';
import { environments } from './environments.js';
import { decoded, words } from './format.js';
import { broken, firstSteps, link, notices } from './frame.js';
import { applications, byKeyboard, list } from './list.js';
import { note } from './looks.js';
import { Opened } from './opened.js';
import { STATES, terminal } from './phases.js';
import { beside, release } from './release.js';
import { key } from './rollout.js';
import { Saying } from './saying.js';
import * as identity from './token.js';
import { waivers } from './waivers.js';

const PAGE = 20; // releases
const PAGES_MOST = 25;
const EVERY = { releases: 2_000, release: 1_000, environments: 1_000, behind: 5_000, front: 5_000, waivers: 5_000,
  ended: 10_000, notes: 60_000 }; // milliseconds; notes, and what is announced, are read from Git each time
const COPIED_FOR = 2_000;

const at = (id) => document.getElementById(id);
const chosen = { id: null, application: '', state: '' };
const page = { pages: [], turn: 0, loadingMore: false, wholeJournal: false, copied: null, announced: null };

const releases = new Source(() => EVERY.releases, firstPages, changed);
const selected = new Source(() => unlessEnded(EVERY.release), (signal) => get(path(shownId()), {}, signal), changed);
const timeline = new Source(() => unlessEnded(EVERY.behind),
  (signal) => get(`${path(shownId())}/timeline`, {}, signal), changed);
const deliveries = new Source(() => unlessEnded(EVERY.behind),
  (signal) => whole('deliveries', { release: shownId() }, signal), changed);
const guided = new Source(() => unlessEnded(EVERY.behind), guideOf, changed);
const noted = new Source(() => EVERY.notes, (signal) => get(`${path(shownId())}/notes`, {}, signal), changed);
const announcing = new Source(() => EVERY.notes, (signal) => get(`${path(shownId())}/announcements`, {}, signal), changed);
const places = new Source(() => EVERY.environments, (signal) => whole('environments', {}, signal), changed);
const front = new Source(() => EVERY.front, (signal) => get('front', {}, signal), changed);
const waived = new Source(() => EVERY.waivers, (signal) => whole('waivers', {}, signal), changed);
const SOURCES = [releases, selected, timeline, deliveries, guided, noted, announcing, places, front, waived];
const opened = new Opened(() => selected.value, draw);
const saying = new Saying(draw, (after) => {
  selected.value = after;
  selected.askNow();
});

/** What has ended changes no more, but that its last messages are delivered. */
function unlessEnded(every) {
  return selected.value && terminal(selected.value.state) ? EVERY.ended : every;
}

/** Where the release is in its guide, where its policy has one. */
async function guideOf(signal) {
  const it = selected.value;
  return it?.guideHash ? get(`applications/${it.application}/guide`, { release: it.id }, signal) : null;
}

function path(id) {
  return `releases/${encodeURIComponent(id)}`;
}

/** The release of the address, else the newest, so that an open page follows what happens. */
function shownId() {
  return chosen.id ?? page.pages[0]?.releases[0]?.id ?? null;
}

/** The first page each time, and of older pages that were asked for one after the other. */
async function firstPages(signal) {
  const filters = { application: chosen.application, state: chosen.state, limit: PAGE };
  const first = await get('releases', filters, signal);
  page.pages[0] = first;
  const older = page.pages.length - 1;
  if (older > 0) {
    page.turn = 1 + (page.turn % older);
    const { cursor } = page.pages[page.turn - 1];
    if (cursor) {
      page.pages[page.turn] = await get('releases', { ...filters, cursor }, signal);
    } else {
      page.pages.length = page.turn;
    }
  }
  return first;
}

async function more() {
  const cursor = page.pages.at(-1)?.cursor;
  if (!cursor || page.loadingMore || page.pages.length >= PAGES_MOST) {
    return;
  }
  page.loadingMore = true;
  draw();
  const { application, state } = chosen;
  try {
    const older = await get('releases', { application, state, limit: PAGE, cursor }, new AbortController().signal);
    if (application === chosen.application && state === chosen.state) {
      page.pages.push(older);
    }
  } catch {
    releases.askNow(); // says what is wrong
  }
  page.loadingMore = false;
  draw();
}

// What is asked, and when

function changed(source) {
  if (source.wrong?.status === 401) {
    leave('The token is not valid any more, or not here. Paste another one.');
    return;
  }
  if (source === releases && !chosen.id && shownId() !== selected.of) {
    select();
  }
  if (source === selected && selected.value) {
    heard(selected.value);
  }
  if (source === places && selected.value) {
    look(selected.value);
  }
  draw();
}

/** What lies behind a release is asked again as soon as it moved. */
function heard(it) {
  look(it);
  const answers = it.duties?.flatMap((duty) => duty.answers).length ?? 0;
  const moved = `${it.state} ${it.guideHash} ${it.since} ${it.milestones.length} ${it.approvals.length} ${answers}`;
  if (selected.moved !== moved) {
    selected.moved = moved;
    timeline.askNow();
    deliveries.askNow();
    guided.askNow();
    noted.askNow();
    announcing.askNow();
    announce(it);
  }
}

function look(it) {
  const { judgement } = beside(it, places.value);
  if (judgement) {
    note(key(it.rollout.question), judgement, now());
  }
}

function announce(it) {
  const text = `${it.application} ${it.version} is ${words(it.state).toLowerCase()}${it.cause ? `: ${it.cause.text}` : ''}`;
  if (page.announced && page.announced !== text) {
    show(at('announcement'), text);
  }
  page.announced = text;
}

/** Another release is shown. */
function select() {
  const id = shownId();
  if (selected.of === id) {
    return;
  }
  [selected, timeline, deliveries, guided, noted, announcing].forEach((source) => source.forgetAll());
  Object.assign(page, { announced: null, wholeJournal: false });
  opened.close();
  saying.end();
  Object.assign(selected, { of: id, moved: null });
  if (id) {
    selected.value = page.pages.flatMap((each) => each.releases).find((each) => each.id === id) ?? null;
    selected.askNow();
  }
}

function route() {
  if (identity.takeFromAddress()) {
    begin();
    return;
  }
  const [where, query] = location.hash.slice(1).split('?');
  const [, what, id] = where.split('/');
  const filters = new URLSearchParams(query ?? '');
  const before = `${chosen.application} ${chosen.state}`;
  chosen.id = what === 'releases' && id ? decoded(id) : null;
  if (query !== undefined) {
    chosen.application = filters.get('application') ?? '';
    chosen.state = STATES.includes(filters.get('state')) ? filters.get('state') : '';
  }
  if (`${chosen.application} ${chosen.state}` !== before) {
    page.pages = [];
    releases.forgetAll();
    if (identity.token()) {
      releases.askNow();
    }
  }
  at('application').value = chosen.application;
  at('state').value = chosen.state;
  if (identity.token()) {
    select();
    draw();
  }
}

function filter() {
  const query = new URLSearchParams({ application: at('application').value.trim(), state: at('state').value });
  location.hash = `#/releases?${query}`;
}

function askAll() {
  if (!document.hidden && identity.token()) {
    (shownId() ? SOURCES : [releases, places, front, waived]).forEach((source) => source.askNow());
  }
}

// Coming and going

function begin() {
  at('entrance').hidden = true;
  document.body.dataset.view = 'loading';
  page.pages = [];
  Object.assign(selected, { of: undefined });
  SOURCES.forEach((source) => source.forgetAll());
  route();
  releases.askNow();
  places.askNow();
  front.askNow();
  waived.askNow();
}

function leave(why) {
  SOURCES.forEach((source) => source.forgetAll());
  identity.forget();
  saying.end();
  page.pages = [];
  document.body.dataset.view = 'entrance';
  document.title = 'Slipway';
  [at('list'), at('waivers'), at('main'), at('environments'), at('link'), at('notices')].forEach((part) => show(part));
  show(at('token-wrong'), why);
  at('entrance').hidden = false;
  at('token').focus();
}

// Drawing

let drawing = false;

function draw() {
  if (!drawing) {
    drawing = true;
    queueMicrotask(() => {
      drawing = false;
      if (identity.token()) {
        drawOrSay();
      }
    });
  }
}

/** Nothing may look live that is not. */
function drawOrSay() {
  try {
    drawAll();
  } catch (wrong) {
    show(at('notices'), broken(wrong));
    reportError(wrong);
  }
}

function drawAll() {
  const id = shownId();
  const none = releases.value && !page.pages.flatMap((each) => each.releases).length;
  const nothing = none && !chosen.id && !chosen.application && !chosen.state;
  document.body.dataset.view = chosen.id ? 'release' : 'list';
  show(at('environments'), environments(places, chosen.application || selected.value?.application, front.value));
  show(at('list'), list({ ...page, source: releases, selected: id, filters: chosen, full: page.pages.length >= PAGES_MOST }));
  show(at('waivers'), waivers(waived, chosen.application));
  const view = { ...page, id, source: selected, timeline, deliveries, guide: guided, notes: noted, announced: announcing,
    environments: places, opened: opened.gate, fileWrong: opened.fileWrong, saying: saying.view() };
  show(at('main'), nothing ? firstSteps(page.copied) : id ? release(view) : null);
  show(at('applications'), applications(page.pages, places.value).map((name) => h('option', {}, name)));
  show(at('link'), link(SOURCES, releases.at !== null, identity.bearer()));
  show(at('notices'), notices(SOURCES, [releases, selected]));
  const it = id ? selected.value : null;
  document.title = it ? `${it.application} ${it.version} · ${words(it.state)} · Slipway` : 'Slipway';
}

// What the reader does

const ACTIONS = {
  more,
  journal() {
    page.wholeJournal = !page.wholeJournal;
  },
  explain({ gate }) {
    opened.explain(gate);
  },
  /** From a line of the guide to its gate, opened. */
  verdict({ gate }) {
    at('main').querySelector(`[data-action=explain][data-gate="${CSS.escape(gate)}"]`)?.focus();
    if (opened.gate?.gate !== gate) {
      opened.explain(gate);
    }
  },
  report({ digest, file }) {
    opened.report(digest, file);
  },
  file({ digest, file }) {
    opened.file(digest, file);
  },
  say({ what, duty }) {
    saying.begin(selected.value, what, duty ?? null);
  },
  unsay() {
    saying.end();
  },
  silence() {
    saying.silence();
  },
  leave() {
    leave('');
  },
  skip() {
    at('main').focus();
  },
  async copy({ text }) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      return; // the text can be selected by hand
    }
    page.copied = text;
    show(at('announcement'), 'Copied');
    setTimeout(() => {
      page.copied = null;
      draw();
    }, COPIED_FOR);
    draw();
  },
};

document.addEventListener('click', (event) => {
  const target = event.target.closest?.('[data-action]');
  if (target) {
    event.preventDefault();
    ACTIONS[target.dataset.action]?.(target.dataset);
    draw();
  }
});

document.addEventListener('submit', (event) => {
  const form = event.target.closest?.('[data-form]');
  if (form) {
    event.preventDefault();
    form.dataset.form === 'speaker' ? saying.speak(form) : saying.send(form, selected.value);
  }
});

byKeyboard(at('list'));

at('token-form').addEventListener('submit', (event) => {
  event.preventDefault();
  if (!identity.keep(at('token').value)) {
    show(at('token-wrong'), 'That is no token: it has three parts with dots between them.');
    return;
  }
  at('token').value = '';
  show(at('token-wrong'));
  begin();
});

at('filters').addEventListener('submit', (event) => event.preventDefault());
at('filters').addEventListener('change', filter);
show(at('state'), h('option', { value: '' }, 'All states'),
  STATES.map((state) => h('option', { value: state }, words(state))));
window.addEventListener('hashchange', route);
document.addEventListener('visibilitychange', askAll);
window.addEventListener('online', askAll);
setInterval(draw, 1_000); // times pass

identity.takeFromAddress();
if (identity.token()) {
  begin();
} else {
  leave('');
}
