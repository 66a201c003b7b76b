package ru.reklamai.generation.board;

import java.util.UUID;

/** @param creator who made the board, and stays its owner */
public record Member(UUID userId, String email, String fullName, String role, boolean creator) {}
