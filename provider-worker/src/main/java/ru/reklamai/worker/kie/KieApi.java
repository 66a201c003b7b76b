package ru.reklamai.worker.kie;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** KIE's paths; bodies are read as text, since an outage may bring HTML where JSON was promised. */
@RegisterRestClient(configKey = "kie")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.WILDCARD)
interface KieApi {

    @POST
    @Path("/api/v1/jobs/createTask")
    Response createMarketTask(@HeaderParam("Authorization") String bearer, String body);

    @GET
    @Path("/api/v1/jobs/recordInfo")
    Response marketRecord(@HeaderParam("Authorization") String bearer, @QueryParam("taskId") String taskId);

    @POST
    @Path("/api/v1/common/download-url")
    Response downloadUrl(@HeaderParam("Authorization") String bearer, String body);
}
