package ru.reklamai.generation.library;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import ru.reklamai.generation.generation.Generation;
import ru.reklamai.generation.generation.GenerationView;
import ru.reklamai.generation.storage.Storage;
import ru.reklamai.kit.message.Messages;

/** @param nextCursor to ask for the next page with; absent on the last one */
public record GenerationPage(
        List<GenerationView> items, @Schema(nullable = true) UUID nextCursor) {

    static GenerationPage of(List<Generation> generations, int limit, Storage storage) {
        Locale language = Messages.languageOfPresentRequest();
        return new GenerationPage(
                generations.stream()
                        .map(generation -> GenerationView.of(generation, storage, language))
                        .toList(),
                generations.size() < limit ? null : generations.getLast().id());
    }
}
