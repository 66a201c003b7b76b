-- Roles and schemas for one database; run by a superuser, safe to repeat.
-- Each service has a role that owns one schema and can touch no other.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'auth_service') THEN
        CREATE ROLE auth_service LOGIN PASSWORD 'auth_service';
        CREATE ROLE generation_service LOGIN PASSWORD 'generation_service';
        CREATE ROLE provider_worker LOGIN PASSWORD 'provider_worker';
    END IF;
END
$$;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
CREATE SCHEMA IF NOT EXISTS auth AUTHORIZATION auth_service;
CREATE SCHEMA IF NOT EXISTS studio AUTHORIZATION generation_service;
CREATE SCHEMA IF NOT EXISTS provider AUTHORIZATION provider_worker;
ALTER ROLE auth_service SET search_path = auth;
ALTER ROLE generation_service SET search_path = studio;
ALTER ROLE provider_worker SET search_path = provider;
-- No statement of a service may hold a connection for longer than the service waits for it.
ALTER ROLE auth_service SET statement_timeout = '10s';
ALTER ROLE generation_service SET statement_timeout = '60s';
ALTER ROLE provider_worker SET statement_timeout = '10s';
