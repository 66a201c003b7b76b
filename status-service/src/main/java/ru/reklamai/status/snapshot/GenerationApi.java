package ru.reklamai.status.snapshot;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.rest.client.reactive.jackson.ClientObjectMapper;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import ru.reklamai.events.ErrorInfo;
import ru.reklamai.events.UserUpdate;

/** The part of generation-service's API that snapshots need. */
@RegisterRestClient(configKey = "generation")
@Path("/api/v1/generations")
interface GenerationApi {

    record Changes(List<UserUpdate> items) {}

    record Generation(
            UUID id,
            int version,
            String status,
            Integer progress,
            String previewUrl,
            ErrorInfo error,
            BigDecimal finalCredits,
            Instant updatedAt) {}

    @GET
    @Path("/changes")
    Changes changes(
            @HeaderParam("Authorization") String bearer,
            @HeaderParam("Accept-Language") String language,
            @QueryParam("since") Instant since);

    @GET
    @Path("/{id}")
    Generation one(
            @HeaderParam("Authorization") String bearer,
            @HeaderParam("Accept-Language") String language,
            @PathParam("id") UUID id);

    /** A newer generation-service may tell more than this version knows. */
    @ClientObjectMapper
    static ObjectMapper json(ObjectMapper json) {
        return json.copy().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }
}
