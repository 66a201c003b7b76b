#!/usr/bin/env bash
# Credits: what there is, where it went, and how a payment brings more.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
# The local stack's secret; production has its own.
SIGNATURE=$(printf yookassa | openssl dgst -sha256 -hmac "${PAYMENT_WEBHOOK_SECRET:-local-payment-secret}" | sed 's/.*= //')

title "What there is"
register credits
call 200 GET /api/v1/credits
check "$(field .balance)" 100
call 200 GET /api/v1/auth/me
USER_ID=$(field .id)

title "A payment of 500 rubles, told twice, counts once"
PAYMENT="{\"type\":\"notification\",\"event\":\"payment.succeeded\",\"object\":{\"id\":\"example-$USER_ID\",\"status\":\"succeeded\",\"paid\":true,\"test\":true,\"amount\":{\"value\":\"500.00\",\"currency\":\"RUB\"},\"metadata\":{\"userId\":\"$USER_ID\"}}}"
(
  TOKEN=""
  call 200 POST "/api/v1/payments/yookassa/notifications/$SIGNATURE" "$PAYMENT"
  call 200 POST "/api/v1/payments/yookassa/notifications/$SIGNATURE" "$PAYMENT"
  call 403 POST "/api/v1/payments/yookassa/notifications/0000" "$PAYMENT"
)
call 200 GET /api/v1/credits
check "$(field .balance)" 150

title "Where it went"
generate "a cup"
await .status succeeded "/api/v1/generations/$GENERATION"
call 200 GET "/api/v1/credits/ledger?limit=2"
call 200 GET "/api/v1/credits/ledger?cursor=$(field .nextCursor)"
