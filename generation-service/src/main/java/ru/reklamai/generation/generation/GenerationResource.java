package ru.reklamai.generation.generation;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
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
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import ru.reklamai.events.ErrorInfo;
import ru.reklamai.events.UserUpdate;
import ru.reklamai.generation.storage.Storage;
import ru.reklamai.generation.user.CurrentUser;
import ru.reklamai.kit.message.Messages;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** One generation and its changes. What the caller may not see is as unknown as what never was. */
@Path("/api/v1/generations")
@Tag(name = "generations")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
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

    public record GenerationChanges(List<UserUpdate> items, Instant at) {}

    @GET
    @Path("/{id}")
    @Operation(operationId = "getGeneration", summary = "One generation")
    @RunOnVirtualThread
    public GenerationView one(@PathParam("id") UUID id) {
        return GenerationView.of(find(id), storage, Messages.languageOfPresentRequest());
    }

    /** Ends it for its creator, once; 409 for one that has succeeded or failed before. */
    @POST
    @Path("/{id}/cancel")
    @Operation(
            operationId = "cancelGeneration",
            summary = "Cancel a generation",
            description = "While it waits nothing is charged; once it runs the setting refund_on_cancel " + "decides.")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "403", description = "Another member of the board ordered it.")
    @APIResponse(responseCode = "409", description = "It has succeeded or failed already.")
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
        if (!generation.userId().equals(user.id())) {
            throw Problems.of(Problem.FORBIDDEN, MessageCode.CREATOR_ONLY);
        }
        if (generation.status() != Status.CANCELLED) {
            throw Problems.of(
                    Problem.CONFLICT,
                    MessageCode.NOT_CANCELLABLE,
                    generation.status().text());
        }
        return GenerationView.of(generation, storage, Messages.languageOfPresentRequest());
    }

    /** The user's active generations and those changed since: what a client that reconnects must hear. */
    @GET
    @Path("/changes")
    @Operation(
            operationId = "listChanges",
            summary = "Active generations and those changed since",
            description = "What a client that reconnects must hear.")
    @RunOnVirtualThread
    public GenerationChanges changes(@QueryParam("since") Optional<String> since) {
        Instant at = Instant.now();
        Instant from = since.map(GenerationResource::toInstant).orElse(at);
        Locale language = Messages.languageOfPresentRequest();
        List<UserUpdate> updates = generations.findChanges(user.id(), from).stream()
                .map(generation -> toUpdate(generation, language))
                .toList();
        return new GenerationChanges(updates, at);
    }

    private UserUpdate toUpdate(Generation generation, Locale language) {
        ErrorInfo error =
                generation.error().map(e -> Messages.explain(language, e)).orElse(null);
        return UserUpdate.of(publisher.toUpdated(generation), error);
    }

    private Generation find(UUID id) {
        return generations
                .find(id, user.id())
                .orElseThrow(() -> Problems.of(Problem.NOT_FOUND, MessageCode.GENERATION_NOT_FOUND));
    }

    private static Instant toInstant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw Problems.invalidField("since", MessageCode.MUST_BE_TIME);
        }
    }
}
