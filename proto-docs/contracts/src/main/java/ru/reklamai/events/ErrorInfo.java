package ru.reklamai.events;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Why a generation failed, as its owner is told.
 *
 * @param code stable, for programs: see proto-docs/README.md
 * @param message in the language of whoever reads it
 */
@RegisterForReflection
public record ErrorInfo(String code, String message) {}
