package ru.reklamai.generation.catalog.admin;

import java.math.BigDecimal;
import ru.reklamai.generation.catalog.Title;

public record PresetRow(String key, String modality, Title title, BigDecimal credits, boolean enabled, int position) {}
