package ru.reklamai.generation.credit;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** @param balanceEffect by how much the balance changed */
public record LedgerEntry(
        UUID id,
        String type,
        BigDecimal amount,
        BigDecimal balanceEffect,
        UUID generationId,
        String reference,
        Instant createdAt) {}
