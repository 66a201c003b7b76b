#!/usr/bin/env bash
# What an admin does: users, credits, the catalogue, settings, the provider, and what is left of it in the audit log.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

title "Somebody, and an admin"
register somebody
SOMEBODY_EMAIL=$EMAIL SOMEBODY=$TOKEN
generate "a cup"
become_admin

title "Users and their credits"
call 200 GET "/api/v1/admin/users?q=$SOMEBODY_EMAIL"
ID=$(field '.items[0].id')
call 200 GET "/api/v1/admin/users/$ID"
call 200 POST "/api/v1/admin/users/$ID/credits" '{"amount":25.5,"reason":"a gift"}' -H "Idempotency-Key: gift-$ID"
call 200 GET "/api/v1/admin/users/$ID/credits"
call 200 GET "/api/v1/admin/users/$ID/credits/ledger"
call 200 PUT "/api/v1/admin/users/$ID/block" '{"reason":"spam"}'
ADMIN=$TOKEN TOKEN=$SOMEBODY
call 401 GET /api/v1/credits
TOKEN=$ADMIN
call 200 DELETE "/api/v1/admin/users/$ID/block"
call 200 PUT "/api/v1/admin/users/$ID/role" '{"role":"admin"}'
call 200 PUT "/api/v1/admin/users/$ID/role" '{"role":"user"}'
call 200 GET "/api/v1/admin/generations?userId=$ID"
call 200 GET "/api/v1/admin/generations/$(field '.items[0].id')"

title "The catalogue"
call 200 GET /api/v1/admin/models
call 200 PUT /api/v1/admin/models/example/model '{"providerModel":"google/nano-banana","family":"market","modality":"image","title":{"ru":"Пример","en":"Example"},"inputFields":[{"name":"prompt","from":"prompt","required":true}],"deadlineSeconds":600,"priceMultiplier":2,"enabled":true,"position":999}'
call 200 GET /api/v1/models
check "$(field '.items[] | select(.key == "example/model") | .credits')" 2
call 204 DELETE /api/v1/admin/models/example/model
call 200 GET /api/v1/admin/presets
call 200 PUT /api/v1/admin/presets/example '{"modality":"image","title":{"ru":"Пример","en":"Example"},"credits":3,"enabled":true,"position":999}'
call 204 DELETE /api/v1/admin/presets/example

title "Settings"
call 200 GET /api/v1/admin/settings
BEFORE=$(field .settings.refund_on_cancel)
call 200 PUT /api/v1/admin/settings/refund_on_cancel "{\"value\":$BEFORE}"
call 422 PUT /api/v1/admin/settings/markup_percent '{"value":-1}'

title "How everything is"
call 200 GET /api/v1/admin/provider
call 200 GET /api/v1/admin/reconciliation
call 200 GET /api/v1/admin/dead-letters
call 200 POST "/api/v1/admin/dead-letters/$(field '.items[0].queue')/replay"
call 200 GET "/api/v1/admin/audit?subject=user:$ID"
field '.items[] | "\(.createdAt) \(.action) \(.details | tostring)"'
