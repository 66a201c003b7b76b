package ru.reklamai.generation.catalog;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A name in both languages of the studio. */
public record Title(
        @NotBlank @Size(max = 200) @Schema(examples = "Nano Banana")
        String ru,

        @NotBlank @Size(max = 200) @Schema(examples = "Nano Banana")
        String en) {}
