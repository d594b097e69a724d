#!/usr/bin/env bash
# A DSSE envelope says which key has signed it and not how. With an RSA key, in-toto's and TUF's library for Python signs by
# PSS unless it is told otherwise, where cosign, openssl and most else mean PKCS #1 1.5 by "RSA with SHA-256": the right key
# over the right bytes, and a verifier says that the signature is none of that key's. Its Ed25519 public keys are hexadecimal
# digits beside PEM for RSA and ECDSA, in the same field.
# Seen with securesystemslib 1.6.0 (pip), openssl 3.0: PKCS #1 1.5 fails, PSS is "Verified OK", Ed25519 is 64 digits.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv tool
tool/bin/pip install --quiet --disable-pip-version-check 'securesystemslib[crypto]==1.6.0'
tool/bin/python - <<'PY'
import base64
from securesystemslib.dsse import Envelope
from securesystemslib.signer import CryptoSigner

signer = CryptoSigner.generate_rsa()
envelope = Envelope(b'{"_type": "https://in-toto.io/Statement/v1"}', "application/vnd.in-toto+json", {})
envelope.sign(signer)
written = envelope.to_dict()
print("members of the signature:", sorted(written["signatures"][0]))
open("signed", "wb").write(envelope.pae())
open("signature", "wb").write(base64.b64decode(written["signatures"][0]["sig"]))
open("key.pem", "w").write(signer.public_key.keyval["public"])
open("ed25519", "w").write(CryptoSigner.generate_ed25519().public_key.keyval["public"])
PY
pkcs1=$(openssl dgst -sha256 -verify key.pem -signature signature signed 2>/dev/null || true)
pss=$(openssl dgst -sha256 -sigopt rsa_padding_mode:pss -verify key.pem -signature signature signed 2>/dev/null || true)
echo "securesystemslib 1.6.0, $(openssl version): PKCS #1 1.5: $pkcs1; PSS: $pss; Ed25519 key: $(head -c 70 ed25519)"
if [[ $pkcs1 == "Verified OK" || $pss != "Verified OK" ]] || ! grep -Eq '^[0-9a-f]{64}$' ed25519; then
  echo "changed: this finding no longer holds" >&2
  exit 1
fi
