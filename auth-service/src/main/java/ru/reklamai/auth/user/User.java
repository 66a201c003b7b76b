package ru.reklamai.auth.user;

import java.util.UUID;

/** @param email in lower case */
public record User(UUID id, String email, String passwordHash, String fullName, String role) {}
