#!/usr/bin/env bash
# Node's test runner writes the failure of a test that has subtests nowhere into its JUnit report but into a closing XML
# comment: the parent becomes a <testsuite failures="0"> with one good case, and the process ends with 1. Whoever counts
# elements and attributes, as every reader of JUnit XML does, sees a run in which everything passed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund node@20.20.2 >/dev/null
node=$work/node_modules/node/bin/node
echo "version: node $("$node" --version)"
cat >parent.test.mjs <<'TEST'
import { test } from 'node:test';
test('parent', async t => {
  await t.test('ok', () => {});
  throw new Error('x');
});
TEST
status=0
"$node" --test --test-reporter=junit --test-reporter-destination=report.xml parent.test.mjs >/dev/null || status=$?
echo "exit status: $status"
cat report.xml
[ "$status" = 1 ] || { echo "changed: the run no longer ends with 1"; exit 1; }
! grep -qE '<(failure|error)|(failures|errors)="[1-9]' report.xml || { echo "changed: the failure is written"; exit 1; }
grep -q '<!-- fail 1 -->' report.xml || { echo "changed: the comment is gone"; exit 1; }
echo "as found: exit status 1, no failure in the report but in a comment"
