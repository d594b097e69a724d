// What each look at a rollout's counts added to them, so that a line can be drawn of it. Kept while the page is open.

const LOOKS_MOST = 240;
const WINDOW = 5; // looks that one point of the line is made of
const ROLLOUTS_MOST = 8;

const rollouts = new Map();

/** Notes the cumulative counts of a judgement. */
export function note(question, { canary, baseline }, at) {
  const looks = rollouts.get(question) ?? [];
  const last = looks.at(-1);
  if (last && last.canary.answers === canary.answers && last.baseline.answers === baseline.answers) {
    return;
  }
  looks.push({ at, canary, baseline });
  if (looks.length > LOOKS_MOST) {
    looks.shift();
  }
  rollouts.set(question, looks);
  if (rollouts.size > ROLLOUTS_MOST) {
    rollouts.delete(rollouts.keys().next().value);
  }
}

/**
 * Error rates of both sides over time.
 *
 * @return [{at, canary: 0 to 1 or null where it answered nothing, baseline: likewise}]
 */
export function errorRates(question) {
  const looks = rollouts.get(question) ?? [];
  return looks.slice(1).map((look, i) => {
    const before = looks[Math.max(0, i + 1 - WINDOW)];
    return { at: look.at, canary: between(before.canary, look.canary), baseline: between(before.baseline, look.baseline) };
  });
}

function between(before, after) {
  const answers = after.answers - before.answers;
  return answers > 0 ? Math.min(1, Math.max(0, (after.errors - before.errors) / answers)) : null;
}
