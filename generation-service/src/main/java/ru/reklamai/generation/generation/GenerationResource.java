package ru.reklamai.generation.generation;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import ru.reklamai.events.ProviderTaskEvent.StoredAsset;
import ru.reklamai.events.UserUpdate;
import ru.reklamai.generation.account.CurrentUser;
import ru.reklamai.generation.asset.Storage;
import ru.reklamai.problem.Problem;
import ru.reklamai.problem.Problems;

/** What a user ordered, and its files. Another user's generation is as unknown as one that never was. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
public class GenerationResource {

    private static final Logger LOG = Logger.getLogger(GenerationResource.class);

    private final GenerationRepository generations;
    private final TransitionRepository transitions;
    private final GenerationPublisher publisher;
    private final Storage storage;
    private final CurrentUser user;

    GenerationResource(
            GenerationRepository generations,
            TransitionRepository transitions,
            GenerationPublisher publisher,
            Storage storage,
            CurrentUser user) {
        this.generations = generations;
        this.transitions = transitions;
        this.publisher = publisher;
        this.storage = storage;
        this.user = user;
    }

    public record Page(List<GenerationView> items, UUID nextCursor) {}

    public record Changes(List<UserUpdate> items, Instant at) {}

    public record DownloadRequest(@NotNull UUID generationId) {}

    @GET
    @Path("/generations/{id}")
    @RunOnVirtualThread
    public GenerationView one(@PathParam("id") UUID id) {
        return toView(find(id));
    }

    @GET
    @Path("/generations")
    @RunOnVirtualThread
    public Page page(
            @QueryParam("cursor") Optional<UUID> cursor,
            @QueryParam("status")
                    Optional<@Pattern(regexp = "queued|processing|succeeded|failed|cancelled") String> status,
            @QueryParam("modality") Optional<@Pattern(regexp = "image|edit|video|audio") String> modality,
            @QueryParam("boardId") Optional<UUID> boardId,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        var filter = new GenerationRepository.Filter(cursor, status, modality, boardId);
        List<Generation> page = generations.findPage(user.id(), filter, limit);
        return new Page(
                page.stream().map(this::toView).toList(),
                page.size() < limit ? null : page.getLast().id());
    }

    /** Ends it for its owner, once; 409 for one that has succeeded or failed before. */
    @POST
    @Path("/generations/{id}/cancel")
    @RunOnVirtualThread
    public GenerationView cancel(@PathParam("id") UUID id) {
        Optional<Generation> cancelled = transitions.cancel(id, user.id());
        cancelled.ifPresent(generation -> {
            publisher.publish(generation);
            LOG.infof(
                    "generation cancelled: generationId=%s userId=%s finalCredits=%s",
                    generation.id(),
                    generation.userId(),
                    generation.finalCredits().orElse(0L));
        });
        Generation generation = cancelled.orElseGet(() -> find(id));
        if (generation.status() != Generation.Status.CANCELLED) {
            throw Problems.of(
                    Problem.CONFLICT,
                    "It can't be cancelled any more: it has "
                            + generation.status().text() + ".");
        }
        return toView(generation);
    }

    /** The user's active generations and those changed since: what a client that reconnects must hear. */
    @GET
    @Path("/generations/changes")
    @RunOnVirtualThread
    public Changes changes(@QueryParam("since") Optional<String> since) {
        Instant at = Instant.now();
        Instant from = since.map(GenerationResource::toInstant).orElse(at);
        List<UserUpdate> updates = generations.findChanges(user.id(), from).stream()
                .map(publisher::toUpdated)
                .map(UserUpdate::of)
                .toList();
        return new Changes(updates, at);
    }

    @POST
    @Path("/download")
    @RunOnVirtualThread
    public Storage.Link download(@NotNull @Valid DownloadRequest request) {
        Generation generation = find(request.generationId());
        List<StoredAsset> assets = generations.findAssets(generation.id());
        if (assets.isEmpty()) {
            throw Problems.of(
                    Problem.CONFLICT,
                    "There is no file yet: the generation is "
                            + generation.status().text() + ".");
        }
        return storage.downloadLink(assets.getFirst().path());
    }

    private Generation find(UUID id) {
        return generations
                .find(id, user.id())
                .orElseThrow(() -> Problems.of(Problem.NOT_FOUND, "There is no such generation."));
    }

    private GenerationView toView(Generation generation) {
        String preview = generation
                .thumbnailPath()
                .map(path -> storage.thumbnailLink(path).url())
                .orElse(null);
        return GenerationView.of(generation, preview);
    }

    private static Instant toInstant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw Problems.invalidFields(Map.of("since", "must be a time like 2026-01-31T12:00:00Z"));
        }
    }
}
