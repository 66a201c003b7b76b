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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import ru.reklamai.generation.catalog.CatalogCache;
import ru.reklamai.generation.user.CurrentUser;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** Presets, as admins see and change them. */
@Path("/api/v1/admin/presets")
@Tag(name = "admin")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("admin")
@Consumes(MediaType.APPLICATION_JSON)
public class AdminPresetResource {

    private static final Logger LOG = Logger.getLogger(AdminPresetResource.class);

    private final AdminCatalogRepository catalog;
    private final CatalogCache cache;
    private final CurrentUser admin;

    AdminPresetResource(AdminCatalogRepository catalog, CatalogCache cache, CurrentUser admin) {
        this.catalog = catalog;
        this.cache = cache;
        this.admin = admin;
    }

    public record AllPresets(List<PresetRow> items) {}

    @GET
    @Operation(operationId = "listAllPresets", summary = "All presets, disabled ones too")
    @RunOnVirtualThread
    public AllPresets list() {
        return new AllPresets(catalog.findPresets());
    }

    /** Creates or replaces it. */
    @PUT
    @Path("/{key}")
    @Operation(operationId = "putPreset", summary = "Create or replace a preset")
    @RunOnVirtualThread
    public PresetRow put(
            @PathParam("key") @Pattern(regexp = AdminModelResource.KEY) String key,
            @NotNull @Valid PresetInput preset) {
        catalog.putPreset(key, preset, admin.id());
        cache.changed();
        LOG.infof("preset put: preset=%s enabled=%s adminId=%s", key, preset.enabled(), admin.id());
        return catalog.findPresets().stream()
                .filter(row -> row.key().equals(key))
                .findFirst()
                .orElseThrow(AdminPresetResource::unknown);
    }

    @DELETE
    @Path("/{key}")
    @Operation(operationId = "deletePreset", summary = "Delete a preset")
    @APIResponse(responseCode = "204")
    @RunOnVirtualThread
    public Response delete(@PathParam("key") @Pattern(regexp = AdminModelResource.KEY) String key) {
        if (!catalog.deletePreset(key, admin.id())) {
            throw unknown();
        }
        cache.changed();
        LOG.infof("preset deleted: preset=%s adminId=%s", key, admin.id());
        return Response.noContent().build();
    }

    private static RuntimeException unknown() {
        return Problems.of(Problem.NOT_FOUND, MessageCode.PRESET_NOT_FOUND);
    }
}
