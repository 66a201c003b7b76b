-- Owner: storage
-- Has all files of a user deleted, also those that were never looked at.
CREATE OR REPLACE FUNCTION delete_all_files_of(p_user uuid) RETURNS void LANGUAGE sql AS $$
    INSERT INTO file_deletions (bucket, prefix)
    VALUES ('uploads', p_user || '/'),
           ('uploads', 'incoming/' || p_user || '/'),
           ('outputs', p_user || '/'),
           ('thumbnails', p_user || '/')
$$;
