package ru.reklamai.generation.upload;

import ru.reklamai.message.MessageCode;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import ru.reklamai.kit.message.Messages;
import ru.reklamai.problem.Problem;
import ru.reklamai.kit.problem.Problems;

/** Users' files from their announcement to their use: nothing is used that was not looked at and cleaned. */
@ApplicationScoped
public class Uploads {

    private static final Logger LOG = Logger.getLogger(Uploads.class);

    private final UploadRepository uploads;
    private final Storage storage;
    private final UploadCheck check;
    private final MeterRegistry metrics;

    Uploads(UploadRepository uploads, Storage storage, UploadCheck check, MeterRegistry metrics) {
        this.uploads = uploads;
        this.storage = storage;
        this.check = check;
        this.metrics = metrics;
    }

    /** Stores what a user is going to bring. */
    Upload announce(UUID user, String purpose, String contentType, long size) {
        Upload upload = newUpload(user, purpose, contentType, size, false);
        uploads.insert(upload);
        return upload;
    }

    /** Takes a file that is here already. */
    Upload take(UUID user, String purpose, String contentType, Path file) {
        Upload upload = newUpload(user, purpose, contentType, sizeOf(file), true);
        Path clean = emptyFile();
        try {
            check.look(upload.type(), file, clean);
            storage.upload(
                    upload.path(), upload.type().contentType(), upload.type().isImage() ? clean : file);
            uploads.insert(upload);
            count("taken");
            return upload;
        } finally {
            delete(clean);
        }
    }

    /** Looks at a file that the client has put; a problem if it isn't there or isn't what it was said to be. */
    Upload complete(UUID user, String path) {
        Upload upload =
                uploads.find(user, path).orElseThrow(() -> Problems.of(Problem.NOT_FOUND, MessageCode.UPLOAD_NOT_FOUND));
        if (!upload.ready()) {
            complete(upload);
        }
        return upload;
    }

    /** Looks at whichever of these files nobody has looked at yet. Returns what is wrong, by field. */
    public Map<String, String> complete(UUID user, Map<String, String> pathsByField) {
        Map<String, String> violations = new LinkedHashMap<>();
        pathsByField.forEach((field, path) -> {
            Optional<Upload> upload = uploads.find(user, path);
            if (upload.isEmpty()) {
                violations.put(
                        field, Messages.text(MessageCode.UPLOAD_UNKNOWN));
            } else if (!upload.get().ready()) {
                try {
                    complete(upload.get());
                } catch (HttpProblem e) {
                    if (e.getStatusCode() >= 500) {
                        throw e;
                    }
                    violations.put(field, e.getDetail());
                }
            }
        });
        return violations;
    }

    /** Keeps an upload for good, for that field of a request; a problem 422 if it can't be used. */
    public void use(UUID user, String field, String path, String purpose) {
        Map<String, String> violations = complete(user, Map.of(field, path));
        if (!violations.isEmpty()) {
            throw Problems.invalidFields(violations);
        }
        if (!uploads.markUsed(user, path, purpose)) {
            throw Problems.invalidField(field, MessageCode.UPLOAD_WRONG_PURPOSE, purpose);
        }
    }

    private void complete(Upload upload) {
        Path given = emptyFile();
        Path clean = emptyFile();
        try {
            fetch(upload, given);
            check.look(upload.type(), given, clean);
            if (upload.type().isImage()) {
                storage.upload(upload.path(), upload.type().contentType(), clean);
                storage.delete(Storage.Bucket.UPLOADS, upload.incomingPath());
            } else {
                storage.move(Storage.Bucket.UPLOADS, upload.incomingPath(), upload.path());
            }
            uploads.markReady(upload.path(), sizeOf(given));
            count("completed");
            LOG.infof("upload ready: userId=%s path=%s bytes=%d", upload.userId(), upload.path(), sizeOf(given));
        } finally {
            delete(given);
            delete(clean);
        }
    }

    /** Reads one byte more than allowed at the most. */
    private void fetch(Upload upload, Path target) {
        Optional<InputStream> content = storage.open(Storage.Bucket.UPLOADS, upload.incomingPath());
        if (content.isEmpty()) {
            throw Problems.of(Problem.CONFLICT, MessageCode.UPLOAD_NOT_ARRIVED);
        }
        long limit = check.limit(upload.type());
        try (InputStream in = content.get();
                var out = Files.newOutputStream(target)) {
            byte[] buffer = new byte[65536];
            long size = 0;
            for (int read = in.read(buffer); read >= 0 && size <= limit; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                size += read;
            }
        } catch (IOException e) {
            LOG.warnf("an upload can't be read: path=%s cause=%s", upload.path(), e);
            throw Problems.of(Problem.UNAVAILABLE, MessageCode.FILE_STORE_UNAVAILABLE);
        }
        check.refuseSize(upload.type(), sizeOf(target));
    }

    private Upload newUpload(UUID user, String purpose, String contentType, long size, boolean ready) {
        FileType type = FileType.of(contentType)
                .orElseThrow(
                        () -> Problems.of(Problem.UNSUPPORTED_MEDIA_TYPE, MessageCode.FILE_TYPE_NOT_TAKEN, FileType.contentTypes()));
        check.refuseSize(type, size);
        String path = user + "/" + purpose + "/" + UuidCreator.getTimeOrderedEpoch() + "." + type.extension();
        return new Upload(path, user, purpose, type, size, ready);
    }

    private void count(String outcome) {
        metrics.counter("reklamai.uploads", "outcome", outcome).increment();
    }

    private static Path emptyFile() {
        try {
            return Files.createTempFile("upload", ".tmp");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warnf("a temporary file stays: cause=%s", e);
        }
    }
}
