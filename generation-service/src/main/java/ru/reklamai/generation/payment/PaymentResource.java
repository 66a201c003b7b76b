package ru.reklamai.generation.payment;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
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

/** Where payment providers tell us what was paid. A repeat of a notice changes nothing. */
@Path("/api/v1/payments/{provider}/notifications/{signature}")
@Tag(name = "credits")
public class PaymentResource {

    private static final Logger LOG = Logger.getLogger(PaymentResource.class);

    private final List<PaymentProvider> providers;
    private final WebhookSignatures signatures;
    private final PaymentRepository payments;
    private final MeterRegistry metrics;

    PaymentResource(
            @All List<PaymentProvider> providers,
            WebhookSignatures signatures,
            PaymentRepository payments,
            MeterRegistry metrics) {
        this.providers = providers;
        this.signatures = signatures;
        this.payments = payments;
        this.metrics = metrics;
    }

    /**
     * Answers 200, the only status that YooKassa accepts as a receipt, even if no user matches: such a payment is kept
     * and shown by reconciliation, so the provider needn't repeat it for ever.
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "notifyPayment",
            summary = "For payment providers: a notice",
            description = "Once for each payment, however often it is told. YooKassa's notifications, whose "
                    + "metadata.userId is the buyer.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            example = """
                    {
                      "type": "notification",
                      "event": "payment.succeeded",
                      "object": {
                        "id": "2419a771-000f-5000-9000-1edaf29243f2",
                        "status": "succeeded",
                        "paid": true,
                        "amount": {"value": "500.00", "currency": "RUB"},
                        "metadata": {"userId": "0197f0a0-3c1a-7000-8000-000000000001"}
                      }
                    }"""))
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "403", description = "The signature is wrong.")
    @APIResponse(responseCode = "404", description = "No such provider.")
    @RunOnVirtualThread
    public Response notice(
            @PathParam("provider") String name,
            @PathParam("signature") String signature,
            @NotNull @Size(max = 65_536) byte[] body) {
        if (!signatures.isRight(name, signature)) {
            throw Problems.of(Problem.FORBIDDEN, MessageCode.ADDRESS_SIGNATURE_WRONG);
        }
        PaymentProvider provider = providers.stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problems.of(Problem.NOT_FOUND, MessageCode.PAYMENT_PROVIDER_UNKNOWN));
        try {
            apply(provider.name(), provider.read(body));
            return Response.ok().build();
        } catch (PaymentProvider.UnreadableNoticeException e) {
            LOG.warnf("payment notice can't be read: provider=%s cause=%s", name, e.getMessage());
            throw Problems.of(Problem.MALFORMED_REQUEST, e.code());
        }
    }

    private void apply(String provider, PaymentNotice notice) {
        switch (notice) {
            case PaymentNotice.Paid paid -> tell(provider, paid.paymentId(), payments.take(provider, paid));
            case PaymentNotice.Refunded refunded ->
                tell(provider, refunded.paymentId(), payments.take(provider, refunded));
            case PaymentNotice.Passing passing ->
                LOG.infof(
                        "payment noticed: provider=%s paymentId=%s event=%s",
                        provider, passing.paymentId(), passing.event());
        }
    }

    private void tell(String provider, String paymentId, PaymentOutcome outcome) {
        metrics.counter("reklamai.payments", "provider", provider, "outcome", outcome.text())
                .increment();
        if (outcome.needsPerson()) {
            LOG.errorf("payment needs a person: provider=%s paymentId=%s outcome=%s", provider, paymentId, outcome);
        } else {
            LOG.infof("payment noticed: provider=%s paymentId=%s outcome=%s", provider, paymentId, outcome);
        }
    }
}
