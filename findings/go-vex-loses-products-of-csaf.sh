#!/usr/bin/env bash
# A CSAF advisory says which products a vulnerability affects by ids that its product tree defines: in branches, in a plain list
# `full_product_names`, or in `relationships` (this package as a part of that platform), as large vendors write them. OpenVEX's
# library for Go, which opens CSAF as well, looks into branches alone, and there at products with an identification helper.
# All other ids are passed over, without an error: of an advisory that calls four products affected, one statement is left.
# So: an id of a product status that the reader cannot resolve makes the advisory inconclusive, never shorter.
# Seen with github.com/openvex/go-vex 0.2.9: 4 known_affected, 1 statement, no error.
set -euo pipefail
work=$(mktemp -d); trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work"
export GOPATH="$work/go" GOFLAGS=-modcacherw
mkdir reading && cd reading
cat >advisory.json <<'END'
{"document": {"category": "csaf_vex", "csaf_version": "2.0", "title": "Shop",
  "publisher": {"category": "vendor", "name": "Example", "namespace": "https://example.test"},
  "tracking": {"id": "EX-1", "status": "final", "version": "1", "initial_release_date": "2026-01-01T00:00:00Z",
   "current_release_date": "2026-01-01T00:00:00Z",
   "revision_history": [{"number": "1", "date": "2026-01-01T00:00:00Z", "summary": "first"}]}},
 "product_tree": {
  "branches": [{"category": "vendor", "name": "Example", "branches": [
   {"category": "product_version", "name": "shop 1.0", "product": {"product_id": "shop", "name": "shop 1.0",
     "product_identification_helper": {"purl": "pkg:generic/shop@1.0"}}},
   {"category": "product_version", "name": "desk 1.0", "product": {"product_id": "desk", "name": "desk 1.0"}},
   {"category": "product_version", "name": "platform 9", "product": {"product_id": "platform", "name": "platform 9"}}]}],
  "full_product_names": [{"product_id": "mail", "name": "mail 1.0",
    "product_identification_helper": {"purl": "pkg:generic/mail@1.0"}}],
  "relationships": [{"category": "default_component_of", "product_reference": "shop",
    "relates_to_product_reference": "platform", "full_product_name": {"product_id": "platform:shop", "name": "shop of platform",
    "product_identification_helper": {"purl": "pkg:generic/shop@1.0?distro=platform"}}}]},
 "vulnerabilities": [{"cve": "CVE-2026-0001", "notes": [{"category": "description", "text": "bad"}],
  "product_status": {"known_affected": ["shop", "desk", "mail", "platform:shop"]},
  "remediations": [{"category": "vendor_fix", "details": "Update.", "product_ids": ["shop", "desk", "mail", "platform:shop"]}]}]}
END
cat >main.go <<'END'
package main

import (
	"fmt"

	"github.com/openvex/go-vex/pkg/vex"
)

func main() {
	read, err := vex.Open("advisory.json")
	if err != nil {
		fmt.Println("error", err)
		return
	}
	for _, each := range read.Statements {
		fmt.Println(each.Status, each.Products[0].ID)
	}
}
END
go mod init example.test/reading 2>/dev/null
go get github.com/openvex/go-vex@v0.2.9 >get.log 2>&1 || { cat get.log; exit 1; }
go mod tidy >>get.log 2>&1 || { cat get.log; exit 1; }
seen=$(go run . 2>/dev/null)
echo "go-vex 0.2.9, of four affected products: $seen"
[ "$seen" = "affected shop" ] || { echo "changed: this finding no longer holds" >&2; exit 1; }
