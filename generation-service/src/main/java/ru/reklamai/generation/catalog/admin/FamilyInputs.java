package ru.reklamai.generation.catalog.admin;

import java.util.Set;
import ru.reklamai.events.ProviderFamily;

/** The input fields that the provider knows in each of its families (shared/kie-api.md). */
final class FamilyInputs {

    /** The families' names, for the check of requests that give one. */
    static final String FAMILIES = "market|veo|gpt4o-image|flux-kontext|runway|suno";

    private FamilyInputs() {}

    static boolean knows(ProviderFamily family, String input) {
        Set<String> inputs = inputsOf(family);
        return inputs.isEmpty() || inputs.contains(input);
    }

    /** Returns the names; none where each model has fields of its own, so that any name goes. */
    private static Set<String> inputsOf(ProviderFamily family) {
        return switch (family) {
            case MARKET -> Set.of();
            case VEO ->
                Set.of(
                        "prompt",
                        "imageUrls",
                        "aspect_ratio",
                        "generationType",
                        "seeds",
                        "enableTranslation",
                        "watermark");
            case GPT4O_IMAGE -> Set.of("prompt", "filesUrl", "size", "nVariants", "isEnhance");
            case FLUX_KONTEXT -> Set.of("prompt", "inputImage", "aspectRatio", "outputFormat");
            case RUNWAY -> Set.of("prompt", "imageUrl", "duration", "quality", "aspectRatio");
            case SUNO -> Set.of("prompt", "customMode", "instrumental", "style", "title");
        };
    }
}
