// What the reader has opened of a release: a gate with its rule and its reports, and bytes that are saved.

import { bytes, get } from './api.js';
import { save, saveBytes } from './dom.js';

/** `shown()` is the release that is shown, null where none is; `changed()` hears of each answer. */
export class Opened {
  constructor(shown, changed) {
    this.shown = shown;
    this.changed = changed;
    this.close();
  }

  /** Nothing is open, and nothing was wrong. */
  close() {
    Object.assign(this, { gate: null, fileWrong: null });
  }

  /** Opens a gate, or closes it. */
  async explain(name) {
    const opened = this.gate?.gate === name ? null : { gate: name };
    this.gate = opened;
    await this.heardOf(opened, 'wrong', async ({ application, id }, signal) => {
      opened.value = await get(`applications/${application}/gates/${encodeURIComponent(name)}`, { release: id }, signal);
    });
  }

  /** A report at which the open gate looked. */
  async report(digest, name) {
    await this.heardOf(this.gate, 'refused', async ({ application }, signal) => {
      save((await get(`applications/${application}/evidence/${encodeURIComponent(digest)}`, {}, signal)).bytes, name);
    });
  }

  /** A file that stands with an answer. */
  async file(digest, name) {
    this.fileWrong = null;
    try {
      const path = `releases/${encodeURIComponent(this.shown().id)}/files/${encodeURIComponent(digest)}`;
      saveBytes(await bytes(path, new AbortController().signal), name);
    } catch (refused) {
      this.fileWrong = refused.message;
    }
    this.changed();
  }

  /** Asks once for what belongs to the gate that is open; what was wrong stands beside it. */
  async heardOf(opened, wrong, ask) {
    const release = this.shown();
    if (!opened || !release) {
      return;
    }
    delete opened[wrong];
    try {
      await ask(release, new AbortController().signal);
    } catch (refused) {
      opened[wrong] = refused.message;
    }
    this.changed();
  }
}
