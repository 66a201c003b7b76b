package ru.reklamai.generation.share;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import ru.reklamai.generation.asset.Asset;
import ru.reklamai.generation.asset.AssetRepository;
import ru.reklamai.generation.storage.Storage;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** What is shared, for everybody: the files, never the prompt or the person, until the link is revoked. */
@Path("/api/v1/shares")
@Tag(name = "generations")
@Produces(MediaType.APPLICATION_JSON)
public class SharedResource {

    private final ShareRepository shares;
    private final ShareTokens tokens;
    private final AssetRepository assets;
    private final Storage storage;

    SharedResource(ShareRepository shares, ShareTokens tokens, AssetRepository assets, Storage storage) {
        this.shares = shares;
        this.tokens = tokens;
        this.assets = assets;
        this.storage = storage;
    }

    /** @param url of the file, works for an hour, as does previewUrl */
    public record SharedFile(
            @Schema(examples = "image/png") String contentType,
            @Schema(examples = "812345") long sizeBytes,

            @Schema(examples = "https://s3.example.org/outputs/a.png?X-Amz-Expires=3600")
            String url,

            @Schema(nullable = true, examples = "https://s3.example.org/thumbnails/a.webp?X-Amz-Expires=3600")
            String previewUrl) {}

    public record SharedGeneration(
            @Schema(examples = "image") String modality,
            @Schema(examples = "google/nano-banana") String modelKey,
            Instant createdAt,
            List<SharedFile> files) {}

    @GET
    @Path("/{token}")
    @Operation(operationId = "getShare", summary = "What a public link shows")
    @APIResponseSchema(value = SharedGeneration.class, responseCode = "200")
    @RunOnVirtualThread
    public Response shared(@PathParam("token") String token) {
        ShareRepository.Shared shared = tokens.shareIn(token)
                .flatMap(shares::find)
                .orElseThrow(() -> Problems.of(Problem.NOT_FOUND, MessageCode.SHARE_LINK_WRONG));
        List<SharedFile> files = assets.findOf(shared.generationId()).stream()
                .map(this::toSharedFile)
                .toList();
        var body = new SharedGeneration(shared.modality(), shared.modelKey(), shared.createdAt(), files);
        return Response.ok(body).header("Cache-Control", "no-store").build();
    }

    private SharedFile toSharedFile(Asset asset) {
        return new SharedFile(
                asset.contentType(),
                asset.sizeBytes(),
                storage.link(Storage.Bucket.OUTPUTS, asset.path()).url(),
                asset.thumbnailPath()
                        .map(path -> storage.thumbnailLink(path).url())
                        .orElse(null));
    }
}
