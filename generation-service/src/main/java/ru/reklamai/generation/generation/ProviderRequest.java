package ru.reklamai.generation.generation;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import ru.reklamai.events.GenerationRequested.InputFile;

/** What the provider will be asked, frozen with the price when the generation is accepted. */
@RegisterForReflection
public record ProviderRequest(String family, String providerModel, Map<String, Object> input, List<InputFile> files) {}
