-- Owner: operations
-- How this schema is laid out: tables stand in versioned files by subject; functions, triggers and views in repeatable
-- ones, each under its own name. Those run after the versioned ones, in alphabetical order, whenever they changed.
-- Every file names its owner, a package of the service. Other owners' tables are out of bounds; what it needs of them
-- it gets through functions and views that they declare.
-- A repeatable file may create what is there already. Where it can't (a view's column renamed or gone, a function with
-- other parameters or another result), the versioned file of that change drops the old one.
-- Views, and functions in SQL, can only use what is created before them, so their names have an order. Functions in
-- plpgsql can use all, and are what hot paths need: they keep their plans as long as the connection lasts.
--
-- This function is not repeatable, because defaults of columns need it.
CREATE FUNCTION uuid_v7() RETURNS uuid LANGUAGE sql VOLATILE AS $$
    -- RFC 9562, 5.7: 48 bits of Unix milliseconds, version 7, the rest random with the variant of a v4.
    SELECT (lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0')
            || '7' || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid
$$;
