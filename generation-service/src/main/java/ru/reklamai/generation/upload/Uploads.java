package ru.reklamai.generation.upload;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import ru.reklamai.generation.storage.Storage;
import ru.reklamai.generation.user.AvatarFiles;
import ru.reklamai.kit.message.Text;
import ru.reklamai.message.MessageCode;

/** Users' files from their announcement to their use: nothing is used before it has been checked and cleaned. */
@ApplicationScoped
public class Uploads implements AvatarFiles {

    private static final Logger LOG = Logger.getLogger(Uploads.class);
    private static final String AVATAR = "avatar";

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

    /** Records what a user is going to upload. */
    UploadOutcome announce(UUID user, String purpose, String contentType, long size) {
        UploadOutcome outcome = newUpload(user, purpose, contentType, size, false);
        if (outcome instanceof UploadOutcome.Taken(Upload upload)) {
            uploads.insert(upload);
        }
        return outcome;
    }

    /** Takes a file that came with the request. */
    UploadOutcome take(UUID user, String purpose, String contentType, Path file) {
        return switch (newUpload(user, purpose, contentType, TemporaryFile.sizeOf(file), true)) {
            case UploadOutcome.Taken(Upload upload) -> store(upload, file);
            case UploadOutcome.Refused refused -> refused;
        };
    }

    private UploadOutcome store(Upload upload, Path file) {
        try (var clean = new TemporaryFile()) {
            Optional<UploadViolation> violation = check.inspect(upload.type(), file, clean.path());
            if (violation.isPresent()) {
                return new UploadOutcome.Refused(violation.get());
            }
            Path wanted = upload.type().image().isPresent() ? clean.path() : file;
            storage.upload(upload.path(), upload.type().contentType(), wanted);
            uploads.insert(upload);
            count("taken");
            return new UploadOutcome.Taken(upload);
        }
    }

    /** Checks a file that the client has put into S3, unless it was checked before. */
    UploadOutcome complete(UUID user, String path) {
        return uploads.find(user, path)
                .map(upload -> upload.ready() ? new UploadOutcome.Taken(upload) : complete(upload))
                .orElseGet(() -> refused(UploadViolation.Kind.UNKNOWN, MessageCode.UPLOAD_UNKNOWN));
    }

    /** Checks those of these files that were not checked before. Returns what is wrong, by field. */
    public Map<String, Text> complete(UUID user, Map<String, String> pathsByField) {
        Map<String, Text> violations = new LinkedHashMap<>();
        pathsByField.forEach((field, path) -> {
            if (complete(user, path) instanceof UploadOutcome.Refused(UploadViolation violation)) {
                violations.put(field, violation.text());
            }
        });
        return violations;
    }

    @Override
    public Optional<Text> use(UUID user, String path) {
        return switch (complete(user, path)) {
            case UploadOutcome.Refused(UploadViolation violation) -> Optional.of(violation.text());
            case UploadOutcome.Taken taken ->
                uploads.markUsed(user, path, AVATAR)
                        ? Optional.empty()
                        : Optional.of(Text.of(MessageCode.UPLOAD_WRONG_PURPOSE, AVATAR));
        };
    }

    private UploadOutcome complete(Upload upload) {
        try (var given = new TemporaryFile();
                var clean = new TemporaryFile()) {
            if (!fetch(upload, given)) {
                return refused(UploadViolation.Kind.NOT_ARRIVED, MessageCode.UPLOAD_NOT_ARRIVED);
            }
            Optional<UploadViolation> violation = check.sizeViolation(upload.type(), given.size())
                    .or(() -> check.inspect(upload.type(), given.path(), clean.path()));
            if (violation.isPresent()) {
                return new UploadOutcome.Refused(violation.get());
            }
            moveIn(upload, clean);
            uploads.markReady(upload.path(), given.size());
            count("completed");
            LOG.infof("upload ready: userId=%s path=%s bytes=%d", upload.userId(), upload.path(), given.size());
            return new UploadOutcome.Taken(upload);
        }
    }

    private void moveIn(Upload upload, TemporaryFile clean) {
        if (upload.type().image().isPresent()) {
            storage.upload(upload.path(), upload.type().contentType(), clean.path());
            storage.delete(Storage.Bucket.UPLOADS, upload.incomingPath());
        } else {
            storage.move(Storage.Bucket.UPLOADS, upload.incomingPath(), upload.path());
        }
    }

    /** Stops reading soon after the limit. Returns false if there is no such file. */
    private boolean fetch(Upload upload, TemporaryFile target) {
        Optional<InputStream> content = storage.open(Storage.Bucket.UPLOADS, upload.incomingPath());
        content.ifPresent(in -> target.fill(in, check.limit(upload.type())));
        return content.isPresent();
    }

    private UploadOutcome newUpload(UUID user, String purpose, String contentType, long size, boolean ready) {
        Optional<FileType> type = FileType.of(contentType);
        if (type.isEmpty()) {
            return refused(UploadViolation.Kind.WRONG_TYPE, MessageCode.FILE_TYPE_NOT_TAKEN, FileType.contentTypes());
        }
        String path = user + "/" + purpose + "/" + UuidCreator.getTimeOrderedEpoch() + "."
                + type.get().extension();
        return check.sizeViolation(type.get(), size)
                .<UploadOutcome>map(UploadOutcome.Refused::new)
                .orElseGet(() -> new UploadOutcome.Taken(new Upload(path, user, purpose, type.get(), size, ready)));
    }

    private void count(String outcome) {
        metrics.counter("reklamai.uploads", "outcome", outcome).increment();
    }

    private static UploadOutcome refused(UploadViolation.Kind kind, MessageCode message, Object... values) {
        return new UploadOutcome.Refused(UploadViolation.of(kind, message, values));
    }
}
