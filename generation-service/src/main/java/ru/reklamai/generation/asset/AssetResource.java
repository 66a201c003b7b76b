package ru.reklamai.generation.asset;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import ru.reklamai.generation.storage.Storage;
import ru.reklamai.generation.user.CurrentUser;

/** The files that the caller's generations have brought. */
@Path("/api/v1/assets")
@Tag(name = "files")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
public class AssetResource {

    private final AssetRepository assets;
    private final Storage storage;
    private final CurrentUser user;

    AssetResource(AssetRepository assets, Storage storage, CurrentUser user) {
        this.assets = assets;
        this.storage = storage;
        this.user = user;
    }

    /**
     * @param position among the files of its generation
     * @param url of the file, works for an hour, as does previewUrl
     */
    public record AssetView(
            UUID id,
            UUID generationId,
            @Schema(examples = "0") int position,
            @Schema(examples = "image/png") String contentType,
            @Schema(examples = "812345") long sizeBytes,
            @Schema(nullable = true, examples = "1024") Integer width,
            @Schema(nullable = true, examples = "1024") Integer height,
            @Schema(nullable = true, examples = "8000") Long durationMs,

            @Schema(examples = "https://s3.example.org/outputs/a.png?X-Amz-Expires=3600")
            String url,

            @Schema(nullable = true, examples = "https://s3.example.org/thumbnails/a.webp?X-Amz-Expires=3600")
            String previewUrl,

            Instant createdAt) {

        static AssetView of(Asset asset, Storage storage) {
            return new AssetView(
                    asset.id(),
                    asset.generationId(),
                    asset.position(),
                    asset.contentType(),
                    asset.sizeBytes(),
                    asset.width().orElse(null),
                    asset.height().orElse(null),
                    asset.durationMs().orElse(null),
                    storage.link(Storage.Bucket.OUTPUTS, asset.path()).url(),
                    asset.thumbnailPath()
                            .map(path -> storage.thumbnailLink(path).url())
                            .orElse(null),
                    asset.createdAt());
        }
    }

    public record AssetPage(
            List<AssetView> items, @Schema(nullable = true) UUID nextCursor) {}

    /** Newest first. */
    @GET
    @Operation(operationId = "listAssets", summary = "Result files, newest first")
    @RunOnVirtualThread
    public AssetPage list(
            @QueryParam("generationId") Optional<UUID> generationId,
            @QueryParam("kind") Optional<@Pattern(regexp = "image|video|audio") String> kind,
            @QueryParam("cursor") Optional<UUID> cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        List<AssetView> page = assets.findOwn(user.id(), generationId, kind, cursor, limit).stream()
                .map(asset -> AssetView.of(asset, storage))
                .toList();
        return new AssetPage(page, page.size() < limit ? null : page.getLast().id());
    }
}
