package ru.reklamai.auth.key;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The public keys with which every service checks tokens by itself. */
@Path("/.well-known/jwks.json")
@Tag(name = "auth")
@Produces(MediaType.APPLICATION_JSON)
public class JwksResource {

    private final SigningKey key;

    JwksResource(SigningKey key) {
        this.key = key;
    }

    public record Jwks(@Schema(examples = """
                    [
                      {
                        "kty": "RSA",
                        "use": "sig",
                        "alg": "RS256",
                        "kid": "nKX1…",
                        "n": "0vx7…",
                        "e": "AQAB"
                      }
                    ]""") List<Map<String, String>> keys) {}

    @GET
    @Operation(
            operationId = "getKeys",
            summary = "The public keys that access tokens are signed with",
            description = "For programs that check tokens by themselves (RFC 7517).")
    @APIResponseSchema(value = Jwks.class, responseCode = "200")
    public Response keys() {
        CacheControl fiveMinutes = new CacheControl();
        fiveMinutes.setMaxAge(300);
        return Response.ok(new Jwks(List.of(key.publicJwk())))
                .cacheControl(fiveMinutes)
                .build();
    }
}
