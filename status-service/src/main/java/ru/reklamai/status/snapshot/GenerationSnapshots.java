package ru.reklamai.status.snapshot;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import ru.reklamai.events.UserUpdate;

/** Snapshots from generation-service. */
@ApplicationScoped
class GenerationSnapshots implements Snapshots {

    private final GenerationApi generations;

    GenerationSnapshots(@RestClient GenerationApi generations) {
        this.generations = generations;
    }

    @Override
    public List<UserUpdate> changes(Reader reader, Instant since) {
        return generations
                .changes("Bearer " + reader.token(), reader.acceptLanguage(), since)
                .items();
    }

    @Override
    public UserUpdate one(Reader reader, UUID generationId) {
        GenerationApi.Generation generation =
                generations.one("Bearer " + reader.token(), reader.acceptLanguage(), generationId);
        return new UserUpdate(
                UserUpdate.idOf(generation.id(), generation.version()),
                generation.id(),
                generation.version(),
                generation.status(),
                generation.progress(),
                null,
                generation.previewUrl(),
                generation.error(),
                generation.finalCredits(),
                generation.updatedAt());
    }
}
