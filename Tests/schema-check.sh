#!/bin/sh
# Checks the JSON Schema of policy files with check-jsonschema: the schema itself, good samples, and that every bad sample
# is refused by the schema as it is by the linter; what no schema can see is in `beyond-schema`. Further arguments are good files.
#
# SCHEMA_CHECK_VENV names a directory for the Python environment (default: a temporary one).
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
schema=$root/schemas/policies.v1.json
samples=$root/Tests/PolicySamples

venv=${SCHEMA_CHECK_VENV:-}
if [ -z "$venv" ]; then
  venv=$(mktemp -d)
  trap 'rm -rf "$venv"' EXIT
fi
if [ ! -x "$venv/bin/check-jsonschema" ]; then
  if ! { python3 -m venv "$venv" && "$venv/bin/pip" install --quiet check-jsonschema; } >/dev/null 2>&1; then
    echo "schema-check: skipped, check-jsonschema cannot be installed here"
    exit 0
  fi
fi
check="$venv/bin/check-jsonschema"

"$check" --check-metaschema "$schema"
"$check" --schemafile "$schema" "$samples"/good/*.yaml "$samples"/good/shared/*.yaml "$@"

failed=0
for bad in "$samples"/bad/*.yaml; do
  if "$check" --schemafile "$schema" "$bad" >/dev/null 2>&1; then
    echo "schema-check: the schema accepts $bad"
    failed=1
  fi
done
[ "$failed" = 0 ] && echo "schema-check: every bad sample is refused"
exit "$failed"
