package ru.reklamai.auth.mail;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** Proof that a user reads the mailbox of the account. */
@Path("/api/v1/auth/verification")
@Tag(name = "auth")
@Consumes(MediaType.APPLICATION_JSON)
public class VerificationResource {

    private static final Logger LOG = Logger.getLogger(VerificationResource.class);

    private final Mails mails;
    private final JsonWebToken token;

    VerificationResource(Mails mails, JsonWebToken token) {
        this.mails = mails;
        this.token = token;
    }

    /** @param token from the link in the mail */
    public record EmailProof(
            @NotBlank @Size(max = 100) @Schema(examples = "AZfwoDwaAAA…")
            String token) {}

    /** Sends the mail once more, unless the address is verified or the last mail is less than a minute old. */
    @POST
    @Operation(
            operationId = "sendVerification",
            summary = "Have the verification mail sent again",
            description = "At most once a minute, and only while the address is not verified.")
    @Authenticated
    @APIResponse(responseCode = "202")
    @RunOnVirtualThread
    public Response sendAgain() {
        mails.order(Mails.Purpose.VERIFY_EMAIL, UUID.fromString(token.getSubject()));
        return Response.accepted().build();
    }

    @POST
    @Path("/confirm")
    @Operation(operationId = "confirmVerification", summary = "Verify the address with the link from the mail")
    @APIResponse(responseCode = "204")
    @APIResponse(responseCode = "410", description = "The link was used or is too old.")
    @RunOnVirtualThread
    public Response confirm(@NotNull @Valid EmailProof proof) {
        UUID user = mails.use(Mails.Purpose.VERIFY_EMAIL, proof.token())
                .orElseThrow(() -> Problems.of(Problem.LINK_ENDED, MessageCode.LINK_ENDED));
        LOG.infof("e-mail verified: userId=%s", user);
        return Response.noContent().build();
    }
}
