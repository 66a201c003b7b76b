package ru.reklamai.generation.catalog.admin;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import ru.reklamai.generation.catalog.InputField;
import ru.reklamai.generation.catalog.Model;
import ru.reklamai.generation.catalog.Title;

/**
 * @param providerModel the provider's own name of the model
 * @param deadlineSeconds how long a user waits at the most
 * @param priceMultiplier of the preset's credits
 */
public record ModelInput(
        @NotBlank @Size(max = 200) @Schema(examples = "google/nano-banana")
        String providerModel,

        @NotNull @Pattern(regexp = FamilyInputs.FAMILIES) String family,

        @NotNull @Pattern(regexp = Model.MODALITIES) String modality,
        @NotNull @Valid Title title,
        @NotEmpty @Size(max = 50) List<@NotNull InputField> inputFields,

        @NotNull @Min(10) @Max(7200) @Schema(examples = "900")
        Integer deadlineSeconds,

        @NotNull
        @DecimalMin(value = "0", inclusive = false)
        @DecimalMax("1000")
        @Digits(integer = 4, fraction = 4)
        @Schema(examples = "1")
        BigDecimal priceMultiplier,

        @NotNull Boolean enabled,

        @NotNull @Min(0) @Max(100_000) @Schema(examples = "1")
        Integer position) {}
