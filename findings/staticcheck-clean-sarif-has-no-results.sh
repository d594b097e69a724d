#!/usr/bin/env bash
# A clean program, and SARIF without `results` at all: by the format's own words such a log is no scan. What it could not
# look at (a folder that is not there, code that does not compile) is a result "compile" without a level and without a rule,
# beside exit status 0 and executionSuccessful true. So the good case looks like no evidence, and the bad one like a warning.
# Seen with staticcheck 0.6.1 (honnef.co/go/tools, 2025.1.1).
set -euo pipefail
work=$(mktemp -d); trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
export GOPATH="$work/go" GOFLAGS=-modcacherw
go install honnef.co/go/tools/cmd/staticcheck@v0.6.1 2>/dev/null
mkdir "$work/m"; cd "$work/m"
go mod init example.test/m 2>/dev/null
printf 'package main\n\nfunc main() {}\n' >main.go
clean=0; "$GOPATH/bin/staticcheck" -f sarif ./... >clean.sarif || clean=$?
absent=0; "$GOPATH/bin/staticcheck" -f sarif ./nothing >absent.sarif || absent=$?
python3 - "$clean" "$absent" <<'END'
import json, sys
clean, absent = (json.load(open(f"{name}.sarif"))["runs"][0] for name in ("clean", "absent"))
rules = [rule["id"] for rule in absent["tool"]["driver"]["rules"]]
seen = {
    "exits": sys.argv[1:], "clean has results": "results" in clean,
    "absent": [(r["ruleId"], r.get("level"), r["ruleId"] in rules) for r in absent["results"]],
    "successful": absent["invocations"][0]["executionSuccessful"],
}
print("staticcheck 0.6.1:", seen)
if seen != {"exits": ["0", "0"], "clean has results": False, "absent": [("compile", None, False)], "successful": True}:
    sys.exit("changed: this finding no longer holds")
END
