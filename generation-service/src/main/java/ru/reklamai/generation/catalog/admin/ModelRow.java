package ru.reklamai.generation.catalog.admin;

import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import ru.reklamai.generation.catalog.InputField;
import ru.reklamai.generation.catalog.Title;

/** @param inputFields as {@link InputField} describes them */
public record ModelRow(
        @Schema(examples = "google/nano-banana") String key,
        @Schema(examples = "google/nano-banana") String providerModel,
        @Schema(examples = "market") String family,
        @Schema(examples = "image") String modality,
        Title title,

        @Schema(examples = "[{\"name\": \"prompt\", \"from\": \"prompt\"}]")
        List<?> inputFields,

        @Schema(examples = "900") int deadlineSeconds,
        @Schema(examples = "1") BigDecimal priceMultiplier,
        boolean enabled,
        @Schema(examples = "1") int position) {}
