package ru.reklamai.generation.storage;

import io.minio.CopyObjectArgs;
import io.minio.CopySource;
import io.minio.GetObjectArgs;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.RemoveObjectArgs;
import io.minio.UploadObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.http.Method;
import io.quarkiverse.minio.client.MinioQualifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The files in S3. All are private and reached through links that expire. While S3 is away, everything but making links
 * fails with a {@link StorageException}.
 */
@ApplicationScoped
public class Storage {

    private final MinioClient s3;
    private final MinioClient signer;
    private final StorageConfig config;

    Storage(MinioClient s3, @MinioQualifier("public") MinioClient signer, StorageConfig config) {
        this.s3 = s3;
        this.signer = signer;
        this.config = config;
    }

    public enum Bucket {
        UPLOADS,
        OUTPUTS,
        THUMBNAILS;

        public static Bucket of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    public record FileLink(
            @Schema(examples = "https://s3.example.org/outputs/a.png?X-Amz-Expires=3600")
            String url,

            Instant expiresAt) {}

    /** What is done with S3; any failure of it is S3's. */
    private interface Work<T> {
        T apply() throws MinioException, IOException, GeneralSecurityException;
    }

    /** Returns the name of a bucket at this stack's server. */
    public String name(Bucket bucket) {
        return config.bucketPrefix().orElse("") + bucket.name().toLowerCase(Locale.ROOT);
    }

    /** Returns a link with which anybody can read the file for a while. */
    public FileLink link(Bucket bucket, String path) {
        return link(Method.GET, bucket, path, config.linkLifetime());
    }

    public FileLink thumbnailLink(String path) {
        return link(Bucket.THUMBNAILS, path);
    }

    public FileLink uploadLink(String path) {
        return link(Method.PUT, Bucket.UPLOADS, path, config.uploadLifetime());
    }

    /** Returns the file's content, to be closed; empty if there is no such file. */
    public Optional<InputStream> open(Bucket bucket, String path) {
        return atS3(() -> {
            try {
                return Optional.<InputStream>of(s3.getObject(GetObjectArgs.builder()
                        .bucket(name(bucket))
                        .object(path)
                        .build()));
            } catch (ErrorResponseException e) {
                if (e.errorResponse().code().startsWith("NoSuch")) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    public void upload(String path, String contentType, Path file) {
        atS3(() -> s3.uploadObject(UploadObjectArgs.builder()
                .bucket(name(Bucket.UPLOADS))
                .object(path)
                .contentType(contentType)
                .filename(file.toString())
                .build()));
    }

    public void move(Bucket bucket, String from, String to) {
        atS3(() -> s3.copyObject(CopyObjectArgs.builder()
                .bucket(name(bucket))
                .object(to)
                .source(CopySource.builder().bucket(name(bucket)).object(from).build())
                .build()));
        delete(bucket, from);
    }

    /** A file that isn't there is no failure. */
    public void delete(Bucket bucket, String path) {
        atS3(() -> {
            s3.removeObject(
                    RemoveObjectArgs.builder().bucket(name(bucket)).object(path).build());
            return path;
        });
    }

    /** Deletes all files whose path begins like this; returns how many. */
    int deleteAll(Bucket bucket, String prefix) {
        return atS3(() -> {
            int deleted = 0;
            for (var file : s3.listObjects(ListObjectsArgs.builder()
                    .bucket(name(bucket))
                    .prefix(prefix)
                    .recursive(true)
                    .build())) {
                delete(bucket, file.get().objectName());
                deleted++;
            }
            return deleted;
        });
    }

    private FileLink link(Method method, Bucket bucket, String path, Duration lifetime) {
        Instant expiresAt = Instant.now().plus(lifetime);
        return atS3(() -> new FileLink(
                signer.getPresignedObjectUrl(GetPresignedObjectUrlArgs.builder()
                        .method(method)
                        .bucket(name(bucket))
                        .object(path)
                        .expiry((int) lifetime.toSeconds(), TimeUnit.SECONDS)
                        .build()),
                expiresAt));
    }

    private static <T> T atS3(Work<T> work) {
        try {
            return work.apply();
        } catch (MinioException | IOException | GeneralSecurityException e) {
            throw new StorageException(e);
        }
    }
}
