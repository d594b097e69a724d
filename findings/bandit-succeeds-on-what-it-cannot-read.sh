#!/usr/bin/env bash
# A file that is not there and one that is no Python: exit status 0, `results: []`, `executionSuccessful: true`. A gate
# "no findings" passes, and so does one that asks the status or executionSuccessful. Only two notifications of level error
# tell. So: a tool's notification of level error counts whatever executionSuccessful says.
# Seen with bandit 1.8.6 (PyPI).
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
pip install --quiet --disable-pip-version-check --root-user-action=ignore --target tools 'bandit[sarif]==1.8.6'
printf 'def broken(:\n' >bad.py
status=0
PYTHONPATH=tools python3 -m bandit -q -f sarif -o report.sarif bad.py absent.py 2>/dev/null || status=$?
python3 - "$status" <<'END'
import json, sys
run = json.load(open("report.sarif"))["runs"][0]
call = run["invocations"][0]
levels = [told["level"] for told in call["toolConfigurationNotifications"]]
seen = (int(sys.argv[1]), len(run["results"]), call["executionSuccessful"], levels)
print("bandit 1.8.6: exit %d, results %d, executionSuccessful %s, notifications %s" % seen)
if seen != (0, 0, True, ["error", "error"]):
    sys.exit("changed: this finding no longer holds")
END
