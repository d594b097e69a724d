#!/usr/bin/env bash
# A VEX statement may name many products, and mostly does: OpenVEX has a list `products`, CycloneDX a list `affects`. lib4vex
# makes one record of each statement, with one product: the last of OpenVEX, the first of CycloneDX. For the others nothing
# is known then, and nobody is told. The same assessment in the two formats speaks of two different packages.
# So: a statement is read once for each product that it names, and a converted VEX is not the statement that was made.
# Seen with lib4vex 0.2.3 on lib4sbom 0.10.4 (pip): billing, mail and shop are affected; read are shop, and billing.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check lib4vex==0.2.3 lib4sbom==0.10.4
cat >openvex.json <<'END'
{"@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://example.test/vex/1", "author": "Ada", "role": "Author",
 "timestamp": "2026-01-01T00:00:00Z", "version": 1, "statements": [
  {"vulnerability": {"name": "CVE-2026-0001"}, "timestamp": "2026-01-01T00:00:00Z", "status": "affected",
   "action_statement": "Update.", "products": [
    {"@id": "pkg:npm/billing@1.0.0"}, {"@id": "pkg:npm/mail@1.0.0"}, {"@id": "pkg:npm/shop@1.0.0"}]}]}
END
cat >cyclonedx.json <<'END'
{"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": {"timestamp": "2026-01-01T00:00:00Z"},
 "components": [
  {"type": "library", "bom-ref": "pkg:npm/billing@1.0.0", "name": "billing", "version": "1.0.0"},
  {"type": "library", "bom-ref": "pkg:npm/mail@1.0.0", "name": "mail", "version": "1.0.0"},
  {"type": "library", "bom-ref": "pkg:npm/shop@1.0.0", "name": "shop", "version": "1.0.0"}],
 "vulnerabilities": [{"id": "CVE-2026-0001", "analysis": {"state": "exploitable"}, "affects": [
  {"ref": "pkg:npm/billing@1.0.0"}, {"ref": "pkg:npm/mail@1.0.0"}, {"ref": "pkg:npm/shop@1.0.0"}]}]}
END
venv/bin/python - <<'END'
import sys
from lib4vex.parser import VEXParser
seen = {}
for kind, key in (("openvex", "purl"), ("cyclonedx", "bom_link")):
    parser = VEXParser(vex_type=kind)
    parser.parse(kind + ".json")
    seen[kind] = [(each["id"], each["status"], each[key]) for each in parser.get_vulnerabilities()]
print("lib4vex 0.2.3:", seen)
if seen != {"openvex": [("CVE-2026-0001", "affected", "pkg:npm/shop@1.0.0")],
            "cyclonedx": [("CVE-2026-0001", "exploitable", "pkg:npm/billing@1.0.0")]}:
    sys.exit("changed: this finding no longer holds")
END
