package ru.reklamai.generation.upload;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import ru.reklamai.generation.storage.Storage;
import ru.reklamai.generation.user.CurrentUser;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** How a user's files get in: by a presigned PUT straight to S3, or as one multipart request for small clients. */
@Path("/api/v1/upload")
@Tag(name = "files")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
public class UploadResource {

    private static final String PURPOSES = "reference|start-frame|end-frame|video|audio|avatar";
    private static final String BUCKET = "uploads";

    private final Uploads uploads;
    private final Storage storage;
    private final CurrentUser user;

    UploadResource(Uploads uploads, Storage storage, CurrentUser user) {
        this.uploads = uploads;
        this.storage = storage;
        this.user = user;
    }

    /** @param fileSize in bytes */
    public record UploadRequest(
            @NotNull @Pattern(regexp = PURPOSES) String purpose,

            @NotNull @Size(min = 1, max = 255) @Schema(examples = "cup.png")
            String fileName,

            @NotNull @Size(max = 100) @Schema(examples = "image/png")
            String contentType,

            @Positive @Schema(examples = "812345") long fileSize) {}

    /** @param path to be named in generate, once the file is at uploadUrl */
    public record UploadTicket(
            @Schema(examples = "uploads") String bucket,

            @Schema(examples = "0197f0a0-…/reference/0197f0a2-….png")
            String path,

            @Schema(examples = "https://s3.example.org/uploads/incoming/a.png?X-Amz-Expires=900")
            String uploadUrl,

            Instant expiresAt) {}

    /** @param path as the ticket named it */
    public record Completion(
            @NotBlank @Size(max = 300) @Schema(examples = "0197f0a0-…/reference/0197f0a2-….png")
            String path) {}

    public record Uploaded(
            boolean success,
            @Schema(examples = "uploads") String bucket,

            @Schema(examples = "0197f0a0-…/reference/0197f0a2-….png")
            String path) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createUpload",
            summary = "Announce a file, or send it as multipart",
            description = "With JSON the answer names where to PUT the file; then name its path in generate. "
                    + "Images may have 10 MB, videos and sounds 50 MB. What a camera wrote beside the "
                    + "picture is removed; a file that nothing uses is deleted after a day.")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(anyOf = {UploadTicket.class, Uploaded.class})))
    @RunOnVirtualThread
    public UploadTicket presign(@NotNull @Valid UploadRequest request) {
        user.ensureProvisioned();
        Upload upload =
                taken(uploads.announce(user.id(), request.purpose(), request.contentType(), request.fileSize()));
        Storage.FileLink link = storage.uploadLink(upload.incomingPath());
        return new UploadTicket(BUCKET, upload.path(), link.url(), link.expiresAt());
    }

    /** Checks the file now. A client that skips this learns that a file is wrong when it uses it. */
    @POST
    @Path("/complete")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "completeUpload",
            summary = "Have an uploaded file looked at now",
            description = "Optional: who leaves it out hears of a wrong file when it is used.")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "404", description = "No such upload.")
    @APIResponse(responseCode = "409", description = "The file has not arrived.")
    @APIResponse(responseCode = "413", description = "It is too large.")
    @APIResponse(responseCode = "415", description = "It is not what its content type says.")
    @RunOnVirtualThread
    public Uploaded complete(@NotNull @Valid Completion completion) {
        return uploaded(uploads.complete(user.id(), completion.path()));
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(anyOf = {UploadTicket.class, Uploaded.class})))
    @RunOnVirtualThread
    public Uploaded upload(
            @RestForm @NotNull @Pattern(regexp = PURPOSES) String purpose, @RestForm @NotNull FileUpload file) {
        user.ensureProvisioned();
        return uploaded(uploads.take(user.id(), purpose, file.contentType(), file.uploadedFile()));
    }

    private static Uploaded uploaded(UploadOutcome outcome) {
        return new Uploaded(true, BUCKET, taken(outcome).path());
    }

    private static Upload taken(UploadOutcome outcome) {
        return switch (outcome) {
            case UploadOutcome.Taken(Upload upload) -> upload;
            case UploadOutcome.Refused(UploadViolation violation) -> throw problem(violation);
        };
    }

    private static RuntimeException problem(UploadViolation violation) {
        Problem kind =
                switch (violation.kind()) {
                    case UNKNOWN -> Problem.NOT_FOUND;
                    case NOT_ARRIVED -> Problem.CONFLICT;
                    case TOO_LARGE -> Problem.PAYLOAD_TOO_LARGE;
                    case WRONG_TYPE -> Problem.UNSUPPORTED_MEDIA_TYPE;
                };
        return violation.kind() == UploadViolation.Kind.UNKNOWN
                ? Problems.of(kind, MessageCode.UPLOAD_NOT_FOUND)
                : Problems.of(
                        kind, violation.text().code(), violation.text().values().toArray());
    }
}
