# What the examples share: one request each line, its answer shown, the status checked. Needs curl and jq.
set -euo pipefail
GATEWAY=${GATEWAY:-http://127.0.0.1:8080}
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ROOT=$(cd "$HERE/../../.." && pwd)
PASSWORD="correct horse"
TOKEN=""
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
COUNT=0

# call STATUS METHOD PATH [BODY] [curl arguments…]: the answer's body is in $WORK/answer afterwards.
call() {
  local status=$1 method=$2 path=$3 body=${4:-} got arguments=()
  [ $# -lt 5 ] || arguments=("${@:5}")
  [ -z "$body" ] || arguments+=(-H "Content-Type: application/json" -d "$body")
  [ -z "$TOKEN" ] || arguments+=(-H "Authorization: Bearer $TOKEN")
  COUNT=$((COUNT + 1))
  while true; do
    got=$(curl -sS -m 60 -o "$WORK/answer" -D "$WORK/headers" -w '%{http_code}' -X "$method" "$GATEWAY$path" \
      -H "X-Request-Id: example-$$-$COUNT" "${arguments[@]}")
    [ "$got" = 429 ] && [ "$status" != 429 ] || break
    # As every client should: what comes too fast comes again, as late as the answer says.
    sleep "$(sed -n 's/^[Rr]etry-[Aa]fter: *\([0-9]*\).*/\1/p' "$WORK/headers")"
  done
  printf '%-6s %-58s %s' "$method" "$path" "$got"
  if head -c 1 "$WORK/answer" | grep -q '[{[]'; then printf '  %.100s' "$(jq -c . "$WORK/answer")"; fi
  echo
  if [ "$got" != "$status" ]; then echo "expected $status: $(head -c 500 "$WORK/answer")" >&2; exit 1; fi
}
# field FILTER: a part of the last answer.
field() { jq -er "$1" "$WORK/answer"; }
check() { [ "$1" = "$2" ] || { echo "not so: $1 = $2" >&2; exit 1; }; }
title() { printf '\n\033[1m%s\033[0m\n' "$*"; }

# A user of its own for each run: EMAIL, TOKEN and REFRESH are set.
register() {
  EMAIL="example-$1-$(date +%s%N)@example.org"
  TOKEN=""
  call 201 POST /api/v1/auth/register "{\"email\":\"$EMAIL\",\"password\":\"$PASSWORD\"}"
  TOKEN=$(field .accessToken) REFRESH=$(field .refreshToken)
}
login() {
  TOKEN=""
  call 200 POST /api/v1/auth/login "{\"email\":\"$EMAIL\",\"password\":\"$PASSWORD\"}"
  TOKEN=$(field .accessToken) REFRESH=$(field .refreshToken)
}
become_admin() {
  register admin
  "$ROOT/reklamai" admin "$EMAIL" ${STACK:+"$STACK"}
  login
}
# await FILTER VALUE PATH: asks until it is so.
await() {
  local end=$((SECONDS + 60))
  until curl -sS -m 10 "$GATEWAY$3" -H "Authorization: Bearer $TOKEN" | jq -e "$1 == \"$2\"" >/dev/null; do
    [ $SECONDS -lt $end ] || { echo "waited in vain for $1 = $2 at $3" >&2; exit 1; }
    sleep 0.2
  done
}
order() { printf '{"presetKey":"image-gen","modelKey":"google/nano-banana","prompt":"%s"%s}' "$1" "${2:-}"; }
generate() { call 202 POST /api/v1/generate "$(order "$@")"; GENERATION=$(field .generationId); }
# A grey picture of one pixel.
picture() { base64 -d <<<'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=='; }
