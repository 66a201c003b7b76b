#!/usr/bin/env bash
# Files of a user's own: straight to the store, or through the gateway; looked at either way.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
picture >"$WORK/cup.png"
SIZE=$(stat -c %s "$WORK/cup.png")
edit() { printf '{"presetKey":"image-edit","modelKey":"google/nano-banana-edit","prompt":"the same","input":{"referenceImagePath":"%s"}}' "$1"; }

title "Straight to the store"
register upload
call 200 POST /api/v1/upload "{\"purpose\":\"reference\",\"fileName\":\"cup.png\",\"contentType\":\"image/png\",\"fileSize\":$SIZE}"
FILE=$(field .path)
call 409 POST /api/v1/upload/complete "{\"path\":\"$FILE\"}"
call 200 POST /api/v1/upload "{\"purpose\":\"reference\",\"fileName\":\"cup.png\",\"contentType\":\"image/png\",\"fileSize\":$SIZE}"
FILE=$(field .path)
curl -sS -f -T "$WORK/cup.png" "$(field .uploadUrl)"
call 200 POST /api/v1/upload/complete "{\"path\":\"$FILE\"}"
call 202 POST /api/v1/generate "$(edit "$FILE")"

title "Through the gateway"
call 200 POST /api/v1/upload "" -F purpose=reference -F "file=@$WORK/cup.png;type=image/png"
call 202 POST /api/v1/generate "$(edit "$(field .path)")"
await .status succeeded "/api/v1/generations/$(field .generationId)"

title "What is no picture is not taken"
echo "<script>alert(1)</script>" >"$WORK/cup.html"
call 415 POST /api/v1/upload "" -F purpose=reference -F "file=@$WORK/cup.html;type=image/png"
call 422 POST /api/v1/generate "$(edit "0197f0a0-3c1a-7000-8000-000000000001/reference/x.png")"
