package ru.reklamai.worker.callback;

import ru.reklamai.message.MessageCode;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import ru.reklamai.problem.Problem;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.worker.kie.Signatures;
import ru.reklamai.worker.task.Callbacks;

/** Where KIE calls when a task ends. A callback is only a hint: the task is looked up at once, KIE's status decides. */
@Path("/api/v1/provider/kie/callback/{generationId}/{signature}")
@Consumes(MediaType.APPLICATION_JSON)
public class CallbackResource {

    private static final Logger LOG = Logger.getLogger(CallbackResource.class);

    private final Signatures signatures;
    private final Callbacks callbacks;

    CallbackResource(Signatures signatures, Callbacks callbacks) {
        this.signatures = signatures;
        this.callbacks = callbacks;
    }

    @POST
    @RunOnVirtualThread
    public Map<String, Object> receive(
            @PathParam("generationId") UUID generationId,
            @PathParam("signature") String signature,
            @HeaderParam("X-Webhook-Timestamp") String timestamp,
            @HeaderParam("X-Webhook-Signature") String webhookSignature,
            @NotNull JsonNode body) {
        JsonNode data = body.path("data");
        String taskId = data.path("taskId").asText(data.path("task_id").asText(""));
        if (!signatures.isOurs(generationId, signature)
                || taskId.isEmpty()
                || !signatures.isFromKie(taskId, timestamp, webhookSignature)) {
            LOG.warnf("callback with a wrong signature refused: generationId=%s", generationId);
            throw Problems.of(Problem.FORBIDDEN, MessageCode.CALLBACK_SIGNATURE_WRONG);
        }
        if (!callbacks.hint(generationId, taskId)) {
            throw Problems.of(Problem.NOT_FOUND, MessageCode.GENERATION_NOT_FOUND);
        }
        LOG.infof("callback received: generationId=%s taskId=%s", generationId, taskId);
        return Map.of("code", 200, "msg", "received");
    }
}
