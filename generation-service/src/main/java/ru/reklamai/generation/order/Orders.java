package ru.reklamai.generation.order;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import ru.reklamai.generation.credit.Credits;
import ru.reklamai.generation.generation.Generation;
import ru.reklamai.generation.generation.GenerationPublisher;
import ru.reklamai.generation.generation.GenerationRepository;
import ru.reklamai.generation.generation.Submission;
import ru.reklamai.generation.upload.Uploads;
import ru.reklamai.generation.user.CurrentUser;
import ru.reklamai.kit.message.Text;

/** Turns an order into paid, stored generations. */
@ApplicationScoped
class Orders {

    private static final Logger LOG = Logger.getLogger(Orders.class);

    private final GenerationRepository generations;
    private final GenerationPublisher publisher;
    private final Uploads uploads;
    private final CurrentUser user;
    private final MeterRegistry metrics;

    Orders(
            GenerationRepository generations,
            GenerationPublisher publisher,
            Uploads uploads,
            CurrentUser user,
            MeterRegistry metrics) {
        this.generations = generations;
        this.publisher = publisher;
        this.uploads = uploads;
        this.user = user;
        this.metrics = metrics;
    }

    /** One round trip, unless the user is new here or some files have not been checked yet. */
    OrderOutcome place(Order order) {
        Submission submission = submit(order);
        if (isRefused(submission, Submission.Reason.UNKNOWN_USER)) {
            user.provision();
            submission = submit(order);
        }
        if (isRefused(submission, Submission.Reason.UPLOADS_NOT_READY)) {
            Map<String, Text> violations = uploads.complete(user.id(), order.uploadsByField());
            if (!violations.isEmpty()) {
                return new OrderOutcome.FilesRefused(violations);
            }
            submission = submit(order);
        }
        metrics.counter("reklamai.generations.submitted", "outcome", nameOf(submission))
                .increment();
        return switch (submission) {
            case Submission.Accepted(List<Generation> accepted) -> {
                publish(order, accepted);
                yield new OrderOutcome.Placed(accepted);
            }
            case Submission.Replayed(List<Generation> replayed) -> new OrderOutcome.Placed(replayed);
            case Submission.Refused(Submission.Reason reason) -> new OrderOutcome.Refused(reason);
        };
    }

    private Submission submit(Order order) {
        return generations.submit(user.id(), user.role(), order);
    }

    private void publish(Order order, List<Generation> accepted) {
        LOG.infof(
                "generation queued: generationId=%s variants=%d userId=%s model=%s credits=%s",
                accepted.getFirst().id(),
                accepted.size(),
                user.id(),
                order.modelKey(),
                Credits.toDecimal(order.credits() * accepted.size()));
        accepted.forEach(publisher::publish);
    }

    private static boolean isRefused(Submission submission, Submission.Reason reason) {
        return submission instanceof Submission.Refused refused && refused.reason() == reason;
    }

    private static String nameOf(Submission submission) {
        return submission instanceof Submission.Refused refused
                ? refused.reason().name()
                : submission.getClass().getSimpleName();
    }
}
