package ru.reklamai.worker.kie;

import io.quarkus.rest.client.reactive.Url;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.File;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.PartType;
import org.jboss.resteasy.reactive.RestForm;

/** KIE over HTTP; bodies are read as text, since an outage may bring HTML where JSON was promised. */
@RegisterRestClient(configKey = "kie")
@Produces(MediaType.WILDCARD)
interface KieApi {

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    Response post(@Url String address, @HeaderParam("Authorization") String bearer, String body);

    @GET
    Response get(@Url String address, @HeaderParam("Authorization") String bearer, @QueryParam("taskId") String taskId);

    @GET
    Response get(@Url String address, @HeaderParam("Authorization") String bearer);

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    Response upload(
            @Url String address,
            @HeaderParam("Authorization") String bearer,
            @RestForm @PartType(MediaType.APPLICATION_OCTET_STREAM) File file,
            @RestForm String uploadPath,
            @RestForm String fileName);
}
