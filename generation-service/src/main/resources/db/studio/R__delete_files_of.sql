-- Owner: storage
-- Has the files of a generation deleted.
CREATE OR REPLACE FUNCTION delete_files_of(p_user uuid, p_generation uuid) RETURNS void LANGUAGE sql AS $$
    INSERT INTO file_deletions (bucket, prefix)
    VALUES ('outputs', p_user || '/' || p_generation || '/'),
           ('thumbnails', p_user || '/' || p_generation)
$$;
