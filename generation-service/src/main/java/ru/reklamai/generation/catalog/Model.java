package ru.reklamai.generation.catalog;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** @param deadline how long a user waits at the most before the generation fails with a refund */
public record Model(
        String key,
        String providerModel,
        String family,
        String modality,
        String titleRu,
        String titleEn,
        List<InputField> inputFields,
        Duration deadline,
        BigDecimal priceMultiplier) {}
