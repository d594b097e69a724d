#!/usr/bin/env bash
# in-toto's own bindings for statements keep the predicate in a protobuf Struct, which has one kind of number, a double. Read and
# written again, the number of a run 12345678901 is 12345678901.0, and beyond 2^53 it is another number: no error, no warning.
# What provenance says about its parameters no longer compares with what was signed or asked for, neither as text nor, where
# the number is long, as a number; in CEL, 3.0 is a double where a rule has an int.
# So: facts are read from the payload's bytes as they were signed, and long numbers travel as strings.
# Seen with in-toto-attestation 0.9.3 on protobuf 7.36.2 (pip): 9007199254740993 becomes 9007199254740992.0.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check in-toto-attestation==0.9.3 protobuf==7.36.2
venv/bin/python - <<'END'
import json, sys
from google.protobuf.json_format import MessageToJson, Parse
from in_toto_attestation.v1 import statement_pb2
signed = ('{"_type": "https://in-toto.io/Statement/v1", "subject": [{"name": "shop", "digest": {"sha256": "%s"}}],'
          ' "predicateType": "https://example.test/run/v1", "predicate": {"run": 12345678901, "build": 9007199254740993}}'
          % ("0" * 64))
written = json.loads(MessageToJson(Parse(signed, statement_pb2.Statement())))["predicate"]
seen = {name: repr(number) for name, number in written.items()}
print("in-toto-attestation 0.9.3:", seen)
if seen != {"run": "12345678901.0", "build": "9007199254740992.0"}:
    sys.exit("changed: this finding no longer holds")
END
