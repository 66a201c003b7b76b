package ru.reklamai.status.replay;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
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

    record Changes(List<UserUpdate> items, Instant at) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
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
    Changes changes(@HeaderParam("Authorization") String bearer, @QueryParam("since") Instant since);

    @GET
    @Path("/{id}")
    Generation one(@HeaderParam("Authorization") String bearer, @PathParam("id") UUID id);
}
