package ru.reklamai.generation.board;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** @param creator who made the board, and stays its owner */
public record Member(
        UUID userId,
        @Schema(examples = "boris@example.org") String email,
        @Schema(examples = "Boris") String fullName,
        @Schema(enumeration = {"viewer", "editor", "owner"}) String role,
        boolean creator) {}
