#!/usr/bin/env bash
# A load test against a port where nobody listens ends with exit status 0 and a latency of 0 in every percentile: a gate
# "p99 below 100 ms" passes best when the service is down. Only `errors` and the absent 2xx answers tell.
# So: a latency is a fact only beside at least one success and with the share of errors.
# Seen with autocannon 9.0.0 (npm) on Node 20: exit 0, errors > 0, 2xx 0, p99 0.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit --prefix . autocannon@9.0.0 >/dev/null
free_port=$(node -e 'const s = require("net").createServer(); s.listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
status=0
./node_modules/.bin/autocannon --json --duration 1 --connections 2 "http://127.0.0.1:$free_port/" >report.json 2>/dev/null || status=$?
node - "$status" <<'END'
const report = JSON.parse(require("fs").readFileSync("report.json"));
const seen = { exit: Number(process.argv[2]), errors: report.errors, ok: report["2xx"], p99: report.latency.p99 };
console.log("autocannon 9.0.0, nobody listening:", JSON.stringify(seen));
if (seen.exit !== 0 || !(seen.errors > 0) || seen.ok !== 0 || seen.p99 !== 0) {
  console.error("changed: this finding no longer holds");
  process.exit(1);
}
END
