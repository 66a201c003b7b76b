package ru.reklamai.generation.board;

import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import ru.reklamai.generation.user.CurrentUser;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** The boards that the caller is a member of. */
@Path("/api/v1/boards")
@Tag(name = "boards")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
public class BoardResource {

    private static final Logger LOG = Logger.getLogger(BoardResource.class);
    private static final int MAX_OWNED = 500;

    private final BoardRepository boards;
    private final CurrentUser user;

    BoardResource(BoardRepository boards, CurrentUser user) {
        this.boards = boards;
        this.user = user;
    }

    public record BoardList(List<Board> items) {}

    public record BoardTitle(
            @NotBlank @Size(max = 200) @Schema(examples = "Spring campaign")
            String title) {}

    /** Pinned ones first. */
    @GET
    @Operation(operationId = "listBoards", summary = "Boards that the caller is a member of, pinned ones first")
    @RunOnVirtualThread
    public BoardList list() {
        List<Board> items = boards.findAll(user.id());
        if (items.isEmpty()) {
            user.provision();
            items = boards.findAll(user.id());
        }
        return new BoardList(items);
    }

    @POST
    @Operation(operationId = "createBoard", summary = "Make a board")
    @APIResponseSchema(value = Board.class, responseCode = "201")
    @APIResponse(responseCode = "409", description = "500 boards are the most that one can own.")
    @RunOnVirtualThread
    public Response create(@NotNull @Valid BoardTitle title) {
        user.ensureProvisioned();
        UUID id = UuidCreator.getTimeOrderedEpoch();
        if (!boards.create(id, user.id(), title.title().strip(), MAX_OWNED)) {
            throw Problems.of(Problem.CONFLICT, MessageCode.TOO_MANY_BOARDS, MAX_OWNED);
        }
        LOG.infof("board created: boardId=%s userId=%s", id, user.id());
        return Response.status(Response.Status.CREATED)
                .entity(one(id))
                .header("Location", "/api/v1/boards/" + id)
                .build();
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getBoard", summary = "One board")
    @RunOnVirtualThread
    public Board one(@PathParam("id") UUID id) {
        return boards.find(id, user.id())
                .orElseThrow(() -> Problems.of(Problem.NOT_FOUND, MessageCode.BOARD_NOT_FOUND));
    }

    @PATCH
    @Path("/{id}")
    @Operation(operationId = "renameBoard", summary = "Rename a board", description = "For owners.")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "403", description = "The caller's role is too low.")
    @RunOnVirtualThread
    public Board rename(@PathParam("id") UUID id, @NotNull @Valid BoardTitle title) {
        BoardRole.require(
                BoardRole.OWNER, boards.rename(id, user.id(), title.title().strip()));
        return one(id);
    }

    /** What is on it goes to its creators' own boards; a default board can't be deleted. */
    @DELETE
    @Path("/{id}")
    @Operation(
            operationId = "deleteBoard",
            summary = "Delete a board",
            description = "For owners. What is on it goes to its creators' own boards.")
    @APIResponse(responseCode = "204")
    @APIResponse(responseCode = "403", description = "The caller's role is too low.")
    @APIResponse(responseCode = "409", description = "It is somebody's default board.")
    @RunOnVirtualThread
    public Response delete(@PathParam("id") UUID id) {
        BoardRepository.Deletion deletion = boards.delete(id, user.id());
        BoardRole.require(BoardRole.OWNER, deletion.role());
        if (deletion.isDefault()) {
            throw Problems.of(Problem.CONFLICT, MessageCode.BOARD_IS_DEFAULT);
        }
        LOG.infof("board deleted: boardId=%s userId=%s", id, user.id());
        return Response.noContent().build();
    }

    /** For the caller alone. */
    @PUT
    @Path("/{id}/pin")
    @Operation(operationId = "pinBoard", summary = "Pin a board, for the caller alone")
    @RunOnVirtualThread
    public Board pin(@PathParam("id") UUID id) {
        BoardRole.require(BoardRole.VIEWER, boards.pin(id, user.id(), true));
        return one(id);
    }

    @DELETE
    @Path("/{id}/pin")
    @Operation(operationId = "unpinBoard", summary = "Unpin a board")
    @RunOnVirtualThread
    public Board unpin(@PathParam("id") UUID id) {
        BoardRole.require(BoardRole.VIEWER, boards.pin(id, user.id(), false));
        return one(id);
    }
}
