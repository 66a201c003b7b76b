package ru.reklamai.generation.asset;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import ru.reklamai.generation.generation.Generation;
import ru.reklamai.generation.generation.GenerationRepository;
import ru.reklamai.generation.storage.Storage;
import ru.reklamai.generation.user.CurrentUser;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** How result files get out: by a link straight to S3, or many of them in one stream. */
@Path("/api/v1/download")
@Tag(name = "files")
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
public class DownloadResource {

    private static final Logger LOG = Logger.getLogger(DownloadResource.class);

    private final GenerationRepository generations;
    private final AssetRepository assets;
    private final Storage storage;
    private final CurrentUser user;

    DownloadResource(GenerationRepository generations, AssetRepository assets, Storage storage, CurrentUser user) {
        this.generations = generations;
        this.assets = assets;
        this.storage = storage;
        this.user = user;
    }

    /** @param position which of its files, the first if left out */
    public record DownloadRequest(
            @NotNull UUID generationId,
            @Min(0) @Schema(examples = "0") Integer position) {}

    public record ZipRequest(@NotEmpty @Size(max = 100) Set<@NotNull UUID> generationIds) {}

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "download",
            summary = "Get a link to a result file",
            description = "The link works for an hour.")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "404", description = "No such generation, or no such file of it.")
    @APIResponse(responseCode = "409", description = "There is no file yet.")
    @RunOnVirtualThread
    public Storage.FileLink download(@NotNull @Valid DownloadRequest request) {
        Generation generation = generations
                .find(request.generationId(), user.id())
                .orElseThrow(() -> Problems.of(Problem.NOT_FOUND, MessageCode.GENERATION_NOT_FOUND));
        List<Asset> files = assets.findOf(generation.id());
        if (files.isEmpty()) {
            throw Problems.of(
                    Problem.CONFLICT,
                    MessageCode.NO_FILE_YET,
                    generation.status().text());
        }
        int position = Objects.requireNonNullElse(request.position(), 0);
        return files.stream()
                .filter(file -> file.position() == position)
                .findFirst()
                .map(file -> storage.link(Storage.Bucket.OUTPUTS, file.path()))
                .orElseThrow(() -> Problems.of(Problem.NOT_FOUND, MessageCode.FILE_POSITION_UNKNOWN, files.size()));
    }

    /** All files of these generations in one archive; what the caller may not see, or has no file, is 404. */
    @POST
    @Path("/zip")
    @Produces("application/zip")
    @Operation(operationId = "downloadZip", summary = "Get the files of many generations as one zip")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "application/zip",
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(responseCode = "404", description = "Some are no generations of the caller, or have no file.")
    @RunOnVirtualThread
    public Response zip(@NotNull @Valid ZipRequest request) {
        List<Asset> files = assets.findVisible(user.id(), request.generationIds());
        long found = files.stream().map(Asset::generationId).distinct().count();
        if (found < request.generationIds().size()) {
            throw Problems.of(Problem.NOT_FOUND, MessageCode.ZIP_NOT_COMPLETE);
        }
        LOG.infof("zip asked for: userId=%s generations=%d files=%d", user.id(), found, files.size());
        StreamingOutput archive = out -> write(files, out);
        return Response.ok(archive)
                .header("Content-Disposition", "attachment; filename=\"reklamai.zip\"")
                .build();
    }

    /** Images, videos and sounds are packed already: they go through as they are, buffer by buffer. */
    private void write(List<Asset> files, OutputStream out) throws IOException {
        try (var zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            for (Asset file : files) {
                Optional<InputStream> content = storage.open(Storage.Bucket.OUTPUTS, file.path());
                if (content.isPresent()) {
                    zip.putNextEntry(new ZipEntry(nameOf(file)));
                    try (InputStream in = content.get()) {
                        in.transferTo(zip);
                    }
                    zip.closeEntry();
                }
            }
        }
    }

    private static String nameOf(Asset file) {
        String model = file.modelKey().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-");
        String extension = file.path().substring(file.path().lastIndexOf('.'));
        return model + "-" + file.generationId() + "-" + (file.position() + 1) + extension;
    }
}
