package ru.reklamai.generation.catalog.admin;

import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import ru.reklamai.generation.catalog.Title;

public record PresetRow(
        @Schema(examples = "image-gen") String key,
        @Schema(examples = "image") String modality,
        Title title,
        @Schema(examples = "1") BigDecimal credits,
        boolean enabled,
        @Schema(examples = "1") int position) {}
