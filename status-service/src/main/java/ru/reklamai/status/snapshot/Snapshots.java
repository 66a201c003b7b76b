package ru.reklamai.status.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import ru.reklamai.events.UserUpdate;

/**
 * The present state, read with the client's own token and in the client's own language. Whatever keeps it from being read
 * is an exception: {@link jakarta.ws.rs.WebApplicationException} with generation-service's status, or
 * {@link jakarta.ws.rs.ProcessingException} without an answer.
 */
public interface Snapshots {

    /** Whose snapshot, and in which language: the token and the header Accept-Language, as the client sent them. */
    record Reader(String token, String acceptLanguage) {}

    /** Returns the user's active generations and those changed since. */
    List<UserUpdate> changes(Reader reader, Instant since);

    UserUpdate one(Reader reader, UUID generationId);
}
