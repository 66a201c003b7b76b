-- Owner: operations
-- How this schema is laid out: tables stand in versioned files by subject; functions, triggers and views in repeatable
-- ones, each under its own name, which run after them in alphabetical order whenever they were changed. Every file names
-- its owner, a package of the service; other owners' tables are out of bounds, their functions and views are not.
-- A repeatable file may create what is there already. Where it can't (a view's column renamed or gone, a function with
-- other parameters or another result), the versioned file of that change drops the old one.
-- Functions in SQL and views can only use what is created before them, so their names have an order; functions in
-- plpgsql can use all, and are what hot paths need: they keep their plans as long as the connection lasts.
--
-- This function is not repeatable, because defaults of columns need it.
CREATE FUNCTION uuid_v7() RETURNS uuid LANGUAGE sql VOLATILE AS $$
    -- RFC 9562, 5.7: 48 bits of Unix milliseconds, version 7, the rest random with the variant of a v4.
    SELECT (lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0')
            || '7' || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid
$$;
