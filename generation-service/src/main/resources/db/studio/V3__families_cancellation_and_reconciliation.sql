-- The models of KIE's special families.
INSERT INTO models
    (key, provider_model, family, modality, title_ru, title_en, deadline_seconds, price_multiplier, position,
     input_fields)
VALUES
    ('veo3', 'veo3', 'veo', 'video', 'Veo 3', 'Veo 3', 1800, 25, 31,
     '[{"name": "prompt", "from": "prompt", "required": true, "max": 5000}, {"name": "imageUrls", "from": "startFrame", "list": true}, {"name": "imageUrls", "from": "endFrame", "list": true}, {"name": "aspect_ratio", "from": "params", "type": "string", "values": ["16:9", "9:16", "Auto"], "default": "16:9"}, {"name": "seeds", "from": "params", "type": "integer", "min": 10000, "max": 99999}]'),
    ('veo3_fast', 'veo3_fast', 'veo', 'video', 'Veo 3 Fast', 'Veo 3 Fast', 1800, 6, 32,
     '[{"name": "prompt", "from": "prompt", "required": true, "max": 5000}, {"name": "imageUrls", "from": "startFrame", "list": true}, {"name": "imageUrls", "from": "endFrame", "list": true}, {"name": "aspect_ratio", "from": "params", "type": "string", "values": ["16:9", "9:16", "Auto"], "default": "16:9"}, {"name": "seeds", "from": "params", "type": "integer", "min": 10000, "max": 99999}]'),
    ('gpt4o-image', 'gpt4o-image', 'gpt4o-image', 'image', 'GPT-4o Image', 'GPT-4o Image', 900, 1.2, 33,
     '[{"name": "prompt", "from": "prompt", "required": true, "max": 5000}, {"name": "filesUrl", "from": "referenceImage", "list": true}, {"name": "size", "from": "params", "type": "string", "values": ["1:1", "3:2", "2:3"], "default": "1:1"}, {"name": "nVariants", "from": "params", "type": "integer", "values": [1, 2, 4], "default": 1}]'),
    ('flux-kontext-pro', 'flux-kontext-pro', 'flux-kontext', 'image', 'FLUX Kontext Pro', 'FLUX Kontext Pro', 900, 1, 34,
     '[{"name": "prompt", "from": "prompt", "required": true, "max": 5000}, {"name": "inputImage", "from": "referenceImage"}, {"name": "aspectRatio", "from": "params", "type": "string", "values": ["1:1", "16:9", "9:16", "4:3", "3:4", "21:9"], "default": "1:1"}, {"name": "outputFormat", "from": "params", "type": "string", "values": ["png", "jpeg"], "default": "png"}]'),
    ('flux-kontext-max', 'flux-kontext-max', 'flux-kontext', 'image', 'FLUX Kontext Max', 'FLUX Kontext Max', 900, 2, 35,
     '[{"name": "prompt", "from": "prompt", "required": true, "max": 5000}, {"name": "inputImage", "from": "referenceImage"}, {"name": "aspectRatio", "from": "params", "type": "string", "values": ["1:1", "16:9", "9:16", "4:3", "3:4", "21:9"], "default": "1:1"}, {"name": "outputFormat", "from": "params", "type": "string", "values": ["png", "jpeg"], "default": "png"}]'),
    ('runway', 'runway', 'runway', 'video', 'Runway', 'Runway', 1800, 6, 36,
     '[{"name": "prompt", "from": "prompt", "required": true, "max": 1800}, {"name": "imageUrl", "from": "startFrame"}, {"name": "duration", "from": "params", "type": "integer", "values": [5, 10], "default": 5}, {"name": "quality", "from": "params", "type": "string", "values": ["720p", "1080p"], "default": "720p"}, {"name": "aspectRatio", "from": "params", "type": "string", "values": ["16:9", "9:16", "1:1", "4:3", "3:4"], "default": "16:9"}]'),
    ('suno/v4.5', 'V4_5', 'suno', 'audio', 'Suno 4.5', 'Suno 4.5', 900, 1.2, 37,
     '[{"name": "prompt", "from": "prompt", "required": true, "max": 400}, {"name": "customMode", "from": "params", "type": "boolean", "values": [false], "default": false}, {"name": "instrumental", "from": "params", "type": "boolean", "default": false}]'),
    ('suno/v5', 'V5', 'suno', 'audio', 'Suno 5', 'Suno 5', 900, 1.2, 38,
     '[{"name": "prompt", "from": "prompt", "required": true, "max": 400}, {"name": "customMode", "from": "params", "type": "boolean", "values": [false], "default": false}, {"name": "instrumental", "from": "params", "type": "boolean", "default": false}]');

