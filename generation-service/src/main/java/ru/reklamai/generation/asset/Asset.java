package ru.reklamai.generation.asset;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A result file in S3. */
public record Asset(
        UUID id,
        UUID generationId,
        int position,
        String path,
        String contentType,
        long sizeBytes,
        Optional<Integer> width,
        Optional<Integer> height,
        Optional<Long> durationMs,
        Optional<String> thumbnailPath,
        Instant createdAt,
        String modelKey) {}
