package ru.reklamai.auth.session;

import java.util.UUID;

/** What tokens tell of a user. */
public record Account(UUID userId, String email, String role) {}
