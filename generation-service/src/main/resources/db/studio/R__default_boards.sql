-- Owner: board
-- Where somebody's generations go when the board that they are on is deleted.
CREATE OR REPLACE VIEW default_boards AS
    SELECT owner_id, id AS board_id
    FROM boards
    WHERE is_default;
