// The gateway's API: asking it again and again without being a burden, and saying to it what a person says.

import { token } from './token.js';

const ANSWER_WITHIN = 10_000; // milliseconds
const TAKEN_WITHIN = 60_000; // a file on a slow line
const RETRY_FIRST = 1_000;
const RETRY_MOST = 15_000;
const HIDDEN_EVERY = 30_000; // nobody looks, but the title may be seen
const REST = 3; // rests three times as long as an answer took, so that a slow service is not pressed

/** An answer that is none: `status` is 0 where the gateway cannot be reached. */
export class Refused extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

let skew = 0;

/** Now, in milliseconds, by the gateway's clock, so that "2 s ago" is right wherever the browser runs. */
export function now() {
  return Date.now() + skew;
}

function noteClock(headers) {
  const theirs = Date.parse(headers.get('Date') ?? '');
  const ahead = theirs + 500 - Date.now(); // the header has whole seconds
  if (Number.isFinite(ahead)) {
    skew = Math.abs(ahead) > 2_000 ? ahead : 0;
  }
}

/** Gets what is at a path below /api/v1; `query` may hold null for what is not asked. */
export async function get(path, query, signal) {
  return (await ask(address(path, query), signal)).value;
}

/** Gets a list from its first page to its last: each names the next one. */
export async function whole(path, query, signal) {
  const all = [];
  let url = address(path, query);
  while (url) {
    const { value, next } = await ask(url, signal);
    all.push(...value);
    url = next;
  }
  return all;
}

function address(path, query) {
  const asked = Object.entries(query).filter(([, value]) => value !== null && value !== '');
  return `api/v1/${path}${asked.length ? `?${new URLSearchParams(asked)}` : ''}`;
}

/** Where a list goes on, below the folder that the page is in; null at its end. */
function next(headers) {
  const named = /<\/(api\/v1\/[^>]*)>;\s*rel="next"/.exec(headers.get('Link') ?? '');
  return named ? named[1] : null;
}

async function ask(url, signal) {
  const answer = await exchange(url, { headers: { Accept: 'application/json' } }, token(), ANSWER_WITHIN, signal);
  return { value: read(answer), next: next(answer.headers) };
}

/** The bytes at a path, whatever they are. */
export async function bytes(path, signal) {
  const wanted = { headers: { Accept: 'application/octet-stream, application/problem+json;q=0.5' } };
  return (await exchange(address(path, {}), wanted, token(), TAKEN_WITHIN, signal)).body;
}

/**
 * Says something, as `speaker`: a text is JSON, anything else is sent as it is. The same with the same `key` takes effect once.
 * Gives what is answered; a refusal is thrown in the words of the API.
 */
export async function say(path, query, body, { speaker, key }, signal) {
  const type = typeof body === 'string' ? 'application/json' : 'application/octet-stream';
  const headers = { Accept: 'application/json', 'Content-Type': type, 'Idempotency-Key': key };
  return read(await exchange(address(path, query), { method: 'POST', headers, body }, speaker, TAKEN_WITHIN, signal));
}

async function exchange(url, request, bearer, within, signal) {
  let answer;
  let body;
  try {
    answer = await fetch(url, {
      ...request,
      headers: { ...request.headers, Authorization: `Bearer ${bearer}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(within)]),
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
    });
    body = new Uint8Array(await answer.arrayBuffer());
  } catch (wrong) {
    signal.throwIfAborted();
    throw new Refused(0, wrong.name === 'TimeoutError' ? 'no answer in time' : 'the gateway cannot be reached');
  }
  noteClock(answer.headers);
  if (!answer.ok) {
    throw new Refused(answer.status, detail(text(body)) ?? `HTTP status ${answer.status}`);
  }
  return { body, headers: answer.headers, status: answer.status };
}

function text(body) {
  return new TextDecoder().decode(body);
}

function read({ body, status }) {
  try {
    return JSON.parse(text(body));
  } catch {
    throw new Refused(status, 'the answer is no JSON');
  }
}

function detail(said) {
  try {
    const problem = JSON.parse(said);
    return typeof problem.detail === 'string' ? problem.detail : null;
  } catch {
    return null;
  }
}

/**
 * Something that is asked again and again, at most once in `every()` milliseconds. `ask(signal)` gets it, `changed(this)`
 * hears of each outcome. What was heard last stays beside `lost` (when that was, if no answer has come since), `wrong` and
 * `again` (when it is asked next), all by the gateway's clock.
 */
export class Source {
  constructor(every, ask, changed) {
    this.every = every;
    this.ask = ask;
    this.changed = changed;
    this.forgetAll();
  }

  forgetAll() {
    this.stop();
    Object.assign(this, { value: null, at: null, lost: null, wrong: null, again: null, failures: 0 });
  }

  stop() {
    clearTimeout(this.timer);
    this.turn?.abort();
    this.turn = null;
  }

  /** Asks at once, whatever was under way. */
  async askNow() {
    this.stop();
    const turn = new AbortController();
    this.turn = turn;
    const began = performance.now();
    try {
      const value = await this.ask(turn.signal);
      if (turn.signal.aborted) {
        return;
      }
      Object.assign(this, { value, at: now(), lost: null, wrong: null, failures: 0 });
    } catch (wrong) {
      if (turn.signal.aborted) {
        return;
      }
      this.failures++;
      this.lost ??= this.at ?? now();
      this.wrong = wrong instanceof Refused ? wrong : new Refused(-1, String(wrong.message ?? wrong));
    }
    const pause = this.pause(performance.now() - began);
    this.again = now() + pause;
    this.timer = setTimeout(() => this.askNow(), pause);
    this.changed(this);
  }

  pause(took) {
    const pause = this.failures
      ? Math.min(RETRY_FIRST * 2 ** (this.failures - 1), RETRY_MOST)
      : Math.max(this.every() - took, took * REST, 0);
    return document.hidden ? Math.max(pause, HIDDEN_EVERY) : pause;
  }
}
