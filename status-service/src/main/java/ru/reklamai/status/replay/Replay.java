package ru.reklamai.status.replay;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import ru.reklamai.events.UserUpdate;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** What a client has missed, read with its own token. */
@ApplicationScoped
public class Replay {

    private final GenerationApi generations;

    Replay(@RestClient GenerationApi generations) {
        this.generations = generations;
    }

    /** Returns the user's active generations and those changed since. */
    public List<UserUpdate> changes(String token, Instant since) {
        return generations.changes("Bearer " + token, since).items();
    }

    /** Returns the present state of one generation; a problem 404 if it isn't the user's. */
    public UserUpdate one(String token, UUID generationId) {
        try {
            return toUpdate(generations.one("Bearer " + token, generationId));
        } catch (WebApplicationException e) {
            Problem kind = Problem.forStatus(e.getResponse().getStatus());
            throw Problems.of(kind, kind == Problem.NOT_FOUND ? MessageCode.GENERATION_NOT_FOUND : kind.title() + ".");
        } catch (ProcessingException e) {
            throw Problems.of(Problem.UNAVAILABLE, MessageCode.LIVE_UPDATES_UNAVAILABLE);
        }
    }

    private static UserUpdate toUpdate(GenerationApi.Generation generation) {
        return new UserUpdate(
                UserUpdate.idOf(generation.id(), generation.version()),
                generation.id(),
                generation.version(),
                generation.status(),
                generation.progress(),
                null,
                generation.previewUrl(),
                generation.error(),
                generation.finalCredits(),
                generation.updatedAt());
    }
}
