#!/usr/bin/env bash
# Two libraries of the purl project itself write one package in two ways, each calling its own the canonical one. Python's encodes
# a plus in a version, JavaScript's undoes that: everyday for Go, where v2.0.0+incompatible is what such modules are called, and
# for each SemVer with build metadata. JavaScript's encodes the slashes of a repository_url, Python's undoes that. So an SBOM that
# went through one and a VEX document that went through the other name the same package and have no purl in common.
# So: purls are taken apart and compared by their decoded parts, never as texts, not even after normalizing.
# Seen with packageurl-python 0.17.6 (pip) and packageurl-js 2.0.1 (npm).
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check packageurl-python==0.17.6
npm init -y >/dev/null
npm install --silent --no-audit --no-fund packageurl-js@2.0.1 >/dev/null
cat >purls <<'END'
pkg:golang/github.com/docker/docker@v20.10.7+incompatible
pkg:maven/org.example/shop@1.0?repository_url=repo.example.test/release
END
venv/bin/python -c '
from packageurl import PackageURL
for each in open("purls").read().split(): print(PackageURL.from_string(each).to_string())' >python
cat >purls.mjs <<'END'
import { PackageURL } from 'packageurl-js';
import { readFileSync } from 'node:fs';
for (const each of readFileSync('purls', 'utf8').trim().split('\n')) console.log(PackageURL.fromString(each).toString());
END
node purls.mjs >javascript
echo "packageurl-python 0.17.6:" $(cat python)
echo "packageurl-js 2.0.1:" $(cat javascript)
[ "$(cat python)" = "pkg:golang/github.com/docker/docker@v20.10.7%2Bincompatible
pkg:maven/org.example/shop@1.0?repository_url=repo.example.test/release" ] && [ "$(cat javascript)" = \
"pkg:golang/github.com/docker/docker@v20.10.7+incompatible
pkg:maven/org.example/shop@1.0?repository_url=repo.example.test%2Frelease" ] \
  || { echo "changed: this finding no longer holds" >&2; exit 1; }
