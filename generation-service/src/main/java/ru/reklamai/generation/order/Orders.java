package ru.reklamai.generation.order;

import com.fasterxml.jackson.databind.node.NullNode;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import ru.reklamai.generation.user.CurrentUser;
import ru.reklamai.generation.upload.Uploads;
import ru.reklamai.generation.credit.Credits;
import ru.reklamai.kit.problem.Problems;

/** Turns a checked order into paid, stored generations. */
@ApplicationScoped
class Orders {

    private static final Logger LOG = Logger.getLogger(Orders.class);

    private final OrderRepository submissions;
    private final GenerationPublisher publisher;
    private final Uploads uploads;
    private final CurrentUser user;
    private final MeterRegistry metrics;

    Orders(
            OrderRepository submissions,
            GenerationPublisher publisher,
            Uploads uploads,
            CurrentUser user,
            MeterRegistry metrics) {
        this.submissions = submissions;
        this.publisher = publisher;
        this.uploads = uploads;
        this.user = user;
        this.metrics = metrics;
    }

    Submission submit(Submission.Draft draft) {
        Submission submission = submissions.submit(draft);
        if (submission instanceof Submission.UnknownUser) {
            user.provision();
            submission = submissions.submit(draft);
        }
        if (submission instanceof Submission.UploadsNotReady) {
            lookAtUploads(draft);
            submission = submissions.submit(draft);
        }
        metrics.counter("reklamai.generations.submitted", "outcome", outcomeOf(submission))
                .increment();
        if (submission instanceof Submission.Accepted accepted) {
            LOG.infof(
                    "generation queued: generationId=%s variants=%d userId=%s model=%s credits=%s",
                    draft.ids().getFirst(),
                    draft.ids().size(),
                    draft.userId(),
                    draft.modelKey(),
                    Credits.toDecimal(accepted.reservedCredits()));
            draft.ids().forEach(id -> publisher.publish(toGeneration(id, draft, accepted)));
        }
        return submission;
    }

    private void lookAtUploads(Submission.Draft draft) {
        Map<String, String> violations = uploads.complete(draft.userId(), draft.uploads());
        if (!violations.isEmpty()) {
            throw Problems.invalidFields(violations);
        }
    }

    private static String outcomeOf(Submission submission) {
        return submission instanceof Submission.Refused refused
                ? refused.reason().name()
                : submission.getClass().getSimpleName();
    }

    /** As the row is, as far as events tell of it. */
    private static Generation toGeneration(UUID id, Submission.Draft draft, Submission.Accepted accepted) {
        Instant now = Instant.now();
        return new Generation(
                id,
                draft.userId(),
                draft.boardId().orElse(id),
                draft.parentId(),
                Optional.empty(),
                false,
                draft.presetKey(),
                draft.modelKey(),
                draft.modality(),
                draft.prompt(),
                draft.negativePrompt(),
                NullNode.getInstance(),
                draft.providerRequest(),
                Generation.Status.QUEUED,
                Optional.empty(),
                draft.credits(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1,
                0,
                draft.traceparent(),
                accepted.deadlineAt(),
                now,
                now,
                Optional.empty());
    }
}
