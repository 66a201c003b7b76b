package ru.reklamai.generation.asset;

import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import ru.reklamai.generation.account.CurrentUser;
import ru.reklamai.problem.Problem;
import ru.reklamai.problem.Problems;

/** How a user's files get in: by a presigned PUT straight to S3, or as one multipart request for small clients. */
@Path("/api/v1/upload")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
public class UploadResource {

    private static final String PURPOSES = "reference|start-frame|end-frame|video|audio";
    private static final Map<String, String> EXTENSIONS = Map.of(
            "image/png", "png",
            "image/jpeg", "jpg",
            "image/webp", "webp",
            "video/mp4", "mp4",
            "video/webm", "webm",
            "video/quicktime", "mov",
            "audio/mpeg", "mp3",
            "audio/wav", "wav");

    private final Storage storage;
    private final StorageConfig config;
    private final CurrentUser user;

    UploadResource(Storage storage, StorageConfig config, CurrentUser user) {
        this.storage = storage;
        this.config = config;
        this.user = user;
    }

    /** @param fileSize in bytes */
    public record UploadRequest(
            @NotNull @Pattern(regexp = PURPOSES) String purpose,
            @NotNull @Size(min = 1, max = 255) String fileName,
            @NotNull String contentType,
            @Positive long fileSize) {}

    public record UploadTicket(String bucket, String path, String uploadUrl, Instant expiresAt) {}

    public record Uploaded(boolean success, String bucket, String path) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public UploadTicket presign(@NotNull @Valid UploadRequest request) {
        String path = newPath(request.purpose(), request.contentType(), request.fileSize());
        Storage.Link link = storage.uploadLink(path);
        return new UploadTicket("uploads", path, link.url(), link.expiresAt());
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @RunOnVirtualThread
    public Uploaded upload(
            @RestForm @NotNull @Pattern(regexp = PURPOSES) String purpose, @RestForm @NotNull FileUpload file) {
        String path = newPath(purpose, file.contentType(), file.size());
        storage.upload(path, file.contentType(), file.uploadedFile());
        return new Uploaded(true, "uploads", path);
    }

    private String newPath(String purpose, String contentType, long size) {
        String extension = EXTENSIONS.get(Objects.requireNonNullElse(contentType, ""));
        if (extension == null) {
            throw Problems.of(Problem.UNSUPPORTED_MEDIA_TYPE, "Send one of " + EXTENSIONS.keySet() + ".");
        }
        long limit = contentType.startsWith("image/") ? config.maxImageBytes() : config.maxMediaBytes();
        if (size > limit) {
            throw Problems.of(Problem.PAYLOAD_TOO_LARGE, "The file must have at most " + limit + " bytes.");
        }
        return user.id() + "/" + purpose + "/" + UuidCreator.getTimeOrderedEpoch() + "." + extension;
    }
}
