#!/usr/bin/env bash
# In CEL the division of two integers is an integer, cut off towards zero: 3 * 100 / 200 is 1. cel-js, CEL for JavaScript, knows
# numbers of JavaScript alone and says 1.5. The other CEL for JavaScript divides as the language says, but takes numbers among
# the facts for doubles, which CEL does not mix with integers, and refuses the same rule. "At most one in a hundred failed" over
# 3 of 200 is thus a yes by the language, a no here, and an error there.
# So: a rule is tried by the implementation that decides, and shares are compared by multiplying: failed * 100 <= total.
# Seen with cel-js 0.8.2 and @marcbachmann/cel-js 8.0.0 (npm).
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund cel-js@0.8.2 @marcbachmann/cel-js@8.0.0 >/dev/null
cat >seen.mjs <<'END'
import { evaluate as one } from 'cel-js';
import { evaluate as other } from '@marcbachmann/cel-js';
const said = (evaluate, rule, facts) => {
  try { return String(evaluate(rule, facts)); } catch (refused) { return 'error'; }
};
const rule = 'failed * 100 / total <= 1';
const numbers = { failed: 3, total: 200 };
const integers = { failed: 3n, total: 200n };
console.log([said(one, '3 * 100 / 200', {}), said(one, rule, numbers),
  said(other, '3 * 100 / 200', {}), said(other, rule, numbers), said(other, rule, integers)].join(', '));
END
seen=$(node seen.mjs)
echo "cel-js 0.8.2: value, rule; @marcbachmann/cel-js 8.0.0: value, rule over numbers, rule over integers: $seen"
[ "$seen" = "1.5, false, 1, error, true" ] || { echo "changed: this finding no longer holds" >&2; exit 1; }
