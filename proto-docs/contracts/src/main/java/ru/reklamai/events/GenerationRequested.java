package ru.reklamai.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A generation was accepted and paid for: the provider-worker must start a provider task for it.
 *
 * @param version of the generation, always its first
 * @param family the provider's API family that serves the model (kie-api: market, veo, …)
 * @param providerModel the model's identifier at the provider
 * @param modality image, edit, video or audio: what kind of file must come back
 * @param input the provider's own field names with checked values; files are in {@code files}
 * @param files stored uploads that the worker turns into addresses the provider can fetch
 * @param deadlineAt when the user's wait ends in a failure and a refund
 */
@RegisterForReflection
public record GenerationRequested(
        UUID id,
        String type,
        int version,
        Instant occurredAt,
        UUID generationId,
        UUID userId,
        ProviderFamily family,
        String providerModel,
        String modality,
        Map<String, Object> input,
        List<InputFile> files,
        Instant deadlineAt) {

    public static final String TYPE = "generation.requested";

    /**
     * @param field the provider's field that takes the file's address
     * @param list whether that field is a list of addresses
     */
    @RegisterForReflection
    public record InputFile(String field, boolean list, String bucket, String path) {}
}
