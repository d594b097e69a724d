#!/usr/bin/env bash
# pytest.exit() in a test ends the run with the status that it is given, and the JUnit report shows a second test case
# without a name and without a failure, an error or a skip, which reads as passed. The one trace is that the suite claims
# fewer tests than it has test cases.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check pytest==9.0.3
echo "version: $(env/bin/pytest --version 2>&1)"
cat >test_it.py <<'TEST'
import pytest

def test_one():
    pass

def test_two():
    pytest.exit("x", returncode=3)
TEST
status=0
env/bin/pytest -q -p no:cacheprovider --junitxml=report.xml test_it.py >/dev/null 2>&1 || status=$?
echo "exit status: $status"
cat report.xml; echo
[ "$status" = 3 ] || { echo "changed: the run no longer ends with 3"; exit 1; }
! grep -qE '<(failure|error|skipped)' report.xml || { echo "changed: the report tells it"; exit 1; }
grep -q ' tests="1"' report.xml && [ "$(grep -o '<testcase' report.xml | wc -l)" = 2 ] ||
  { echo "changed: claimed and shown tests agree"; exit 1; }
echo "as found: exit status 3, two test cases without a failure, one claimed"
