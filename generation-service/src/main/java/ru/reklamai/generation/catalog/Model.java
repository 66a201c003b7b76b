package ru.reklamai.generation.catalog;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import ru.reklamai.events.ProviderFamily;

/** @param deadline how long a user waits at the most before the generation fails with a refund */
public record Model(
        String key,
        String providerModel,
        ProviderFamily family,
        String modality,
        String titleRu,
        String titleEn,
        List<InputField> inputFields,
        Duration deadline,
        BigDecimal priceMultiplier) {

    /** What kind of file comes out, for the check of requests that give one. */
    public static final String MODALITIES = "image|edit|video|audio";
}
