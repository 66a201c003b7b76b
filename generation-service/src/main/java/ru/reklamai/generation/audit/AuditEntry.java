package ru.reklamai.generation.audit;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Something that an admin did.
 *
 * @param actorId the admin; absent for an operator at the command line
 * @param subject on what, as in {@code user:0197…} or {@code model:veo3}
 */
public record AuditEntry(
        UUID id, UUID actorId, String action, String subject, Map<String, Object> details, Instant createdAt) {}
