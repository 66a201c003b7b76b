package ru.reklamai.worker.task;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Optional;

/**
 * A file that the provider made.
 *
 * @param previewUrl a picture of it, where the provider makes one
 */
@RegisterForReflection
public record ResultFile(String url, Optional<String> previewUrl) {

    public static ResultFile of(String url) {
        return new ResultFile(url, Optional.empty());
    }

    /** @param previewUrl may be blank, which is as good as none */
    public static ResultFile withPreview(String url, String previewUrl) {
        return new ResultFile(url, Optional.of(previewUrl).filter(preview -> !preview.isBlank()));
    }

    /** Returns the same file at another address. */
    public ResultFile at(String newUrl) {
        return new ResultFile(newUrl, previewUrl);
    }
}
