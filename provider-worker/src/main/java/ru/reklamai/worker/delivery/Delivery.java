package ru.reklamai.worker.delivery;

import io.minio.GetPresignedObjectUrlArgs;
import io.minio.MinioClient;
import io.minio.UploadObjectArgs;
import io.minio.errors.MinioException;
import io.minio.http.Method;
import io.quarkiverse.minio.client.MinioQualifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import ru.reklamai.events.ProviderTaskEvent.StoredAsset;

/**
 * Brings result files from KIE to S3 by way of a temporary file: it is looked into before it counts, its size is known
 * before it is sent, and ffmpeg can seek in it. Nothing passes through the heap whole.
 */
@ApplicationScoped
public class Delivery {

    private static final Duration DOWNLOAD_TIMEOUT = Duration.ofSeconds(90);

    private final MinioClient s3;
    private final MinioClient signer;
    private final MediaProbe probe;
    private final String bucketPrefix;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    Delivery(
            MinioClient s3,
            @MinioQualifier("public") MinioClient signer,
            MediaProbe probe,
            @ConfigProperty(name = "reklamai.storage.bucket-prefix") Optional<String> bucketPrefix) {
        this.s3 = s3;
        this.signer = signer;
        this.probe = probe;
        this.bucketPrefix = bucketPrefix.orElse("");
    }

    /** A file could not be fetched, is not what it should be, or could not be stored; trying again may help. */
    public static final class DeliveryFailedException extends Exception {
        DeliveryFailedException(String message) {
            super(message);
        }

        DeliveryFailedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Returns a link by which KIE can fetch one of a user's uploads for an hour. */
    public String linkForProvider(String bucket, String path) {
        try {
            return signer.getPresignedObjectUrl(GetPresignedObjectUrlArgs.builder()
                    .method(Method.GET)
                    .bucket(bucket)
                    .object(path)
                    .expiry(1, TimeUnit.HOURS)
                    .build());
        } catch (MinioException | IOException | GeneralSecurityException e) {
            throw new IllegalStateException("A link could not be signed", e);
        }
    }

    /** Stores one result file and its thumbnail; a repeat overwrites the same objects. */
    public StoredAsset deliver(UUID userId, UUID generationId, int position, String modality, String url)
            throws DeliveryFailedException {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("delivery-");
            return store(folder, userId, generationId, position, modality, url);
        } catch (IOException | MinioException | GeneralSecurityException e) {
            throw new DeliveryFailedException(e.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeliveryFailedException("interrupted", e);
        } finally {
            delete(folder);
        }
    }

    private StoredAsset store(Path folder, UUID userId, UUID generationId, int position, String modality, String url)
            throws IOException, InterruptedException, MinioException, GeneralSecurityException,
                    DeliveryFailedException {
        Path file = download(url, folder.resolve("result"));
        MediaProbe.Media media = probe.probe(file)
                .filter(found -> found.fits(modality))
                .orElseThrow(() -> new DeliveryFailedException("the file is no " + modality));
        String name = userId + "/" + generationId;
        String path = name + "/" + position + "." + media.extension();
        Path thumbnail = folder.resolve("thumbnail.webp");
        boolean visible = !modality.equals("audio") && probe.makeThumbnail(file, thumbnail);
        String thumbnailPath = position == 0 ? name + ".webp" : name + "-" + position + ".webp";
        if (visible) {
            put("thumbnails", thumbnailPath, "image/webp", thumbnail);
        }
        put("outputs", path, media.contentType(), file);
        return new StoredAsset(
                position,
                path,
                media.contentType(),
                Files.size(file),
                media.width().orElse(null),
                media.height().orElse(null),
                media.durationMs().orElse(null),
                visible ? thumbnailPath : null);
    }

    private Path download(String url, Path target) throws IOException, InterruptedException, DeliveryFailedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(DOWNLOAD_TIMEOUT)
                .build();
        HttpResponse<Path> response = http.send(request, HttpResponse.BodyHandlers.ofFile(target));
        if (response.statusCode() != 200 || Files.size(target) == 0) {
            throw new DeliveryFailedException("the file's address answered " + response.statusCode());
        }
        return target;
    }

    private void put(String bucket, String path, String contentType, Path file)
            throws IOException, MinioException, GeneralSecurityException {
        s3.uploadObject(UploadObjectArgs.builder()
                .bucket(bucketPrefix + bucket)
                .object(path)
                .contentType(contentType)
                .filename(file.toString())
                .build());
    }

    private static void delete(Path folder) {
        if (folder == null) {
            return;
        }
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            org.jboss.logging.Logger.getLogger(Delivery.class).warnf("temporary files stay behind: cause=%s", e);
        }
    }
}
