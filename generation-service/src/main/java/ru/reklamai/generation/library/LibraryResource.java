package ru.reklamai.generation.library;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import ru.reklamai.generation.catalog.Model;
import ru.reklamai.generation.generation.Generation;
import ru.reklamai.generation.generation.GenerationLibraryRepository;
import ru.reklamai.generation.generation.GenerationRepository;
import ru.reklamai.generation.generation.GenerationView;
import ru.reklamai.generation.generation.Status;
import ru.reklamai.generation.storage.Storage;
import ru.reklamai.generation.user.CurrentUser;
import ru.reklamai.kit.message.Messages;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** What the caller has ordered, and what becomes of it later. */
@Path("/api/v1/generations")
@Tag(name = "generations")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
public class LibraryResource {

    private static final Logger LOG = Logger.getLogger(LibraryResource.class);

    private final GenerationLibraryRepository library;
    private final GenerationRepository generations;
    private final Storage storage;
    private final CurrentUser user;

    LibraryResource(
            GenerationLibraryRepository library, GenerationRepository generations, Storage storage, CurrentUser user) {
        this.library = library;
        this.generations = generations;
        this.storage = storage;
        this.user = user;
    }

    /** Newest first. */
    @GET
    @Operation(
            operationId = "listGenerations",
            summary = "What the caller has ordered, newest first",
            description = "`q` looks in the prompts. A page ends with a cursor for the next one; what is "
                    + "ordered meanwhile changes no later page.")
    @RunOnVirtualThread
    public GenerationPage list(
            @QueryParam("status") Optional<@Pattern(regexp = Status.PATTERN) String> status,
            @QueryParam("modality") Optional<@Pattern(regexp = Model.MODALITIES) String> modality,
            @QueryParam("modelKey") Optional<@Size(max = 100) String> modelKey,
            @QueryParam("boardId") Optional<UUID> boardId,
            @QueryParam("batchId") Optional<UUID> batchId,
            @QueryParam("favourite") Optional<Boolean> favourite,
            @QueryParam("q") Optional<@Size(max = 200) String> q,
            @QueryParam("cursor") Optional<UUID> cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        var filter = new GenerationLibraryRepository.Filter(
                status, modality, modelKey, boardId, batchId, favourite, q, cursor, limit);
        return GenerationPage.of(library.findOwn(user.id(), filter), limit, storage);
    }

    /** It is gone at once for everybody, its files soon after; 409 for one that has not ended. */
    @DELETE
    @Path("/{id}")
    @Operation(
            operationId = "deleteGeneration",
            summary = "Delete a generation",
            description = "It is gone at once for everybody, its files within seconds. Its ledger entries stay.")
    @APIResponse(responseCode = "204")
    @APIResponse(responseCode = "403", description = "Another member of the board ordered it.")
    @APIResponse(responseCode = "409", description = "It has not ended: cancel it first.")
    @RunOnVirtualThread
    public Response delete(@PathParam("id") UUID id) {
        if (!library.delete(id, user.id())) {
            requireOwn(id);
            throw Problems.of(Problem.CONFLICT, MessageCode.NOT_ENDED);
        }
        LOG.infof("generation deleted: generationId=%s userId=%s", id, user.id());
        return Response.noContent().build();
    }

    @PUT
    @Path("/{id}/favourite")
    @Operation(operationId = "addFavourite", summary = "Mark as a favourite")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "403", description = "Another member of the board ordered it.")
    @RunOnVirtualThread
    public GenerationView addFavourite(@PathParam("id") UUID id) {
        return setFavourite(id, true);
    }

    @DELETE
    @Path("/{id}/favourite")
    @Operation(operationId = "removeFavourite", summary = "Unmark a favourite")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "403", description = "Another member of the board ordered it.")
    @RunOnVirtualThread
    public GenerationView removeFavourite(@PathParam("id") UUID id) {
        return setFavourite(id, false);
    }

    private GenerationView setFavourite(UUID id, boolean favourite) {
        Generation generation = library.setFavourite(id, user.id(), favourite).orElseGet(() -> requireOwn(id));
        return GenerationView.of(generation, storage, Messages.languageOfPresentRequest());
    }

    private Generation requireOwn(UUID id) {
        Generation generation = generations
                .find(id, user.id())
                .orElseThrow(() -> Problems.of(Problem.NOT_FOUND, MessageCode.GENERATION_NOT_FOUND));
        if (!generation.userId().equals(user.id())) {
            throw Problems.of(Problem.FORBIDDEN, MessageCode.CREATOR_ONLY);
        }
        return generation;
    }
}
