package ru.reklamai.events;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Why a generation failed.
 *
 * @param code stable, for programs: see proto-docs/README.md
 * @param message for the user, in words that say what to do
 */
@RegisterForReflection
public record ErrorInfo(String code, String message) {}
