package ru.reklamai.worker.task;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Optional;

/**
 * A file that KIE made.
 *
 * @param previewUrl a picture of it, where KIE makes one; may be null in what was stored without
 */
@RegisterForReflection
public record ResultFile(String url, String previewUrl) {

    static ResultFile of(String url) {
        return new ResultFile(url, null);
    }

    public Optional<String> preview() {
        return Optional.ofNullable(previewUrl).filter(preview -> !preview.isBlank());
    }

    public ResultFile at(String newUrl) {
        return new ResultFile(newUrl, previewUrl);
    }
}
