package ru.reklamai.events;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The provider's API families: each has its own way to ask for a task and to tell how it stands (kie-api.md). */
public enum ProviderFamily {
    MARKET,
    VEO,
    GPT4O_IMAGE,
    FLUX_KONTEXT,
    RUNWAY,
    SUNO;

    /** Returns the name as events, rows and the API spell it. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<ProviderFamily> of(String text) {
        return Arrays.stream(values())
                .filter(family -> family.text().equals(text))
                .findFirst();
    }
}
