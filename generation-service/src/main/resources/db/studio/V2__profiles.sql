-- Owner: user
CREATE TABLE profiles (
    user_id     uuid        PRIMARY KEY,
    email       text        NOT NULL,
    full_name   text        NOT NULL DEFAULT '' CHECK (length(full_name) <= 200),
    language    text        NOT NULL DEFAULT 'ru' CHECK (language IN ('ru', 'en')),
    avatar_path text,
    deleted_at  timestamptz,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN profiles.deleted_at IS 'The row stays for the ledger, without anything of the person (152-FZ).';
CREATE INDEX profiles_email ON profiles (lower(email)) WHERE deleted_at IS NULL;
