package ru.reklamai.generation.catalog;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** A name in both languages of the studio. */
public record Title(
        @NotBlank @Size(max = 200) String ru,
        @NotBlank @Size(max = 200) String en) {}
