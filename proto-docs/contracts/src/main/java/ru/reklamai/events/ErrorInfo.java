package ru.reklamai.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Why a generation failed, as its owner is told.
 *
 * @param code stable, for programs: see proto-docs/README.md
 * @param message in the language of whoever reads it
 */
@RegisterForReflection
public record ErrorInfo(
        @Schema(examples = "content-refused") String code,

        @Schema(examples = "The provider refused the content. Change the prompt or the files, then try again.")
        String message) {}
