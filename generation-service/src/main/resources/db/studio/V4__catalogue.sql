-- Owner: catalog
CREATE TABLE models (
    key              text          PRIMARY KEY,
    provider_model   text          NOT NULL,
    family           text          NOT NULL
        CHECK (family IN ('market', 'veo', 'gpt4o-image', 'flux-kontext', 'runway', 'suno')),
    modality         text          NOT NULL CHECK (modality IN ('image', 'edit', 'video', 'audio')),
    title_ru         text          NOT NULL,
    title_en         text          NOT NULL,
    input_fields     jsonb         NOT NULL CHECK (jsonb_typeof(input_fields) = 'array'),
    deadline_seconds integer       NOT NULL CHECK (deadline_seconds BETWEEN 10 AND 7200),
    price_multiplier numeric(8, 4) NOT NULL CHECK (price_multiplier > 0),
    enabled          boolean       NOT NULL DEFAULT true,
    position         integer       NOT NULL DEFAULT 0
);
COMMENT ON COLUMN models.input_fields IS
    'How a request becomes the provider''s input: '
    'a list of {name, from, type, list, required, values, default, min, max}.';

CREATE TABLE presets (
    key      text    PRIMARY KEY,
    modality text    NOT NULL CHECK (modality IN ('image', 'edit', 'video', 'audio')),
    title_ru text    NOT NULL,
    title_en text    NOT NULL,
    defaults jsonb   NOT NULL DEFAULT '{"credits": 1}',
    enabled  boolean NOT NULL DEFAULT true,
    position integer NOT NULL DEFAULT 0
);

CREATE TABLE catalogue_seeds (
    kind text NOT NULL CHECK (kind IN ('model', 'preset')),
    key  text NOT NULL,
    PRIMARY KEY (kind, key)
);
COMMENT ON TABLE catalogue_seeds IS
    'What was loaded from the service''s own files, each once: what an admin deleted since does not come back.';

CREATE TABLE admin_settings (
    key   text  PRIMARY KEY,
    value jsonb NOT NULL
);
INSERT INTO admin_settings (key, value) VALUES
    ('markup_percent', '0'),
    ('sign_up_credits_hundredths', '10000'),
    ('refund_on_cancel', 'true'),
    ('maintenance_mode', 'false'),
    ('kopecks_per_credit', '1000'),
    ('limits', '{"user": {"active": 100, "perDay": 2000}, "admin": {"active": 1000, "perDay": 20000}}');
