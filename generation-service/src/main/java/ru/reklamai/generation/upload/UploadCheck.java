package ru.reklamai.generation.upload;

import ru.reklamai.message.MessageCode;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import ru.reklamai.problem.Problem;
import ru.reklamai.kit.problem.Problems;

/** What is taken from users: of which size, and whether it is what it is said to be. */
@ApplicationScoped
class UploadCheck {

    private final StorageConfig config;
    private final Counter refused;

    UploadCheck(StorageConfig config, MeterRegistry metrics) {
        this.config = config;
        this.refused = metrics.counter("reklamai.uploads", "outcome", "refused");
    }

    /** A problem unless it is what its content type says; images are cleaned on the way. */
    void look(FileType type, Path file, Path clean) {
        try (var in = new BufferedInputStream(Files.newInputStream(file));
                var out = new BufferedOutputStream(Files.newOutputStream(clean))) {
            in.mark(FileType.HEAD_BYTES);
            if (!type.fits(in.readNBytes(FileType.HEAD_BYTES))) {
                refused.increment();
                throw Problems.of(
                        Problem.UNSUPPORTED_MEDIA_TYPE,
                        MessageCode.FILE_NOT_OF_TYPE,
                        type.contentType());
            }
            in.reset();
            if (type.isImage()) {
                ImageCleaner.clean(type, in, out, config.maxImagePixels());
            }
        } catch (ImageCleaner.RefusedException e) {
            refused.increment();
            throw Problems.of(Problem.UNSUPPORTED_MEDIA_TYPE, e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A problem for a size that is not taken. */
    void refuseSize(FileType type, long size) {
        if (size > limit(type)) {
            throw Problems.of(Problem.PAYLOAD_TOO_LARGE, MessageCode.FILE_TOO_LARGE, limit(type));
        }
        if (size == 0) {
            throw Problems.of(Problem.UNSUPPORTED_MEDIA_TYPE, MessageCode.FILE_EMPTY);
        }
    }

    /** Returns how many bytes a file of that type may have. */
    long limit(FileType type) {
        return type.isImage() ? config.maxImageBytes() : config.maxMediaBytes();
    }
}
