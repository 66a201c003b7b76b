package ru.reklamai.generation.catalog.admin;

import java.math.BigDecimal;
import java.util.List;
import ru.reklamai.generation.catalog.InputField;
import ru.reklamai.generation.catalog.Title;

/** @param inputFields as {@link InputField} describes them */
public record ModelRow(
        String key,
        String providerModel,
        String family,
        String modality,
        Title title,
        List<?> inputFields,
        int deadlineSeconds,
        BigDecimal priceMultiplier,
        boolean enabled,
        int position) {}
