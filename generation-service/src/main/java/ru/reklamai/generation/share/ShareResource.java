package ru.reklamai.generation.share;

import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import ru.reklamai.generation.generation.Generation;
import ru.reklamai.generation.generation.GenerationRepository;
import ru.reklamai.generation.user.CurrentUser;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** Public links to results, made and revoked by whoever ordered them. */
@Path("/api/v1/generations/{id}/share")
@Tag(name = "generations")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
public class ShareResource {

    private static final Logger LOG = Logger.getLogger(ShareResource.class);

    private final ShareRepository shares;
    private final ShareTokens tokens;
    private final ShareConfig config;
    private final GenerationRepository generations;
    private final CurrentUser user;

    ShareResource(
            ShareRepository shares,
            ShareTokens tokens,
            ShareConfig config,
            GenerationRepository generations,
            CurrentUser user) {
        this.shares = shares;
        this.tokens = tokens;
        this.config = config;
        this.generations = generations;
        this.user = user;
    }

    /** @param url for people; programs GET /api/v1/shares/{token} */
    public record ShareLink(
            @Schema(examples = "AZfwpH0u…") String token,

            @Schema(examples = "https://reklamai.ru/share.html#AZfwpH0u…")
            String url,

            Instant createdAt) {}

    /** A repeat returns the same link; 409 for a generation that has not succeeded. */
    @PUT
    @Operation(
            operationId = "shareGeneration",
            summary = "Make a public link",
            description = "A repeat returns the same link. Whoever has it sees the files, never the prompt or "
                    + "the person.")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "403", description = "Another member of the board ordered it.")
    @APIResponse(responseCode = "409", description = "It has no file yet.")
    @RunOnVirtualThread
    public ShareLink share(@PathParam("id") UUID id) {
        ShareRepository.Share share =
                shares.create(UuidCreator.getTimeOrderedEpoch(), id, user.id()).orElseThrow(() -> notShareable(id));
        LOG.infof("generation shared: generationId=%s userId=%s shareId=%s", id, user.id(), share.id());
        String token = tokens.of(share.id());
        return new ShareLink(token, config.page() + "#" + token, share.createdAt());
    }

    @DELETE
    @Operation(operationId = "revokeShare", summary = "Revoke the public link")
    @APIResponse(responseCode = "204")
    @RunOnVirtualThread
    public Response revoke(@PathParam("id") UUID id) {
        if (!shares.revoke(id, user.id())) {
            throw Problems.of(Problem.NOT_FOUND, MessageCode.NOT_SHARED);
        }
        LOG.infof("share revoked: generationId=%s userId=%s", id, user.id());
        return Response.noContent().build();
    }

    private RuntimeException notShareable(UUID id) {
        Generation generation = generations
                .find(id, user.id())
                .orElseThrow(() -> Problems.of(Problem.NOT_FOUND, MessageCode.GENERATION_NOT_FOUND));
        return generation.userId().equals(user.id())
                ? Problems.of(
                        Problem.CONFLICT,
                        MessageCode.NO_FILE_YET,
                        generation.status().text())
                : Problems.of(Problem.FORBIDDEN, MessageCode.CREATOR_ONLY);
    }
}
