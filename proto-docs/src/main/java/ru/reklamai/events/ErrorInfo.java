package ru.reklamai.events;

/**
 * Why a generation failed.
 *
 * @param code stable, for programs: see proto-docs/README.md
 * @param message for the user, in words that say what to do
 */
public record ErrorInfo(String code, String message) {}
