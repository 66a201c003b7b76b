package ru.reklamai.generation.catalog;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * One field of a model's input at the provider, and where in a request its value comes from.
 *
 * @param from prompt, negativePrompt, params, or a file: startFrame, endFrame, referenceImage, referenceVideo, audio
 * @param type of a parameter: string, integer, number or boolean
 * @param list for a file: whether the provider wants a list of addresses
 * @param max the largest number, or the longest text
 */
@RegisterForReflection
public record InputField(
        String name,
        String from,
        String type,
        boolean list,
        boolean required,
        List<Object> values,

        @com.fasterxml.jackson.annotation.JsonProperty("default")
        Object defaultValue,

        Double min,
        Double max) {

    boolean needsFile() {
        return !List.of("prompt", "negativePrompt", "params").contains(from);
    }
}
