package ru.reklamai.generation.catalog;

import java.math.BigDecimal;

/** @param credits the base price that the model's multiplier raises */
public record Preset(String key, String modality, String titleRu, String titleEn, BigDecimal credits) {}
