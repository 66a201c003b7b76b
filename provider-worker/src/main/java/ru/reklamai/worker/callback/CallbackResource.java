package ru.reklamai.worker.callback;

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
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;
import ru.reklamai.worker.loop.WorkerLoop;
import ru.reklamai.worker.submission.CallbackAddresses;
import ru.reklamai.worker.task.OrderRepository;
import ru.reklamai.worker.task.OrderRepository.CallbackOutcome;

/** Where KIE calls when a task ends. A callback is only a hint: the task is looked up at once, KIE's status decides. */
@Path("/api/v1/provider/kie/callback/{generationId}/{signature}")
@Tag(name = "provider")
@Consumes(MediaType.APPLICATION_JSON)
public class CallbackResource {

    private static final Logger LOG = Logger.getLogger(CallbackResource.class);

    private final CallbackAddresses addresses;
    private final WebhookSignatures signatures;
    private final OrderRepository orders;
    private final WorkerLoop loop;

    CallbackResource(
            CallbackAddresses addresses, WebhookSignatures signatures, OrderRepository orders, WorkerLoop loop) {
        this.addresses = addresses;
        this.signatures = signatures;
        this.orders = orders;
        this.loop = loop;
    }

    @POST
    @Operation(
            operationId = "receiveCallback",
            summary = "For KIE.ai: a task has ended",
            description = "A hint only: the task is looked up at once.")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, example = """
                    {
                      "code": 200,
                      "msg": "success",
                      "data": {"taskId": "task_google_1765182425861", "state": "success"}
                    }"""))
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT, additionalProperties = Object.class),
                            example = "{\"code\": 200, \"msg\": \"received\"}"))
    @APIResponse(responseCode = "403", description = "The signature is wrong.")
    @RunOnVirtualThread
    public Map<String, Object> receive(
            @PathParam("generationId") UUID generationId,
            @PathParam("signature") String signature,
            @HeaderParam("X-Webhook-Timestamp") String timestamp,
            @HeaderParam("X-Webhook-Signature") String webhookSignature,
            @NotNull JsonNode body) {
        JsonNode data = body.path("data");
        String taskId = data.path("taskId").asText(data.path("task_id").asText(""));
        if (!addresses.isOurs(generationId, signature)
                || taskId.isEmpty()
                || !signatures.isFromKie(
                        taskId, Optional.ofNullable(timestamp), Optional.ofNullable(webhookSignature))) {
            LOG.warnf("callback with a wrong signature refused: generationId=%s", generationId);
            throw Problems.of(Problem.FORBIDDEN, MessageCode.CALLBACK_SIGNATURE_WRONG);
        }
        CallbackOutcome outcome = orders.calledBack(generationId, taskId);
        if (outcome == CallbackOutcome.NO_SUCH_TASK) {
            throw Problems.of(Problem.NOT_FOUND, MessageCode.GENERATION_NOT_FOUND);
        }
        LOG.infof("callback received: generationId=%s taskId=%s outcome=%s", generationId, taskId, outcome);
        loop.wake();
        return Map.of("code", 200, "msg", "received");
    }
}
