package ru.reklamai.generation.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import ru.reklamai.kit.message.Text;
import ru.reklamai.message.MessageCode;

/**
 * One field of a model's input at the provider, and where in a request its value comes from.
 *
 * @param from prompt, negativePrompt, params, or a file: startFrame, endFrame, referenceImage, referenceVideo, audio
 * @param type of a parameter: string, integer, number or boolean
 * @param list for a file: whether the provider wants a list of addresses
 * @param max the largest number, or the longest text
 */
@Schema(examples = """
        {
          "name": "prompt",
          "from": "prompt",
          "required": true,
          "list": false,
          "max": 5000
        }""")
@RegisterForReflection
public record InputField(
        @Schema(required = true) String name,

        @Schema(
                required = true,
                enumeration = {
                    "prompt",
                    "negativePrompt",
                    "params",
                    "startFrame",
                    "endFrame",
                    "referenceImage",
                    "referenceVideo",
                    "audio"
                })
        String from,

        @Schema(enumeration = {"string", "integer", "number", "boolean"})
        String type,

        boolean list,
        boolean required,
        List<Object> values,

        @JsonProperty("default") Object defaultValue,

        Double min,
        Double max) {

    boolean needsFile() {
        return !List.of("prompt", "negativePrompt", "params").contains(from);
    }

    /** For a parameter: returns whether the value is of its type. */
    public boolean isOfType(Object value) {
        return switch (type) {
            case "string" -> value instanceof String;
            case "integer" -> value instanceof Integer || value instanceof Long;
            case "number" -> value instanceof Number;
            case "boolean" -> value instanceof Boolean;
            default -> throw new IllegalStateException("Unknown type " + type);
        };
    }

    /** For a parameter: returns what is wrong with the value, if anything is. */
    public Optional<Text> violation(Object value) {
        if (!isOfType(value)) {
            return Optional.of(Text.of(MessageCode.MUST_BE_OF_TYPE, type));
        }
        if (values != null && !values.contains(value)) {
            return Optional.of(Text.of(MessageCode.MUST_BE_ONE_OF, values));
        }
        boolean tooSmall = value instanceof Number n && min != null && n.doubleValue() < min;
        boolean tooLarge = value instanceof Number n && max != null && n.doubleValue() > max;
        return tooSmall || tooLarge ? Optional.of(Text.of(MessageCode.MUST_BE_BETWEEN, min, max)) : Optional.empty();
    }
}
