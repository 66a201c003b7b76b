package ru.reklamai.generation.board;

import java.time.Instant;
import java.util.UUID;

/**
 * A board as one of its members sees it.
 *
 * @param role the member's: viewer, editor or owner
 * @param pinned by this member
 * @param generations how many are on it
 */
public record Board(
        UUID id,
        String title,
        String role,
        boolean pinned,
        boolean isDefault,
        long generations,
        Instant createdAt,
        Instant updatedAt) {}
