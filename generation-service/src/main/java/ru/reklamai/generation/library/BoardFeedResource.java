package ru.reklamai.generation.library;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import ru.reklamai.generation.board.BoardRole;
import ru.reklamai.generation.board.Boards;
import ru.reklamai.generation.catalog.Model;
import ru.reklamai.generation.generation.GenerationLibraryRepository;
import ru.reklamai.generation.generation.Status;
import ru.reklamai.generation.storage.Storage;
import ru.reklamai.generation.user.CurrentUser;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** What all members have brought to a board. */
@Path("/api/v1/boards/{id}/generations")
@Tag(name = "boards")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
public class BoardFeedResource {

    private static final Logger LOG = Logger.getLogger(BoardFeedResource.class);

    private final GenerationLibraryRepository library;
    private final Boards boards;
    private final Storage storage;
    private final CurrentUser user;

    BoardFeedResource(GenerationLibraryRepository library, Boards boards, Storage storage, CurrentUser user) {
        this.library = library;
        this.boards = boards;
        this.storage = storage;
        this.user = user;
    }

    public record GenerationMove(@NotEmpty @Size(max = 200) Set<@NotNull UUID> generationIds) {}

    public record GenerationsMoved(@Schema(examples = "1") int moved) {}

    /** Newest first. */
    @GET
    @Operation(operationId = "listBoardGenerations", summary = "What all members brought to a board, newest first")
    @RunOnVirtualThread
    public GenerationPage feed(
            @PathParam("id") UUID board,
            @QueryParam("status") Optional<@Pattern(regexp = Status.PATTERN) String> status,
            @QueryParam("modality") Optional<@Pattern(regexp = Model.MODALITIES) String> modality,
            @QueryParam("modelKey") Optional<@Size(max = 100) String> modelKey,
            @QueryParam("q") Optional<@Size(max = 200) String> q,
            @QueryParam("cursor") Optional<UUID> cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        boards.require(BoardRole.VIEWER, board, user.id());
        var filter = new GenerationLibraryRepository.Filter(
                status, modality, modelKey, Optional.of(board), Optional.empty(), Optional.empty(), q, cursor, limit);
        return GenerationPage.of(library.findOnBoard(user.id(), filter), limit, storage);
    }

    /** Moves generations of the caller's own here from wherever they are, all or none. */
    @POST
    @Operation(
            operationId = "moveGenerations",
            summary = "Move generations of the caller's own to a board",
            description = "All of them or none. For editors and owners.")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "403", description = "The caller may only view the board.")
    @APIResponse(responseCode = "404", description = "No such board, or not all are the caller's.")
    @RunOnVirtualThread
    public GenerationsMoved move(@PathParam("id") UUID board, @NotNull @Valid GenerationMove move) {
        boards.require(BoardRole.EDITOR, board, user.id());
        int moved = library.move(board, user.id(), move.generationIds());
        if (moved == 0) {
            throw Problems.of(Problem.NOT_FOUND, MessageCode.MOVE_NOT_OWN);
        }
        LOG.infof("generations moved: boardId=%s userId=%s count=%d", board, user.id(), moved);
        return new GenerationsMoved(moved);
    }
}
