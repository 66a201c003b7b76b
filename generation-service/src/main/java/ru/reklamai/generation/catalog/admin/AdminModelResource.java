package ru.reklamai.generation.catalog.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import ru.reklamai.events.ProviderFamily;
import ru.reklamai.generation.catalog.CatalogCache;
import ru.reklamai.generation.user.CurrentUser;
import ru.reklamai.kit.message.Text;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** Models, as admins see and change them. Every instance offers a change at once; what is ordered keeps its price. */
@Path("/api/v1/admin/models")
@Tag(name = "admin")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("admin")
@Consumes(MediaType.APPLICATION_JSON)
public class AdminModelResource {

    static final String KEY = "[A-Za-z0-9][A-Za-z0-9._/-]{0,99}";
    private static final Logger LOG = Logger.getLogger(AdminModelResource.class);

    private final AdminCatalogRepository catalog;
    private final CatalogCache cache;
    private final CurrentUser admin;

    AdminModelResource(AdminCatalogRepository catalog, CatalogCache cache, CurrentUser admin) {
        this.catalog = catalog;
        this.cache = cache;
        this.admin = admin;
    }

    public record AllModels(List<ModelRow> items) {}

    @GET
    @Operation(operationId = "listAllModels", summary = "All models, disabled ones too")
    @RunOnVirtualThread
    public AllModels list() {
        return new AllModels(catalog.findModels());
    }

    /** Creates or replaces it; a key may hold slashes. */
    @PUT
    @Path("/{key: .+}")
    @Operation(
            operationId = "putModel",
            summary = "Create or replace a model",
            description = "A key may hold slashes, as in google/nano-banana. All instances offer it at once.")
    @RunOnVirtualThread
    public ModelRow put(@PathParam("key") @Pattern(regexp = KEY) String key, @NotNull @Valid ModelInput model) {
        ProviderFamily family = ProviderFamily.of(model.family()).orElseThrow();
        Map<String, Text> violations = InputFieldCheck.violations(family, model.inputFields());
        if (!violations.isEmpty()) {
            throw Problems.invalidFields(violations);
        }
        catalog.putModel(key, model, admin.id());
        cache.changed();
        LOG.infof("model put: model=%s enabled=%s adminId=%s", key, model.enabled(), admin.id());
        return catalog.findModels().stream()
                .filter(row -> row.key().equals(key))
                .findFirst()
                .orElseThrow(AdminModelResource::unknown);
    }

    /** What was made with it stays. */
    @DELETE
    @Path("/{key: .+}")
    @Operation(operationId = "deleteModel", summary = "Delete a model", description = "What was made with it stays.")
    @APIResponse(responseCode = "204")
    @RunOnVirtualThread
    public Response delete(@PathParam("key") @Pattern(regexp = KEY) String key) {
        if (!catalog.deleteModel(key, admin.id())) {
            throw unknown();
        }
        cache.changed();
        LOG.infof("model deleted: model=%s adminId=%s", key, admin.id());
        return Response.noContent().build();
    }

    private static RuntimeException unknown() {
        return Problems.of(Problem.NOT_FOUND, MessageCode.MODEL_NOT_FOUND);
    }
}
