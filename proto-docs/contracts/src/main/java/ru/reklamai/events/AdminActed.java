package ru.reklamai.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * An admin did something outside of generation-service, which keeps the audit log.
 *
 * @param id of the action: a repeat of the message has the same
 * @param actorId the admin; absent for an operator at the command line
 * @param subject on what or whom, as in {@code user:0197…}
 */
@RegisterForReflection
public record AdminActed(
        UUID id,
        String type,
        int version,
        Instant occurredAt,
        UUID actorId,
        String action,
        String subject,
        Map<String, Object> details) {

    public static final String TYPE = "admin.acted";
}
