package ru.reklamai.generation.catalog.admin;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** The provider's families of models, with the input fields that it knows in each (shared/kie-api.md). */
enum FamilyInputs {
    /** Each model of the market has fields of its own, so any name goes. */
    MARKET("market", Set.of()),
    VEO(
            "veo",
            Set.of("prompt", "imageUrls", "aspect_ratio", "generationType", "seeds", "enableTranslation", "watermark")),
    GPT4O_IMAGE("gpt4o-image", Set.of("prompt", "filesUrl", "size", "nVariants", "isEnhance")),
    FLUX_KONTEXT("flux-kontext", Set.of("prompt", "inputImage", "aspectRatio", "outputFormat")),
    RUNWAY("runway", Set.of("prompt", "imageUrl", "duration", "quality", "aspectRatio")),
    SUNO("suno", Set.of("prompt", "customMode", "instrumental", "style", "title"));

    private final String key;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable
    private final Set<String> inputs;

    FamilyInputs(String key, Set<String> inputs) {
        this.key = key;
        this.inputs = inputs;
    }

    static Optional<FamilyInputs> of(String key) {
        return Arrays.stream(values()).filter(family -> family.key.equals(key)).findFirst();
    }

    boolean knows(String input) {
        return inputs.isEmpty() || inputs.contains(input);
    }
}