-- Settings are named like columns; the new one says whether a generation that is cancelled while it runs is refunded.
UPDATE admin_settings SET key = 'markup_percent' WHERE key = 'markupPercent';
UPDATE admin_settings SET key = 'sign_up_credits_hundredths' WHERE key = 'signUpCreditsHundredths';
INSERT INTO admin_settings (key, value) VALUES ('refund_on_cancel', 'true');

CREATE OR REPLACE FUNCTION provision_user(p_user uuid, p_email text, p_full_name text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_board uuid := uuid_v7();
    v_credits bigint;
BEGIN
    INSERT INTO profiles (user_id, email, full_name) VALUES (p_user, p_email, p_full_name) ON CONFLICT DO NOTHING;
    INSERT INTO boards (id, owner_id, title, is_default) VALUES (v_board, p_user, 'My Board', true)
        ON CONFLICT DO NOTHING;
    INSERT INTO board_members (board_id, user_id, role)
        SELECT id, p_user, 'owner' FROM boards WHERE owner_id = p_user AND is_default ON CONFLICT DO NOTHING;
    INSERT INTO credit_accounts (owner_id) VALUES (p_user) ON CONFLICT DO NOTHING;
    PERFORM FROM credit_accounts WHERE owner_id = p_user FOR UPDATE;
    SELECT (value::text)::bigint INTO v_credits FROM admin_settings WHERE key = 'sign_up_credits_hundredths';
    WITH entry AS (
        INSERT INTO credit_ledger (owner_id, type, amount, balance_effect, reserved_effect, reference)
        VALUES (p_user, 'adjust', v_credits, v_credits, 0, 'sign-up')
        ON CONFLICT DO NOTHING
        RETURNING amount
    )
    UPDATE credit_accounts SET balance = balance + entry.amount, updated_at = now() FROM entry
    WHERE owner_id = p_user;
END
$$;

CREATE VIEW open_reservations AS
    SELECT r.owner_id, r.generation_id, r.amount
    FROM credit_ledger r
    WHERE r.type = 'reserve'
      AND NOT EXISTS (SELECT FROM credit_ledger e
                      WHERE e.generation_id = r.generation_id AND e.type IN ('finalize', 'refund'));

-- What must always hold; each row is a kind of trouble and how often it was found. All zero means all is well.
CREATE VIEW reconciliation AS
    SELECT 'balance-differs-from-ledger' AS trouble, count(*) AS found FROM credit_discrepancies
    UNION ALL
    SELECT 'reserved-differs-from-open-reservations', count(*)
    FROM (SELECT a.owner_id
          FROM credit_accounts a
          LEFT JOIN open_reservations o ON o.owner_id = a.owner_id
          GROUP BY a.owner_id
          HAVING a.reserved <> coalesce(sum(o.amount), 0)) AS differing
    UNION ALL
    SELECT 'ended-with-open-reservation', count(*)
    FROM generations g
    JOIN open_reservations o ON o.generation_id = g.id
    WHERE g.status IN ('succeeded', 'failed', 'cancelled')
    UNION ALL
    SELECT 'active-without-open-reservation', count(*)
    FROM generations g
    WHERE g.status IN ('queued', 'processing')
      AND NOT EXISTS (SELECT FROM open_reservations o WHERE o.generation_id = g.id)
    UNION ALL
    SELECT 'settled-for-another-amount', count(*)
    FROM generations g
    LEFT JOIN credit_ledger f ON f.generation_id = g.id AND f.type = 'finalize'
    WHERE g.final_credits IS NOT NULL AND g.final_credits <> coalesce(f.amount, 0)
    UNION ALL
    SELECT 'succeeded-without-file', count(*)
    FROM generations g
    WHERE g.status = 'succeeded' AND NOT EXISTS (SELECT FROM assets a WHERE a.generation_id = g.id)
    UNION ALL
    SELECT 'active-ten-minutes-after-deadline', count(*)
    FROM generations g
    WHERE g.status IN ('queued', 'processing') AND g.deadline_at < now() - INTERVAL '10 minutes'
    UNION ALL
    SELECT 'unpublished-for-a-minute', count(*)
    FROM generations g
    WHERE g.version > g.published_version AND g.updated_at < now() - INTERVAL '1 minute';
