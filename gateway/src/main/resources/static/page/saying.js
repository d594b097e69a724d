// What is being said, from the moment that somebody begins to the API's answer. It is bound to what the release was then.

import { say } from './api.js';
import { exactly, place, request, values, wrongFiles } from './answers.js';
import * as identity from './token.js';

/** `changed()` hears of each step; `taken(release)` of the release as it is after what was said. */
export class Saying {
  constructor(changed, taken) {
    this.changed = changed;
    this.taken = taken;
    this.end();
  }

  /** Nothing is being said, and nothing was. */
  end() {
    this.turn?.abort();
    Object.assign(this, { word: null, wrong: null, told: null, turn: null });
  }

  view() {
    return { word: this.word, speaker: identity.speaker(), wrong: this.wrong, told: this.told };
  }

  /** Somebody begins to say something, or leaves it. */
  begin(release, what, duty) {
    const same = this.word?.what === what && this.word.duty === duty;
    this.end();
    this.word = same ? null : { id: release.id, what, duty, exact: exactly(release), key: key(), handedIn: new Map(), busy: false };
  }

  /** A token of whoever answers. */
  speak(form) {
    this.wrong = identity.speak(new FormData(form).get('token')) ? null : 'That is no token: it has three parts with dots between them.';
    form.reset();
    this.changed();
  }

  silence() {
    identity.silence();
    this.end();
  }

  /** Says it, once however often it is pressed; what was refused may be mended and said again. */
  async send(form, release) {
    const { word } = this;
    const speaker = identity.speaker();
    if (!word || !speaker || word.busy) {
      return;
    }
    const given = values(form);
    this.wrong = unlike(word, release) ?? wrongFiles(given.files);
    if (this.wrong) {
      this.changed();
      return;
    }
    word.busy = true;
    this.turn = new AbortController();
    this.changed();
    try {
      const after = await this.said(word, given, speaker.token, this.turn.signal);
      this.end();
      this.told = taken(word, speaker.name);
      this.taken(after);
    } catch (refused) {
      if (this.word === word) {
        word.busy = false;
        this.wrong = refused.message;
      }
    }
    this.changed();
  }

  async said(word, given, token, signal) {
    const below = `releases/${encodeURIComponent(word.id)}/${place(word)}`;
    const files = [];
    for (const file of given.files) {
      files.push(await handedIn(word, `${below}/files`, file, token, signal));
    }
    const body = JSON.stringify(request(word.what, given, word.exact, files));
    return say(below, {}, body, { speaker: token, key: word.key }, signal);
  }
}

/** Its bytes go before the answer that names them, and not again where only the answer was refused. */
async function handedIn(word, path, file, token, signal) {
  const same = `${file.name} ${file.size} ${file.lastModified}`;
  const known = word.handedIn.get(same);
  if (known) {
    return known;
  }
  const kept = await say(path, { name: file.name }, file, { speaker: token, key: key() }, signal);
  word.handedIn.set(same, kept);
  return kept;
}

/** Why it cannot be said of what is shown by now; null where it can. Only a yes is to the guide too. */
export function unlike(word, release) {
  const of = (exact) => JSON.stringify(word.what === 'approve' ? exact : { ...exact, guideHash: undefined });
  const same = release?.id === word.id && of(exactly(release)) === of(word.exact);
  return same ? null : 'The release is not what it was when you began. Look at it again, and say it of what it is.';
}

function taken({ what, duty }, who) {
  const of = { approve: 'yes', object: 'no' }[what] ?? `answer to ${duty}`;
  return `On record: the ${of} of ${who}.`;
}

function key() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (each) => each.toString(16).padStart(2, '0')).join('');
}
