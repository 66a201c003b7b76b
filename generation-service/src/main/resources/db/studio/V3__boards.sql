-- Owner: board
CREATE TABLE boards (
    id         uuid        PRIMARY KEY,
    owner_id   uuid        NOT NULL REFERENCES profiles (user_id),
    title      text        NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    is_default boolean     NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX boards_one_default ON boards (owner_id) WHERE is_default;

CREATE TABLE board_members (
    board_id   uuid        NOT NULL REFERENCES boards (id) ON DELETE CASCADE,
    user_id    uuid        NOT NULL REFERENCES profiles (user_id),
    role       text        NOT NULL CHECK (role IN ('viewer', 'editor', 'owner')),
    pinned     boolean     NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (board_id, user_id)
);
COMMENT ON COLUMN board_members.pinned IS 'Each member pins boards for himself.';
CREATE INDEX board_members_user ON board_members (user_id);
