package ru.reklamai.generation.order;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import ru.reklamai.generation.generation.Generation;

/**
 * An order. With a parent, whatever is left out is taken from the parent.
 *
 * @param presetKey required without a parent, as is modelKey
 * @param boardId the user's own board, or the parent's, if left out
 * @param count how many variants, 1 if left out
 */
@Schema(examples = """
        {
          "presetKey": "image-gen",
          "modelKey": "google/nano-banana",
          "prompt": "A cup of coffee, studio light",
          "input": {"params": {"aspect_ratio": "1:1"}},
          "count": 2
        }""")
public record GenerateRequest(
        UUID parentId,
        @Size(min = 1, max = 100) String presetKey,
        @Size(min = 1, max = 100) String modelKey,
        @Size(max = 5000) String prompt,
        @Size(max = 5000) String negativePrompt,
        UUID boardId,
        @Valid Input input,
        @Min(1) @Max(MAX_VARIANTS) Integer count) {

    static final int MAX_VARIANTS = 8;

    /** Paths are those that upload answered; params are the model's own. */
    @RegisterForReflection
    public record Input(
            @Size(max = 300) String startFramePath,
            @Size(max = 300) String endFramePath,
            @Size(max = 300) String referenceImagePath,
            @Size(max = 300) String referenceVideoPath,
            @Size(max = 300) String audioPath,
            @Size(max = 50) Map<String, Object> params) {

        static final Input NONE = new Input(null, null, null, null, null, null);

        /** Returns the paths that are there, by the kind of file. */
        Map<String, String> files() {
            Map<String, String> files = new LinkedHashMap<>();
            files.put("startFrame", startFramePath);
            files.put("endFrame", endFramePath);
            files.put("referenceImage", referenceImagePath);
            files.put("referenceVideo", referenceVideoPath);
            files.put("audio", audioPath);
            files.values().removeIf(Objects::isNull);
            return files;
        }

        Map<String, Object> paramsOrNone() {
            return Objects.requireNonNullElse(params, Map.of());
        }
    }

    int variants() {
        return Objects.requireNonNullElse(count, 1);
    }

    Input inputOrNone() {
        return Objects.requireNonNullElse(input, Input.NONE);
    }

    /** Returns this with what it leaves out taken from the parent. */
    GenerateRequest over(Generation parent, Input parentInput) {
        return new GenerateRequest(
                parentId,
                Objects.requireNonNullElse(presetKey, parent.presetKey()),
                Objects.requireNonNullElse(modelKey, parent.modelKey()),
                Objects.requireNonNullElse(prompt, parent.prompt()),
                negativePrompt == null ? parent.negativePrompt().orElse(null) : negativePrompt,
                Objects.requireNonNullElse(boardId, parent.boardId()),
                Objects.requireNonNullElse(input, parentInput),
                count);
    }
}
