package ru.reklamai.generation.catalog;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import ru.reklamai.generation.credit.Credits;

/** Everything that can be ordered now, and at what markup. */
public record Catalog(List<Model> models, List<Preset> presets, BigDecimal markupPercent) {

    public Optional<Model> model(String key) {
        return models.stream().filter(model -> model.key().equals(key)).findFirst();
    }

    public Optional<Preset> preset(String key) {
        return presets.stream().filter(preset -> preset.key().equals(key)).findFirst();
    }

    /** Returns what one generation with the first preset of the model's modality costs, in hundredths of a credit. */
    long usualPrice(Model model) {
        BigDecimal credits = presets.stream()
                .filter(preset -> preset.modality().equals(model.modality()))
                .map(Preset::credits)
                .findFirst()
                .orElse(BigDecimal.ONE);
        return Credits.price(credits, model.priceMultiplier(), markupPercent);
    }

    /** Returns what one generation costs, in hundredths of a credit. */
    public long price(Preset preset, Model model) {
        return Credits.price(preset.credits(), model.priceMultiplier(), markupPercent);
    }
}
