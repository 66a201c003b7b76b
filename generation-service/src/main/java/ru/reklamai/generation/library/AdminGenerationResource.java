package ru.reklamai.generation.library;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import ru.reklamai.generation.catalog.Model;
import ru.reklamai.generation.generation.GenerationLibraryRepository;
import ru.reklamai.generation.generation.GenerationView;
import ru.reklamai.generation.generation.Status;
import ru.reklamai.generation.storage.Storage;
import ru.reklamai.kit.message.Messages;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** Generations of all users, deleted ones too, as far as anything is left of them. */
@Path("/api/v1/admin/generations")
@Tag(name = "admin")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("admin")
public class AdminGenerationResource {

    private final GenerationLibraryRepository library;
    private final Storage storage;

    AdminGenerationResource(GenerationLibraryRepository library, Storage storage) {
        this.library = library;
        this.storage = storage;
    }

    /** Newest first. */
    @GET
    @Operation(operationId = "findGenerations", summary = "Generations of all users, newest first")
    @RunOnVirtualThread
    public GenerationPage list(
            @QueryParam("userId") Optional<UUID> userId,
            @QueryParam("status") Optional<@Pattern(regexp = Status.PATTERN) String> status,
            @QueryParam("modality") Optional<@Pattern(regexp = Model.MODALITIES) String> modality,
            @QueryParam("modelKey") Optional<@Size(max = 100) String> modelKey,
            @QueryParam("q") Optional<@Size(max = 200) String> q,
            @QueryParam("cursor") Optional<UUID> cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        var filter = new GenerationLibraryRepository.Filter(
                status, modality, modelKey, Optional.empty(), Optional.empty(), Optional.empty(), q, cursor, limit);
        return GenerationPage.of(library.findOfAnybody(userId, filter), limit, storage);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getAnyGeneration", summary = "One generation of anybody")
    @RunOnVirtualThread
    public GenerationView one(@PathParam("id") UUID id) {
        return library.findOfAnybody(id)
                .map(generation -> GenerationView.of(generation, storage, Messages.languageOfPresentRequest()))
                .orElseThrow(() -> Problems.of(Problem.NOT_FOUND, MessageCode.GENERATION_NOT_FOUND));
    }
}
