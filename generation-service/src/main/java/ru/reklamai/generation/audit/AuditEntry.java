package ru.reklamai.generation.audit;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Something that an admin did.
 *
 * @param actorId the admin; absent for an operator at the command line
 * @param subject on what, as in {@code user:0197…} or {@code model:veo3}
 */
public record AuditEntry(
        UUID id,
        @Schema(nullable = true) UUID actorId,
        @Schema(examples = "user.credits") String action,

        @Schema(examples = "user:0197f0a0-3c1a-7000-8000-000000000001")
        String subject,

        @Schema(examples = "{\"hundredths\": 2550, \"reason\": \"a gift\"}")
        Map<String, Object> details,

        Instant createdAt) {}
