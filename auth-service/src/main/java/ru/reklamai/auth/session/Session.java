package ru.reklamai.auth.session;

import java.time.Instant;
import java.util.UUID;

/** @param current whether it is the one that asks */
public record Session(
        UUID id, Instant createdAt, Instant lastUsedAt, String userAgent, String address, boolean current) {}
