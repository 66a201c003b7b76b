-- Owner: generation
-- Each transition names the states that it applies from; this is for the one that would forget to.
CREATE OR REPLACE FUNCTION refuse_leaving_a_terminal_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'generation % is % already', OLD.id, OLD.status;
END
$$;
CREATE OR REPLACE TRIGGER generations_terminal_is_final BEFORE UPDATE ON generations
    FOR EACH ROW WHEN (OLD.status IN ('succeeded', 'failed', 'cancelled') AND OLD.status <> NEW.status)
    EXECUTE FUNCTION refuse_leaving_a_terminal_status();
