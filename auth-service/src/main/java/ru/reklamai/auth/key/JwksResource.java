package ru.reklamai.auth.key;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** The public keys with which every service checks tokens by itself. */
@Path("/.well-known/jwks.json")
@Produces(MediaType.APPLICATION_JSON)
public class JwksResource {

    private final SigningKey key;

    JwksResource(SigningKey key) {
        this.key = key;
    }

    public record Jwks(List<Map<String, String>> keys) {}

    @GET
    @APIResponseSchema(value = Jwks.class, responseCode = "200")
    public Response keys() {
        CacheControl fiveMinutes = new CacheControl();
        fiveMinutes.setMaxAge(300);
        return Response.ok(new Jwks(List.of(key.publicJwk())))
                .cacheControl(fiveMinutes)
                .build();
    }
}
