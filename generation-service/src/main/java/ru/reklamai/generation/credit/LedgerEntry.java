package ru.reklamai.generation.credit;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** @param balanceEffect by how much the balance changed */
public record LedgerEntry(
        UUID id,

        @Schema(enumeration = {"reserve", "finalize", "refund", "purchase", "adjust"})
        String type,

        @Schema(examples = "1.0") BigDecimal amount,
        @Schema(examples = "-1.0") BigDecimal balanceEffect,
        @Schema(nullable = true) UUID generationId,

        @Schema(nullable = true, examples = "admin:5f0e1d2c")
        String reference,

        Instant createdAt) {}
