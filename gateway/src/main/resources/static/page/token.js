// Who looks, and who answers. The token of whoever looks lives in this tab alone: it comes in the address's fragment, which no
// server sees, or is pasted. That of whoever answers is pasted, and lives no longer than the page does.

const KEY = 'slipway-token';
const ANSWERS = 'approver';
const FORM = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * Takes a token out of the fragment `#token=TOKEN` or `#token=TOKEN&path=/releases/ID` and cleans the address, so that no
 * history keeps it. Says whether there was one.
 */
export function takeFromAddress() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const given = fragment.get('token');
  if (given === null) {
    return false;
  }
  const path = fragment.get('path') ?? '';
  history.replaceState(null, '', `${location.pathname}#${path.startsWith('/releases') ? path : '/releases'}`);
  return keep(given);
}

/** Keeps a token; false if it does not even look like one. */
export function keep(text) {
  const token = text.trim().replace(/^Bearer\s+/i, '');
  if (!FORM.test(token)) {
    return false;
  }
  sessionStorage.setItem(KEY, token);
  return true;
}

export function token() {
  return sessionStorage.getItem(KEY);
}

export function forget() {
  sessionStorage.removeItem(KEY);
  silence();
}

/** What the token says of its bearer, only to be shown: the API alone judges it. */
export function bearer() {
  return saidBy(token());
}

let speaking = null; // in no storage: a page that is loaded again knows nobody who answers

/** Keeps the token of whoever answers; false if it does not even look like one. */
export function speak(text) {
  const given = text.trim().replace(/^Bearer\s+/i, '');
  if (!FORM.test(given)) {
    return false;
  }
  speaking = given;
  return true;
}

/** Who answers: whoever said so here, else whoever looks, where their token may; nobody where neither is. */
export function speaker() {
  const given = speaking ?? token();
  const { name, roles } = saidBy(given);
  return speaking || roles.includes(ANSWERS) ? { token: given, name, own: speaking !== null } : null;
}

export function silence() {
  speaking = null;
}

function saidBy(given) {
  try {
    const payload = given.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(payload), (letter) => letter.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes));
    const until = Number.isFinite(claims.exp) ? new Date(claims.exp * 1000) : null;
    return { name: String(claims.email ?? claims.sub ?? 'unknown'), until, roles: Array.isArray(claims.roles) ? claims.roles : [] };
  } catch {
    return { name: 'unknown', until: null, roles: [] };
  }
}
