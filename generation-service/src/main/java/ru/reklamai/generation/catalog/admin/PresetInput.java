package ru.reklamai.generation.catalog.admin;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import ru.reklamai.generation.catalog.Model;
import ru.reklamai.generation.catalog.Title;

/** @param credits the base price that a model's multiplier raises */
public record PresetInput(
        @NotNull @Pattern(regexp = Model.MODALITIES) String modality,
        @NotNull @Valid Title title,

        @NotNull
        @DecimalMin(value = "0", inclusive = false)
        @DecimalMax("10000")
        @Digits(integer = 5, fraction = 2)
        @Schema(examples = "1")
        BigDecimal credits,

        @NotNull Boolean enabled,

        @NotNull @Min(0) @Max(100_000) @Schema(examples = "1")
        Integer position) {}
