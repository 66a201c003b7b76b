package ru.reklamai.generation.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.generation.generation.Generation;

/**
 * An order that may be placed, in the form that the schema's function submit_generation reads.
 *
 * @param ids one for each variant
 * @param credits the price of one variant in hundredths, to be reserved
 */
@RegisterForReflection
record Order(
        List<UUID> ids,
        Optional<UUID> boardId,
        Optional<UUID> parentId,
        String presetKey,
        String modelKey,
        String modality,
        String prompt,
        Optional<String> negativePrompt,
        GenerateRequest.Input input,
        Generation.ProviderRequest providerRequest,
        long credits,
        Optional<String> idempotencyKey,
        String requestHash,
        Optional<String> traceparent,
        long deadlineSeconds)
        implements CheckedRequest {

    /** Returns the paths of the files that it uses. */
    @JsonProperty
    Collection<String> uploads() {
        return input.files().values();
    }

    /** Returns the same paths by the request's field. */
    Map<String, String> uploadsByField() {
        Map<String, String> uploads = new LinkedHashMap<>();
        input.files().forEach((kind, path) -> uploads.put("input." + kind + "Path", path));
        return uploads;
    }
}
