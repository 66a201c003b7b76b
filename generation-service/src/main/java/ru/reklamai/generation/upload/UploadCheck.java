package ru.reklamai.generation.upload;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import ru.reklamai.generation.upload.image.ImageCleaner;
import ru.reklamai.message.MessageCode;

/** Which files are accepted: their type, their size, and that they are what they claim to be. */
@ApplicationScoped
class UploadCheck {

    private final UploadConfig config;
    private final Counter refused;

    UploadCheck(UploadConfig config, MeterRegistry metrics) {
        this.config = config;
        this.refused = metrics.counter("reklamai.uploads", "outcome", "refused");
    }

    /** Checks that the file is what its content type says, and writes a cleaned copy if it is an image. */
    Optional<UploadViolation> inspect(FileType type, Path file, Path clean) {
        Optional<UploadViolation> violation = violation(type, file, clean);
        violation.ifPresent(found -> refused.increment());
        return violation;
    }

    private Optional<UploadViolation> violation(FileType type, Path file, Path clean) {
        try (var in = new BufferedInputStream(Files.newInputStream(file));
                var out = new BufferedOutputStream(Files.newOutputStream(clean))) {
            in.mark(FileType.HEAD_BYTES);
            if (!type.fits(in.readNBytes(FileType.HEAD_BYTES))) {
                return wrongType(MessageCode.FILE_NOT_OF_TYPE, type.contentType());
            }
            in.reset();
            if (type.image().isPresent()) {
                ImageCleaner.clean(type.image().get(), in, out, config.maxImagePixels());
            }
            return Optional.empty();
        } catch (ImageCleaner.RefusedException e) {
            return wrongType(e.code());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<UploadViolation> sizeViolation(FileType type, long size) {
        if (size > limit(type)) {
            return Optional.of(
                    UploadViolation.of(UploadViolation.Kind.TOO_LARGE, MessageCode.FILE_TOO_LARGE, limit(type)));
        }
        return size == 0 ? wrongType(MessageCode.FILE_EMPTY) : Optional.empty();
    }

    /** Returns how many bytes a file of that type may have. */
    long limit(FileType type) {
        return type.image().isPresent() ? config.maxImageBytes() : config.maxMediaBytes();
    }

    private static Optional<UploadViolation> wrongType(MessageCode message, Object... values) {
        return Optional.of(UploadViolation.of(UploadViolation.Kind.WRONG_TYPE, message, values));
    }
}
