package ru.reklamai.worker.delivery;

import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.UploadObjectArgs;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import io.smallrye.faulttolerance.api.ExponentialBackoff;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.jboss.logging.Logger;

/** The results' files in S3. */
@ApplicationScoped
class ResultStorage {

    private static final Logger LOG = Logger.getLogger(ResultStorage.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final MinioClient s3;
    private final String bucketPrefix;

    ResultStorage(
            MinioClient s3, @ConfigProperty(name = "reklamai.storage.bucket-prefix") Optional<String> bucketPrefix) {
        s3.setTimeout(TIMEOUT.toMillis(), TIMEOUT.toMillis(), TIMEOUT.toMillis());
        this.s3 = s3;
        this.bucketPrefix = bucketPrefix.orElse("");
    }

    /**
     * Takes away whatever is stored for a generation beside these paths, also what was stored by an attempt whose
     * answer was lost. Tries for a minute; what can't be removed then is logged and stays.
     */
    @Retry(maxRetries = 8, delay = 500)
    @ExponentialBackoff(maxDelay = 10_000)
    @Fallback(fallbackMethod = "leave")
    void clearAllBut(UUID userId, UUID generationId, Set<String> paths) {
        String name = userId + "/" + generationId;
        clear("outputs", name + "/", paths);
        clear("thumbnails", name, paths);
    }

    void leave(UUID userId, UUID generationId, Set<String> paths, Throwable cause) {
        LOG.errorf(
                "files nobody wants stay in S3: userId=%s generationId=%s wanted=%s cause=%s",
                userId, generationId, paths, cause);
    }

    private void clear(String bucket, String prefix, Set<String> keep) {
        try {
            for (Result<Item> found : s3.listObjects(ListObjectsArgs.builder()
                    .bucket(bucketPrefix + bucket)
                    .prefix(prefix)
                    .recursive(true)
                    .build())) {
                String path = found.get().objectName();
                if (!keep.contains(path)) {
                    remove(bucket, path);
                }
            }
        } catch (IOException | MinioException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    void remove(String bucket, String path) throws IOException, MinioException, GeneralSecurityException {
        s3.removeObject(RemoveObjectArgs.builder()
                .bucket(bucketPrefix + bucket)
                .object(path)
                .build());
    }

    void put(String bucket, String path, String contentType, Path file)
            throws IOException, MinioException, GeneralSecurityException {
        s3.uploadObject(UploadObjectArgs.builder()
                .bucket(bucketPrefix + bucket)
                .object(path)
                .contentType(contentType)
                .filename(file.toString())
                .build());
    }
}
