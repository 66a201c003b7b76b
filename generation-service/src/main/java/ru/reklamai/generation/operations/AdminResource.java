package ru.reklamai.generation.operations;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import ru.reklamai.generation.audit.Audit;
import ru.reklamai.generation.user.CurrentUser;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** What operators inspect and repair. */
@Path("/api/v1/admin")
@Tag(name = "admin")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("admin")
@Consumes(MediaType.APPLICATION_JSON)
public class AdminResource {

    private static final Logger LOG = Logger.getLogger(AdminResource.class);

    private final DeadLetterQueues deadLetters;
    private final ReconciliationRepository reconciliation;
    private final Audit audit;
    private final CurrentUser admin;

    AdminResource(
            DeadLetterQueues deadLetters, ReconciliationRepository reconciliation, Audit audit, CurrentUser admin) {
        this.deadLetters = deadLetters;
        this.reconciliation = reconciliation;
        this.audit = audit;
        this.admin = admin;
    }

    public record DeadLetterQueueList(List<DeadLetterQueues.DeadLetterQueue> items) {}

    public record DeadLettersReplayed(
            @Schema(examples = "2") int replayed) {}

    /** @param troubles how often each was found; 0 is fine */
    public record ReconciliationReport(
            boolean fine,

            @Schema(examples = "{\"balance-differs-from-ledger\": 0}")
            Map<String, Long> troubles) {}

    @GET
    @Path("/reconciliation")
    @Operation(
            operationId = "reconcile",
            summary = "Whether money and states are what they must be",
            description = "0 everywhere is fine.")
    @RunOnVirtualThread
    public ReconciliationReport reconciliation() {
        Map<String, Long> troubles = reconciliation.find();
        return new ReconciliationReport(troubles.values().stream().allMatch(found -> found == 0), troubles);
    }

    @GET
    @Path("/dead-letters")
    @Operation(operationId = "listDeadLetters", summary = "Messages that could not be applied")
    @RunOnVirtualThread
    public DeadLetterQueueList deadLetters() {
        return new DeadLetterQueueList(atBroker(deadLetters::list));
    }

    @POST
    @Path("/dead-letters/{queue}/replay")
    @Operation(operationId = "replayDeadLetters", summary = "Have a queue's dead letters tried again")
    @RunOnVirtualThread
    public DeadLettersReplayed replay(@PathParam("queue") String queue) {
        if (!deadLetters.isKnown(queue)) {
            throw Problems.of(Problem.NOT_FOUND, MessageCode.QUEUE_NOT_FOUND);
        }
        audit.record(admin.id(), "dead-letters.replay", "queue:" + queue, Map.of());
        LOG.infof("dead letters are replayed: queue=%s adminId=%s", queue, admin.id());
        return new DeadLettersReplayed(atBroker(() -> deadLetters.replay(queue)));
    }

    private static <T> T atBroker(Supplier<T> work) {
        try {
            return work.get();
        } catch (BrokerException e) {
            LOG.warnf("the broker failed: cause=%s", e.getCause());
            throw Problems.of(Problem.UNAVAILABLE, MessageCode.BROKER_UNAVAILABLE);
        }
    }
}
