-- Owner: task
CREATE OR REPLACE FUNCTION refuse_leaving_a_terminal_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'provider task of generation % is % already', OLD.generation_id, OLD.status;
END
$$;

CREATE OR REPLACE TRIGGER provider_tasks_terminal_is_final BEFORE UPDATE ON provider_tasks
    FOR EACH ROW WHEN (OLD.status IN ('succeeded', 'failed') AND OLD.status <> NEW.status)
    EXECUTE FUNCTION refuse_leaving_a_terminal_status();
