// The states of a release, and the way that one took through them (DESIGN.md section 6).

const STANDARD = [
  'PROPOSED', 'VALIDATING', 'AWAITING_APPROVAL', 'STAGING', 'CANDIDATE', 'ROLLING_OUT', 'BAKING', 'MERGING', 'COMPLETED',
];
const ROLLBACK = ['PROPOSED', 'ROLLING_OUT', 'BAKING', 'COMPLETED'];

const TONES = {
  AWAITING_APPROVAL: 'wait',
  COMPLETED: 'good',
  REJECTED: 'bad', ROLLING_BACK: 'bad', ROLLED_BACK: 'bad', RESTORING: 'bad', NEEDS_OPERATOR: 'alarm',
  EXPIRED: 'quiet', ABORTED: 'quiet', SUPERSEDED: 'quiet', UNKNOWN: 'quiet',
};
const TERMINAL = ['COMPLETED', 'REJECTED', 'EXPIRED', 'ABORTED', 'SUPERSEDED', 'ROLLED_BACK'];

export const STATES = [
  ...STANDARD.slice(0, -1), 'RESTORING', 'ROLLING_BACK', 'NEEDS_OPERATOR',
  'COMPLETED', 'ROLLED_BACK', 'REJECTED', 'EXPIRED', 'ABORTED', 'SUPERSEDED',
];

/** `go`, `wait`, `good`, `bad`, `alarm` or `quiet`: what a state means to who looks. */
export function tone(state) {
  return TONES[state] ?? 'go';
}

export function terminal(state) {
  return TERMINAL.includes(state);
}

/**
 * The states of a release in order: those it went through with the time spent there, the present one, and, while it is on its
 * way, those to come. A release that left the way shows where it did and what followed.
 *
 * @return [{state, mark: 'done' | 'present' | 'broken' | 'ahead', took: milliseconds or null}]
 */
export function track(release, timeline) {
  const path = release.kind === 'ROLLBACK' ? ROLLBACK : STANDARD;
  const visits = visited(release, timeline, path);
  const present = visits.length - 1;
  const steps = visits.map(({ state, took }, i) => ({
    state,
    took,
    mark: i === present ? 'present' : path.includes(state) && !path.includes(visits[i + 1].state) ? 'broken' : 'done',
  }));
  const place = path.indexOf(release.state);
  const ahead = place < 0 ? [] : path.slice(place + 1);
  return [...steps, ...ahead.map((state) => ({ state, took: null, mark: 'ahead' }))];
}

/** One entry for each state; a release that came back to one, after a retry, continues there. */
function visited(release, timeline, path) {
  const visits = entries(release, timeline, path);
  const folded = [];
  for (let i = 0; i < visits.length; i++) {
    const took = i + 1 < visits.length && visits[i].at !== null ? visits[i + 1].at - visits[i].at : null;
    const again = folded.findIndex(({ state }) => state === visits[i].state);
    const before = again < 0 ? 0 : folded.splice(again)[0].took;
    folded.push({ state: visits[i].state, took: took === null ? null : took + (before ?? 0) });
  }
  return folded;
}

function entries(release, timeline, path) {
  const visits = [];
  for (const { state, at } of timeline ?? []) {
    if (state && state !== visits.at(-1)?.state) {
      visits.push({ state, at: Date.parse(at) });
    }
  }
  if (!visits.length) { // not heard yet: what lies before the present one on the way, without times
    const place = path.indexOf(release.state);
    path.slice(0, Math.max(place, 0)).forEach((state) => visits.push({ state, at: null }));
  }
  if (visits.at(-1)?.state !== release.state) {
    visits.push({ state: release.state, at: Date.parse(release.since) });
  }
  return visits;
}
