package ru.reklamai.auth.session;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** @param current whether it is the one that asks */
public record Session(
        UUID id,
        Instant createdAt,
        Instant lastUsedAt,
        @Schema(examples = "Mozilla/5.0") String userAgent,
        @Schema(examples = "203.0.113.7") String address,
        boolean current) {}
