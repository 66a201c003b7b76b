#!/usr/bin/env bash
# An account from sign-up to deletion. Locally mails are in auth-service's log: MAIL_LOG says where.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
MAIL_LOG=${MAIL_LOG:-$ROOT/.local/log/auth-service.log}

link() { # link PURPOSE: the token in the newest mail to this user
  local end=$((SECONDS + 20))
  until grep -a -A12 "$EMAIL" "$MAIL_LOG" | grep -aqo "#$1=[A-Za-z0-9_-]*"; do
    [ $SECONDS -lt $end ] || { echo "no mail with $1 for $EMAIL" >&2; exit 1; }
    sleep 0.2
  done
  grep -a -A12 "$EMAIL" "$MAIL_LOG" | grep -ao "#$1=[A-Za-z0-9_-]*" | tail -n 1 | cut -d= -f2
}

title "Sign up, and verify the address by the link in the mail"
register account
call 200 GET /api/v1/auth/me
check "$(field .emailVerified || true)" false
call 204 POST /api/v1/auth/verification/confirm "{\"token\":\"$(link verify-email)\"}"
call 200 GET /api/v1/auth/me
check "$(field .emailVerified)" true
call 202 POST /api/v1/auth/verification

title "Profile"
call 200 PATCH /api/v1/profile '{"fullName":"Anna","language":"ru"}'
call 200 GET /api/v1/profile
check "$(field .fullName)" Anna

title "Sessions"
FIRST=$TOKEN
login
call 200 GET /api/v1/auth/sessions
OTHER=$(field '.items[] | select(.current | not) | .id')
call 204 DELETE "/api/v1/auth/sessions/$OTHER"
NOW=$TOKEN TOKEN=$FIRST
call 401 GET /api/v1/auth/me
TOKEN=$NOW
call 204 DELETE /api/v1/auth/sessions
call 200 POST /api/v1/auth/refresh "{\"refreshToken\":\"$REFRESH\"}"
TOKEN=$(field .accessToken)

title "A ticket opens a stream once"
call 200 POST /api/v1/auth/ticket
TICKET=$(field .ticket)
(TOKEN="" && call 401 GET /api/v1/updates && call 401 GET "/api/v1/updates?ticket=wrong")
curl -sS -m 2 -N -H "X-Request-Id: example-$$-stream" "$GATEWAY/api/v1/updates?ticket=$TICKET" || [ $? = 28 ]
(TOKEN="" && call 401 GET "/api/v1/updates?ticket=$TICKET")

title "A new password, by the old one and by mail"
call 200 POST /api/v1/auth/password "{\"currentPassword\":\"$PASSWORD\",\"newPassword\":\"battery staple\"}"
PASSWORD="battery staple" TOKEN=""
call 202 POST /api/v1/auth/password/forgot "{\"email\":\"$EMAIL\"}"
call 204 POST /api/v1/auth/password/reset "{\"token\":\"$(link reset-password)\",\"password\":\"staple battery\"}"
PASSWORD="staple battery"
login

title "Log out, and leave for good"
(TOKEN="" && call 204 POST /api/v1/auth/logout "{\"refreshToken\":\"$REFRESH\"}")
login
call 204 POST /api/v1/auth/me/deletion "{\"password\":\"$PASSWORD\"}"
call 401 GET /api/v1/auth/me
TOKEN=""
call 401 POST /api/v1/auth/login "{\"email\":\"$EMAIL\",\"password\":\"$PASSWORD\"}"
call 200 GET /.well-known/jwks.json
