#!/usr/bin/env bash
# A board for two: an owner and an editor.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

title "The editor, and the owner with a board"
register editor
EDITOR_EMAIL=$EMAIL EDITOR=$TOKEN
call 200 GET /api/v1/auth/me
EDITOR_ID=$(field .id)
call 200 GET /api/v1/boards
register owner
OWNER=$TOKEN
call 201 POST /api/v1/boards '{"title":"Spring campaign"}'
BOARD=$(field .id)
call 200 PATCH "/api/v1/boards/$BOARD" '{"title":"Summer campaign"}'
call 200 PUT "/api/v1/boards/$BOARD/pin"
call 200 DELETE "/api/v1/boards/$BOARD/pin"

title "A member, first to look, then to work"
call 201 POST "/api/v1/boards/$BOARD/members" "{\"email\":\"$EDITOR_EMAIL\",\"role\":\"viewer\"}"
TOKEN=$EDITOR
call 200 GET "/api/v1/boards/$BOARD"
call 403 POST /api/v1/generate "$(order "a cup" ",\"boardId\":\"$BOARD\"")"
TOKEN=$OWNER
call 200 PUT "/api/v1/boards/$BOARD/members/$EDITOR_ID" '{"role":"editor"}'
call 200 GET "/api/v1/boards/$BOARD/members"
TOKEN=$EDITOR
generate "a cup" ",\"boardId\":\"$BOARD\""

title "What both brought"
TOKEN=$OWNER
generate "a plate"
call 200 POST "/api/v1/boards/$BOARD/generations" "{\"generationIds\":[\"$GENERATION\"]}"
call 200 GET "/api/v1/boards/$BOARD/generations"
check "$(field '.items | length')" 2

title "The member goes, then the board"
call 204 DELETE "/api/v1/boards/$BOARD/members/$EDITOR_ID"
TOKEN=$EDITOR
call 404 GET "/api/v1/boards/$BOARD"
TOKEN=$OWNER
call 204 DELETE "/api/v1/boards/$BOARD"
