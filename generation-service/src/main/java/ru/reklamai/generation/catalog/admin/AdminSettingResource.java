package ru.reklamai.generation.catalog.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import ru.reklamai.generation.catalog.CatalogCache;
import ru.reklamai.generation.user.CurrentUser;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** Settings that admins change while the system runs. */
@Path("/api/v1/admin/settings")
@Tag(name = "admin")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("admin")
@Consumes(MediaType.APPLICATION_JSON)
public class AdminSettingResource {

    private static final Logger LOG = Logger.getLogger(AdminSettingResource.class);

    private final AdminCatalogRepository catalog;
    private final CatalogCache cache;
    private final CurrentUser admin;

    AdminSettingResource(AdminCatalogRepository catalog, CatalogCache cache, CurrentUser admin) {
        this.catalog = catalog;
        this.cache = cache;
        this.admin = admin;
    }

    public record Settings(@Schema(examples = """
                    {
                      "kopecks_per_credit": 1000,
                      "limits": {
                        "user": {"active": 100, "perDay": 2000},
                        "admin": {"active": 1000, "perDay": 20000}
                      },
                      "maintenance_mode": false,
                      "markup_percent": 0,
                      "refund_on_cancel": true,
                      "sign_up_credits_hundredths": 10000
                    }""") Map<String, Object> settings) {}

    /** @param value of the type that the setting has */
    public record SettingValue(
            @NotNull @Schema(required = true, examples = "true")
            JsonNode value) {}

    @GET
    @Operation(operationId = "getSettings", summary = "All settings")
    @RunOnVirtualThread
    public Settings all() {
        return new Settings(catalog.findSettings());
    }

    @PUT
    @Path("/{key}")
    @Operation(
            operationId = "putSetting",
            summary = "Change a setting",
            description = "In force at once, on all instances. While maintenance_mode is true no orders are "
                    + "taken, and what is ordered is finished.")
    @RunOnVirtualThread
    public Settings put(@PathParam("key") String key, @NotNull @Valid SettingValue value) {
        Setting setting =
                Setting.of(key).orElseThrow(() -> Problems.of(Problem.NOT_FOUND, MessageCode.SETTING_NOT_FOUND));
        setting.violation(value.value()).ifPresent(violation -> {
            throw Problems.invalidFields(Map.of("value", violation));
        });
        catalog.putSetting(setting, value.value(), admin.id());
        cache.changed();
        LOG.infof("setting put: setting=%s value=%s adminId=%s", setting.key(), value.value(), admin.id());
        return all();
    }
}
