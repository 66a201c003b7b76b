package ru.reklamai.generation.asset;

import io.minio.GetPresignedObjectUrlArgs;
import io.minio.MinioClient;
import io.minio.StatObjectArgs;
import io.minio.UploadObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.http.Method;
import io.quarkiverse.minio.client.MinioQualifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The files in S3: private all of them, reached through links that end. */
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

    public record Link(String url, Instant expiresAt) {}

    public String uploadsBucket() {
        return bucket("uploads");
    }

    /** Returns a link to a result file. */
    public Link downloadLink(String path) {
        return link(Method.GET, bucket("outputs"), path, config.linkLifetime());
    }

    public Link thumbnailLink(String path) {
        return link(Method.GET, bucket("thumbnails"), path, config.linkLifetime());
    }

    Link uploadLink(String path) {
        return link(Method.PUT, uploadsBucket(), path, config.uploadLifetime());
    }

    void upload(String path, String contentType, Path file) {
        try {
            s3.uploadObject(UploadObjectArgs.builder()
                    .bucket(uploadsBucket())
                    .object(path)
                    .contentType(contentType)
                    .filename(file.toString())
                    .build());
        } catch (MinioException | IOException | GeneralSecurityException e) {
            throw new IllegalStateException("S3 did not take an upload", e);
        }
    }

    /** Returns the size in bytes of an upload, empty if there is none of that path. */
    public Optional<Long> sizeOfUpload(String path) {
        try {
            return Optional.of(s3.statObject(StatObjectArgs.builder()
                            .bucket(uploadsBucket())
                            .object(path)
                            .build())
                    .size());
        } catch (ErrorResponseException e) {
            if (e.errorResponse().code().startsWith("NoSuch")) {
                return Optional.empty();
            }
            throw new IllegalStateException("S3 did not answer for an upload", e);
        } catch (MinioException | IOException | GeneralSecurityException e) {
            throw new IllegalStateException("S3 did not answer for an upload", e);
        }
    }

    private Link link(Method method, String bucket, String path, Duration lifetime) {
        Instant expiresAt = Instant.now().plus(lifetime);
        try {
            String url = signer.getPresignedObjectUrl(GetPresignedObjectUrlArgs.builder()
                    .method(method)
                    .bucket(bucket)
                    .object(path)
                    .expiry((int) lifetime.toSeconds(), TimeUnit.SECONDS)
                    .build());
            return new Link(url, expiresAt);
        } catch (MinioException | IOException | GeneralSecurityException e) {
            throw new IllegalStateException("A link could not be signed", e);
        }
    }

    private String bucket(String name) {
        return config.bucketPrefix().orElse("") + name;
    }
}
