// The team's own guide as the front of a release: each line, what answers it, and where the release is in it.

import { brief, h, said } from './dom.js';
import { clock, words } from './format.js';
import { file, repair } from './guidefile.js';
import { panel, trouble } from './parts.js';

const MARKS = { PASSED: '✓', FAILED: '✕', WAIVED: '↷', INCONCLUSIVE: '?', DUE: '…', LATE: '◷', UNANSWERED: '!' };
const LOOKS = { PASSED: 'passed', FAILED: 'failed', INCONCLUSIVE: 'inconclusive', DUE: 'open', LATE: 'failed', UNANSWERED: 'inconclusive' };

/** Nothing where the policy has no guide. `gates` are the release's verdicts so far, to which lines lead; `copied` is the last command. */
export function guide(source, { id, gates }, copied) {
  const it = source.value;
  if (!it?.lines.length) {
    return trouble(source, 'The guide');
  }
  const asked = new Set(gates.map(({ gate }) => gate));
  return panel('lines', 'Guide', tallied(it.tally, it.lines.filter(({ state }) => state === 'LATE').length),
    trouble(source, 'The guide'),
    file(it.guideFile, id, copied),
    chapters(it.lines).map(({ under, lines }, i) => h('section', { 'data-key': `chapter ${i}`, class: 'chapter' },
      under.length ? h('h3', {}, said(heading(under)), conditions(under, it.headings)) : null,
      h('ul', {}, lines.map((line) => row(line, asked, it.file))))),
    repair(it.repair));
}

function tallied({ lines, covered, proven, open }, late) {
  return `${covered} of ${lines} covered, ${proven} proven, ${open} open${late ? `, ${late} late` : ''}`;
}

/** Of which releases the lines below are, where one of the headings says so. */
function conditions(under, headings) {
  return (headings ?? []).filter((heading) => under.includes(heading.under))
    .map(({ where, when }) => [' ', h('span', { class: 'tag' }, said(where ?? when.map((kind) => kind.toLowerCase()).join(', ')))]);
}

/** The guide's own title stands over all of it, and is not said again and again. */
function heading(under) {
  return (under.length > 1 ? under.slice(1) : under).join(' / ');
}

function chapters(lines) {
  const all = [];
  for (const line of lines) {
    const last = all.at(-1);
    if (last && last.under.join('\n') === line.under.join('\n')) {
      last.lines.push(line);
    } else {
      all.push({ under: line.under, lines: [line] });
    }
  }
  return all;
}

function row(line, asked, from) {
  return h('li', { 'data-key': line.id, class: line.state.toLowerCase() },
    h('span', { class: `verdict ${LOOKS[line.state] ?? ''}`, title: line.state },
      h('span', { class: 'mark', 'aria-hidden': 'true' }, MARKS[line.state] ?? '·'), words(line.state)),
    h('span', { class: 'what' }, said(line.text), line.where || line.when.length
      ? [' ', h('span', { class: 'tag' }, line.where ?? line.when.map((kind) => kind.toLowerCase()).join(', '))] : null,
    line.line ? [' ', said(from ? `${from}:${line.line}` : `line ${line.line}`, { class: 'place' })] : null),
    h('span', { class: 'by' }, answer(line.answer, asked), line.why ? [' ', brief(line.why, { class: 'quiet' })] : null),
    line.at ? h('span', { class: 'when' }, clock(line.at)) : null);
}

function answer({ by, name }, asked) {
  if (by === 'GATE' && asked.has(name)) {
    return h('button', { type: 'button', class: 'explain', 'data-action': 'verdict', 'data-gate': name,
      'aria-label': `Verdict of gate ${name}` }, 'gate ', said(name));
  }
  return ['GATE', 'APPROVAL', 'DUTY', 'DOCUMENT', 'ACTION'].includes(by) ? [by.toLowerCase(), ' ', said(name)] : null;
}
