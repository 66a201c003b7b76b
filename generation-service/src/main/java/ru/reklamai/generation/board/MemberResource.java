package ru.reklamai.generation.board;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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

/** Who sees a board, and may do what there. */
@Path("/api/v1/boards/{id}/members")
@Tag(name = "boards")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
public class MemberResource {

    private static final Logger LOG = Logger.getLogger(MemberResource.class);

    private final Boards boards;
    private final MemberRepository members;
    private final CurrentUser user;

    MemberResource(Boards boards, MemberRepository members, CurrentUser user) {
        this.boards = boards;
        this.members = members;
        this.user = user;
    }

    public record MemberList(List<Member> items) {}

    public record NewMember(
            @NotBlank @Email @Size(max = 254) @Schema(examples = "boris@example.org")
            String email,

            @NotNull @Pattern(regexp = BoardRole.PATTERN) String role) {}

    public record MemberRole(
            @NotNull @Pattern(regexp = BoardRole.PATTERN) String role) {}

    @GET
    @Operation(operationId = "listMembers", summary = "Members of a board")
    @RunOnVirtualThread
    public MemberList list(@PathParam("id") UUID board) {
        boards.require(BoardRole.VIEWER, board, user.id());
        return new MemberList(members.findAll(board));
    }

    /** By the address of an account that exists. */
    @POST
    @Operation(
            operationId = "addMember",
            summary = "Add a member by e-mail",
            description = "For owners. A viewer sees, an editor also brings generations, an owner also changes "
                    + "the board.")
    @APIResponseSchema(value = Member.class, responseCode = "201")
    @APIResponse(responseCode = "403", description = "The caller's role is too low.")
    @APIResponse(responseCode = "409", description = "They are a member already.")
    @RunOnVirtualThread
    public Response add(@PathParam("id") UUID board, @NotNull @Valid NewMember member) {
        var change = members.add(board, user.id(), member.email().strip(), member.role());
        BoardRole.require(BoardRole.OWNER, change.role());
        UUID person =
                change.person().orElseThrow(() -> Problems.invalidField("email", MessageCode.MEMBER_WITHOUT_ACCOUNT));
        if (!change.changed()) {
            throw Problems.of(Problem.CONFLICT, MessageCode.ALREADY_MEMBER);
        }
        LOG.infof(
                "board member added: boardId=%s memberId=%s role=%s userId=%s",
                board, person, member.role(), user.id());
        return Response.status(Response.Status.CREATED)
                .entity(find(board, person))
                .build();
    }

    @PUT
    @Path("/{userId}")
    @Operation(
            operationId = "setMemberRole",
            summary = "Change a member's role",
            description = "For owners. Whoever made the board stays its owner.")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "403", description = "The caller's role is too low.")
    @APIResponse(responseCode = "409", description = "They made the board.")
    @RunOnVirtualThread
    public Member setRole(
            @PathParam("id") UUID board, @PathParam("userId") UUID member, @NotNull @Valid MemberRole change) {
        refuseUnlessDone(members.setRole(board, user.id(), member, change.role()));
        LOG.infof(
                "board role changed: boardId=%s memberId=%s role=%s userId=%s",
                board, member, change.role(), user.id());
        return find(board, member);
    }

    /** An owner sends somebody away, or a member leaves. */
    @DELETE
    @Path("/{userId}")
    @Operation(operationId = "removeMember", summary = "Remove a member, or leave")
    @APIResponse(responseCode = "204")
    @APIResponse(responseCode = "403", description = "The caller's role is too low.")
    @APIResponse(responseCode = "409", description = "They made the board.")
    @RunOnVirtualThread
    public Response remove(@PathParam("id") UUID board, @PathParam("userId") UUID member) {
        refuseUnlessDone(members.remove(board, user.id(), member));
        LOG.infof("board member removed: boardId=%s memberId=%s userId=%s", board, member, user.id());
        return Response.noContent().build();
    }

    private Member find(UUID board, UUID person) {
        return members.findAll(board).stream()
                .filter(member -> member.userId().equals(person))
                .findFirst()
                .orElseThrow(MemberResource::unknown);
    }

    private static void refuseUnlessDone(MembershipChange change) {
        BoardRole.require(BoardRole.OWNER, change.role());
        if (change.person().isEmpty()) {
            throw unknown();
        }
        if (!change.changed()) {
            throw Problems.of(Problem.CONFLICT, MessageCode.CREATOR_STAYS_OWNER);
        }
    }

    private static RuntimeException unknown() {
        return Problems.of(Problem.NOT_FOUND, MessageCode.MEMBER_NOT_FOUND);
    }
}
