// What is announced of a release: its text, whose yes that needs, and what proves that it was sent.

import { h, said } from './dom.js';
import { clock, hash, words } from './format.js';
import { command, panel, trouble } from './parts.js';

const STATES = {
  DRAFT: ['…', 'quiet', 'draft, sent to nobody before the end'],
  AWAITS_REVIEW: ['○', '', 'waits for a yes to this text'],
  SENDING: ['…', '', 'on its way'],
  SENT: ['✓', 'good', 'sent'],
  UNDELIVERABLE: ['✕', 'bad', 'did not reach all'],
  NOT_SENT: ['–', 'quiet', 'not sent, as the release came to another end'],
};

/** Nothing where the policy asks for none. */
export function announcements(source, release, copied) {
  const all = source.value;
  if (!all?.length) {
    return trouble(source, 'Announcements');
  }
  return panel('announced', 'Announcements', `${all.filter(({ state }) => state === 'SENT').length} of ${all.length} sent`,
    trouble(source, 'Announcements'),
    all.map((each) => announcement(each, release, copied)));
}

function announcement({ id, channel, to, after, reviewedBy, state, subject, text, digest, reviews, proofs }, release, copied) {
  const [mark, look, name] = STATES[state] ?? ['?', 'quiet', words(state).toLowerCase()];
  const wanted = reviewedBy && ['DRAFT', 'AWAITS_REVIEW'].includes(state) && !reviews.some((review) => review.digest === digest);
  return h('section', { 'data-key': id },
    h('h3', {}, said(id), h('span', { class: 'quiet' }, ` by ${words(channel).toLowerCase()} to `, said(to.join(', ')))),
    h('p', { title: state }, h('span', { class: `mark ${look}`, 'aria-hidden': 'true' }, mark), ' ', name, ' ',
      h('span', { class: 'quiet' }, `(after ${words(after).toLowerCase()}`, reviewedBy ? [', reviewed by ', said(reviewedBy)] : null, ')')),
    h('p', { class: 'subject' }, said(subject)),
    h('p', { class: 'prose' }, said(text)),
    h('p', { class: 'quiet' }, 'Text ', hash(digest)),
    reviews.length || proofs.length ? h('ul', {},
      reviews.map((review) => h('li', { 'data-key': `review ${review.by} ${review.digest}` },
        h('span', { class: `mark ${review.digest === digest ? 'good' : 'quiet'}`, 'aria-hidden': 'true' }, review.digest === digest ? '✓' : '–'), ' yes of ', said(review.by),
        review.digest === digest ? null : [' to another text, ', hash(review.digest)], ', ', clock(review.at))),
      proofs.map((proof) => h('li', { 'data-key': `proof ${proof.to}` },
        h('span', { class: 'mark good', 'aria-hidden': 'true' }, '✓'), ' accepted for ', said(proof.to), ', ', clock(proof.at), ', as ', said(proof.answer, { class: 'rule' }),
        proof.digest === digest ? null : [', another text, ', hash(proof.digest)]))) : null,
    wanted ? command(`./slipway release announcements ${release} --approve ${id}`, copied) : null);
}
