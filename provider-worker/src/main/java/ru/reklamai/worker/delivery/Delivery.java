package ru.reklamai.worker.delivery;

import io.minio.errors.MinioException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InterruptedIOException;
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
import org.jboss.logging.Logger;
import ru.reklamai.events.ProviderTaskEvent.StoredAsset;
import ru.reklamai.worker.task.ResultFile;

/**
 * Brings result files from KIE to S3 by way of a temporary file: it is looked into before it counts, its size is known
 * before it is sent, and ffmpeg can seek in it. Nothing passes through the heap whole.
 */
@ApplicationScoped
class Delivery {

    private static final Logger LOG = Logger.getLogger(Delivery.class);
    /** Within the lease, so that a slow file is not fetched by two workers. */
    private static final Duration DOWNLOAD_TIMEOUT = Duration.ofSeconds(90);

    private static final int OK = 200;
    private static final int SERVER_ERROR = 500;

    private final ResultStorage storage;
    private final MediaProbe probe;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    Delivery(ResultStorage storage, MediaProbe probe) {
        this.storage = storage;
        this.probe = probe;
    }

    /** Where a file belongs. */
    record Target(UUID userId, UUID generationId, int position, String modality) {

        private String name() {
            return userId + "/" + generationId;
        }

        private String thumbnailPath() {
            return position == 0 ? name() + ".webp" : name() + "-" + position + ".webp";
        }
    }

    /** Stores one result file and its thumbnail; a repeat overwrites the same objects. */
    DeliveryOutcome deliver(Target target, ResultFile source) {
        try {
            Path folder = Files.createTempDirectory("delivery-");
            try {
                return deliverBy(folder, target, source);
            } finally {
                delete(folder);
            }
        } catch (IOException | MinioException | GeneralSecurityException e) {
            return new DeliveryOutcome.TryLater(e.toString());
        }
    }

    private DeliveryOutcome deliverBy(Path folder, Target target, ResultFile source)
            throws IOException, MinioException, GeneralSecurityException {
        Path file = folder.resolve("result");
        Optional<String> broken = download(source.url(), file);
        if (broken.isPresent()) {
            return new DeliveryOutcome.SourceUnusable(broken.get());
        }
        Optional<MediaProbe.Media> media = probe.probe(file).filter(found -> found.fits(target.modality()));
        return media.isPresent()
                ? store(folder, file, media.get(), target, source)
                : new DeliveryOutcome.SourceUnusable("the file is not of modality " + target.modality());
    }

    private DeliveryOutcome store(Path folder, Path file, MediaProbe.Media media, Target target, ResultFile source)
            throws IOException, MinioException, GeneralSecurityException {
        String path = target.name() + "/" + target.position() + "." + media.extension();
        storage.put("outputs", path, media.contentType(), file);
        Path thumbnail = folder.resolve("thumbnail.webp");
        boolean visible = makeThumbnail(folder, file, media, source, thumbnail);
        if (visible) {
            storage.put("thumbnails", target.thumbnailPath(), "image/webp", thumbnail);
        } else {
            // An attempt before this one may have had the provider's preview, and stored it.
            storage.remove("thumbnails", target.thumbnailPath());
        }
        return new DeliveryOutcome.Stored(new StoredAsset(
                target.position(),
                path,
                media.contentType(),
                Files.size(file),
                media.width().orElse(null),
                media.height().orElse(null),
                media.durationMs().orElse(null),
                visible ? target.thumbnailPath() : null));
    }

    /** From the provider's own picture where there is one, else from the file; sound alone has none to show. */
    private boolean makeThumbnail(Path folder, Path file, MediaProbe.Media media, ResultFile source, Path thumbnail)
            throws IOException {
        if (source.previewUrl().isPresent()
                && makePreview(source.previewUrl().get(), folder.resolve("preview"), thumbnail)) {
            return true;
        }
        return !media.contentType().startsWith("audio/") && probe.makeThumbnail(file, thumbnail);
    }

    private boolean makePreview(String url, Path preview, Path thumbnail) {
        try {
            return download(url, preview).isEmpty() && probe.makeThumbnail(preview, thumbnail);
        } catch (IOException e) {
            LOG.debugf("the provider's preview can't be used: cause=%s", e);
            return false;
        }
    }

    /** Returns why the address gives no file, empty where it gave one; fails where the same may work later. */
    private Optional<String> download(String url, Path target) throws IOException {
        HttpResponse<Path> response;
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(DOWNLOAD_TIMEOUT)
                    .build();
            response = http.send(request, HttpResponse.BodyHandlers.ofFile(target));
        } catch (IllegalArgumentException e) {
            return Optional.of("not an address: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        int status = response.statusCode();
        if (status >= SERVER_ERROR) {
            throw new IOException("the file's address answered " + status);
        }
        return status == OK && Files.size(target) > 0
                ? Optional.empty()
                : Optional.of("the file's address answered " + status + " with " + Files.size(target) + " bytes");
    }

    private static void delete(Path folder) {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            LOG.warnf("temporary files stay behind: cause=%s", e);
        }
    }
}
