#!/usr/bin/env bash
# Orders and what becomes of them: estimate, variants, filters, download, share, again with changes, delete.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

title "What can be ordered, and for how much"
register library
call 200 GET /api/v1/models
call 200 GET /api/v1/presets
call 200 POST /api/v1/generate/estimate "$(order "a cup" ',"count":2')"
check "$(field .credits)" 2

title "Two variants, ordered once however often it is sent"
call 202 POST /api/v1/generate "$(order "a red cup" ',"count":2')" -H "Idempotency-Key: example"
FIRST=$(field '.generationIds[0]') SECOND=$(field '.generationIds[1]')
call 202 POST /api/v1/generate "$(order "a red cup" ',"count":2')" -H "Idempotency-Key: example"
check "$(field .generationId)" "$FIRST"
call 200 GET /api/v1/generations/changes
call 200 GET "/api/v1/generations/$FIRST/stream" "" -N
grep -q '"status":"succeeded"' "$WORK/answer"
await .status succeeded "/api/v1/generations/$SECOND"

title "Found again"
call 200 GET "/api/v1/generations?status=succeeded&q=RED&batchId=$FIRST"
check "$(field '.items | length')" 2
call 200 GET "/api/v1/generations/$FIRST"
call 200 PUT "/api/v1/generations/$FIRST/favourite"
call 200 GET "/api/v1/generations?favourite=true"
check "$(field '.items[0].id')" "$FIRST"
call 200 DELETE "/api/v1/generations/$FIRST/favourite"
call 200 GET /api/v1/assets

title "Downloaded, one and all"
call 200 POST /api/v1/download "{\"generationId\":\"$FIRST\"}"
curl -sS -o "$WORK/picture" "$(field .url)"
head -c 4 "$WORK/picture" | grep -aq PNG
call 200 POST /api/v1/download/zip "{\"generationIds\":[\"$FIRST\",\"$SECOND\"]}"
head -c 2 "$WORK/answer" | grep -q PK

title "Shared, until it is not"
call 200 PUT "/api/v1/generations/$FIRST/share"
SHARE=$(field .token)
(TOKEN="" && call 200 GET "/api/v1/shares/$SHARE")
call 204 DELETE "/api/v1/generations/$FIRST/share"
(TOKEN="" && call 404 GET "/api/v1/shares/$SHARE")

title "Again, with changes; then stopped and deleted"
call 202 POST /api/v1/generate "{\"parentId\":\"$FIRST\",\"prompt\":\"a green cup [slow]\"}"
AGAIN=$(field .generationId)
call 200 POST "/api/v1/generations/$AGAIN/cancel"
call 204 DELETE "/api/v1/generations/$AGAIN"
call 204 DELETE "/api/v1/generations/$FIRST"
call 404 GET "/api/v1/generations/$FIRST"
