#!/usr/bin/env bash
# CycloneDX for Python writes one licence of one package twice into `licenses`: as an SPDX id and, from the package's
# classifier, as the name "License :: OSI Approved :: BSD License", which is no SPDX id and means three licences. The format
# does not say whether entries of such a list are a choice: read as "all of them" a BSD-3-Clause package is refused unless
# the classifier's text is allowed as well; read as "one of them" a package passes by its coarsest name.
# Seen with cyclonedx-bom 7.5.0 and webcolors 25.10.0 (pip), Python 3.11: id BSD-3-Clause and that name, both "declared".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv tool && python3 -m venv app
tool/bin/pip install --quiet --disable-pip-version-check cyclonedx-bom==7.5.0
app/bin/pip install --quiet --disable-pip-version-check webcolors==25.10.0
tool/bin/cyclonedx-py environment --output-format JSON --output-file bom.json app 2>/dev/null
python3 - <<'END'
import json, sys
bom = json.load(open("bom.json"))
one = next(c for c in bom["components"] if c["name"] == "webcolors")
seen = [entry["license"].get("id") or entry["license"].get("name") for entry in one["licenses"]]
print("cyclonedx-bom 7.5.0, webcolors 25.10.0:", seen)
if seen != ["BSD-3-Clause", "License :: OSI Approved :: BSD License"]:
    sys.exit("changed: this finding no longer holds")
END
