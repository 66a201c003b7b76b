package ru.reklamai.generation.catalog.admin;

import ru.reklamai.message.MessageCode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;
import ru.reklamai.generation.user.CurrentUser;
import ru.reklamai.problem.Problem;
import ru.reklamai.kit.problem.Problems;

/** Models, as admins see and change them. Every instance offers a change at once; what is ordered keeps its price. */
@Path("/api/v1/admin/models")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("admin")
@Consumes(MediaType.APPLICATION_JSON)
public class AdminModelResource {

    static final String KEY = "[A-Za-z0-9][A-Za-z0-9._/-]{0,99}";
    static final String MODALITIES = "image|edit|video|audio";
    private static final Logger LOG = Logger.getLogger(AdminModelResource.class);

    private final AdminCatalogRepository catalog;
    private final CatalogCache cache;
    private final CurrentUser admin;
    private final ObjectMapper json;

    AdminModelResource(AdminCatalogRepository catalog, CatalogCache cache, CurrentUser admin, ObjectMapper json) {
        this.catalog = catalog;
        this.cache = cache;
        this.admin = admin;
        this.json = json;
    }

    /** @param inputFields as {@link InputField} describes them */
    public record ModelRow(
            String key,
            String providerModel,
            String family,
            String modality,
            Title title,
            List<?> inputFields,
            int deadlineSeconds,
            BigDecimal priceMultiplier,
            boolean enabled,
            int position) {}

    public record AllModels(List<ModelRow> items) {}

    /**
     * @param providerModel the provider's own name of the model
     * @param deadlineSeconds how long a user waits at the most
     * @param priceMultiplier of the preset's credits
     */
    public record ModelInput(
            @NotBlank @Size(max = 200) String providerModel,

            @NotNull @Pattern(regexp = "market|veo|gpt4o-image|flux-kontext|runway|suno")
            String family,

            @NotNull @Pattern(regexp = MODALITIES) String modality,
            @NotNull @Valid Title title,
            @NotEmpty @Size(max = 50) List<@NotNull InputField> inputFields,
            @NotNull @Min(10) @Max(7200) Integer deadlineSeconds,

            @NotNull @DecimalMin(value = "0", inclusive = false) @DecimalMax("1000") @Digits(integer = 4, fraction = 4)
            BigDecimal priceMultiplier,

            @NotNull Boolean enabled,
            @NotNull @Min(0) @Max(100_000) Integer position) {}

    @GET
    @RunOnVirtualThread
    public AllModels list() {
        return new AllModels(catalog.findModels());
    }

    /** Creates or replaces it; a key may hold slashes. */
    @PUT
    @Path("/{key: .+}")
    @RunOnVirtualThread
    public ModelRow put(@PathParam("key") @Pattern(regexp = KEY) String key, @NotNull @Valid ModelInput model) {
        FamilyInputs family = FamilyInputs.of(model.family()).orElseThrow();
        Map<String, String> violations = InputFieldCheck.violations(family, model.inputFields());
        if (!violations.isEmpty()) {
            throw Problems.invalidFields(violations);
        }
        catalog.putModel(key, model, write(model.inputFields()), admin.id());
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

    private String write(List<InputField> fields) {
        try {
            return json.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Input fields can't be written as JSON", e);
        }
    }

    private static RuntimeException unknown() {
        return Problems.of(Problem.NOT_FOUND, MessageCode.MODEL_NOT_FOUND);
    }
}
