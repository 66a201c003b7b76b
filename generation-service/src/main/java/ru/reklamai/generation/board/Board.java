package ru.reklamai.generation.board;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A board as one of its members sees it.
 *
 * @param role the member's: viewer, editor or owner
 * @param pinned by this member
 * @param generations how many are on it
 */
public record Board(
        UUID id,
        @Schema(examples = "Spring campaign") String title,
        @Schema(enumeration = {"viewer", "editor", "owner"}) String role,
        boolean pinned,
        boolean isDefault,
        @Schema(examples = "12") long generations,
        Instant createdAt,
        Instant updatedAt) {}
