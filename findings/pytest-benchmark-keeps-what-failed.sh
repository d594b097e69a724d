#!/usr/bin/env bash
# A test that fails after it has measured stands in --benchmark-json like one that passed, without a mark; a benchmark that
# raises while it is measured is left out, without a mark either. Only pytest's exit status tells both.
# So: benchmarks of pytest-benchmark are evidence only beside the run's exit status.
# Seen with pytest-benchmark 5.3.1 on pytest 9.2.0: exit 1, test_wrong is there with its mean, test_raises is not.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet pytest==9.2.0 pytest-benchmark==5.3.1
cat >test_speed.py <<'END'
def test_good(benchmark):
    assert benchmark(lambda: 1 + 1) == 2
def test_wrong(benchmark):
    assert benchmark(lambda: 1 + 1) == 3
def test_raises(benchmark):
    benchmark(lambda: 1 / 0)
END
status=0
venv/bin/pytest -q --benchmark-max-time=0.1 --benchmark-json=report.json >/dev/null 2>&1 || status=$?
venv/bin/python - "$status" <<'END'
import json, sys
benchmarks = json.load(open("report.json"))["benchmarks"]
seen = {"exit": int(sys.argv[1]), "benchmarks": [each["name"] for each in benchmarks],
        "marked": sorted(key for each in benchmarks for key in each if "fail" in key or "error" in key)}
print("pytest-benchmark 5.3.1:", json.dumps(seen))
if seen != {"exit": 1, "benchmarks": ["test_good", "test_wrong"], "marked": []}:
    sys.exit("changed: this finding no longer holds")
END
