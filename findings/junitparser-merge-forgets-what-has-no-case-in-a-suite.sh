#!/usr/bin/env bash
# junitparser, the library for Python and its `merge` of several JUnit reports into one, knows test cases only inside a
# suite, and counts anew. Node's own runner puts cases of a file without describe() directly under <testsuites>: they are
# left out, the failed one too. What a suite claims and no case shows (ScalaTest's beforeAll, prove's broken plan, newman's
# script error: errors="1") becomes errors="0". Two red reports in, one green report out, exit status 0.
# So: evidence is what the tool wrote, each file for itself; a merged report is none, and its counts say nothing.
# Seen with junitparser 5.0.3 (pip): of 3 tests, 1 failure and 1 error: tests 1, failures 0, errors 0.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check junitparser==5.0.3
cat >node.xml <<'END'
<?xml version="1.0" encoding="utf-8"?>
<testsuites>
	<testcase name="adds" time="0.000512" classname="test"/>
	<testcase name="greets" time="0.000734" classname="test">
		<failure type="testCodeFailure" message="not equal">not equal</failure>
	</testcase>
</testsuites>
END
cat >spec.xml <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="ShopSpec" tests="1" failures="0" errors="1" skipped="0" time="0.2">
  <testcase name="sells" classname="ShopSpec" time="0.1"/>
</testsuite>
END
status=0
venv/bin/junitparser merge node.xml spec.xml merged.xml || status=$?
venv/bin/python - "$status" <<'END'
import sys
import xml.etree.ElementTree as tree
root = tree.parse("merged.xml").getroot()
seen = {"exit": int(sys.argv[1]), **{name: root.get(name) for name in ("tests", "failures", "errors")},
        "cases": [case.get("name") for case in root.iter("testcase")],
        "suites claim": [suite.get("errors") for suite in root.iter("testsuite")]}
print("junitparser 5.0.3:", seen)
if seen != {"exit": 0, "tests": "1", "failures": "0", "errors": "0", "cases": ["sells"], "suites claim": ["0"]}:
    sys.exit("changed: this finding no longer holds")
END
