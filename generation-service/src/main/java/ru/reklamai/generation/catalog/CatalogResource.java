package ru.reklamai.generation.catalog;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import ru.reklamai.generation.credit.Credits;

/** What can be ordered: public, and cacheable for a minute. */
@Path("/api/v1")
@Tag(name = "catalogue")
@Produces(MediaType.APPLICATION_JSON)
public class CatalogResource {

    private final CatalogCache cache;

    CatalogResource(CatalogCache cache) {
        this.cache = cache;
    }

    /** @param credits for one generation with the preset of its modality */
    public record ModelView(
            @Schema(examples = "google/nano-banana") String key,

            @Schema(enumeration = {"image", "edit", "video", "audio"})
            String modality,

            Title title,
            @Schema(examples = "1.0") BigDecimal credits,
            List<InputField> inputFields) {}

    public record PresetView(
            @Schema(examples = "image-gen") String key,

            @Schema(enumeration = {"image", "edit", "video", "audio"})
            String modality,

            Title title) {}

    public record ModelList(List<ModelView> items) {}

    public record PresetList(List<PresetView> items) {}

    @GET
    @Path("/models")
    @Operation(
            operationId = "listModels",
            summary = "Models that can be ordered",
            description = "Send the ETag back as If-None-Match to get 304 while nothing has changed.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ModelList.class)))
    @RunOnVirtualThread
    public Response models(@Context Request request) {
        Catalog catalog = cache.get();
        return cacheable(
                request,
                new ModelList(catalog.models().stream()
                        .map(model -> toView(catalog, model))
                        .toList()));
    }

    @GET
    @Path("/presets")
    @Operation(operationId = "listPresets", summary = "Presets: the kinds of work")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PresetList.class)))
    @RunOnVirtualThread
    public Response presets(@Context Request request) {
        return cacheable(
                request,
                new PresetList(cache.get().presets().stream()
                        .map(CatalogResource::toView)
                        .toList()));
    }

    private static ModelView toView(Catalog catalog, Model model) {
        return new ModelView(
                model.key(),
                model.modality(),
                new Title(model.titleRu(), model.titleEn()),
                Credits.toDecimal(catalog.usualPrice(model)),
                model.inputFields());
    }

    private static PresetView toView(Preset preset) {
        return new PresetView(preset.key(), preset.modality(), new Title(preset.titleRu(), preset.titleEn()));
    }

    private static Response cacheable(Request request, Record list) {
        EntityTag tag = new EntityTag(Integer.toHexString(list.hashCode()));
        CacheControl aMinute = new CacheControl();
        aMinute.setMaxAge(60);
        Response.ResponseBuilder notModified = request.evaluatePreconditions(tag);
        Response.ResponseBuilder answer = notModified == null ? Response.ok(list) : notModified;
        return answer.tag(tag).cacheControl(aMinute).build();
    }
}
