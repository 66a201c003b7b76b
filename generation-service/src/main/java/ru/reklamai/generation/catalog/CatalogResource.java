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
import java.util.Map;
import ru.reklamai.generation.credit.Credits;

/** What can be ordered: public, and cacheable for a minute. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
public class CatalogResource {

    private final CatalogCache cache;

    CatalogResource(CatalogCache cache) {
        this.cache = cache;
    }

    /** @param credits for one generation with the preset of its modality */
    public record ModelView(
            String key, String modality, Map<String, String> title, BigDecimal credits, List<InputField> inputFields) {}

    public record PresetView(String key, String modality, Map<String, String> title) {}

    public record Items<T>(List<T> items) {}

    @GET
    @Path("/models")
    @RunOnVirtualThread
    public Response models(@Context Request request) {
        Catalog catalog = cache.get();
        return cacheable(
                request,
                catalog.models().stream().map(model -> toView(catalog, model)).toList());
    }

    @GET
    @Path("/presets")
    @RunOnVirtualThread
    public Response presets(@Context Request request) {
        return cacheable(
                request,
                cache.get().presets().stream().map(CatalogResource::toView).toList());
    }

    private static ModelView toView(Catalog catalog, Model model) {
        BigDecimal base = catalog.presets().stream()
                .filter(preset -> preset.modality().equals(model.modality()))
                .map(Preset::credits)
                .findFirst()
                .orElse(BigDecimal.ONE);
        return new ModelView(
                model.key(),
                model.modality(),
                Map.of("ru", model.titleRu(), "en", model.titleEn()),
                Credits.toDecimal(Credits.price(base, model.priceMultiplier(), catalog.markupPercent())),
                model.inputFields());
    }

    private static PresetView toView(Preset preset) {
        return new PresetView(preset.key(), preset.modality(), Map.of("ru", preset.titleRu(), "en", preset.titleEn()));
    }

    private static Response cacheable(Request request, List<?> items) {
        EntityTag tag = new EntityTag(Integer.toHexString(items.hashCode()));
        CacheControl aMinute = new CacheControl();
        aMinute.setMaxAge(60);
        Response.ResponseBuilder notModified = request.evaluatePreconditions(tag);
        Response.ResponseBuilder answer = notModified == null ? Response.ok(new Items<>(items)) : notModified;
        return answer.tag(tag).cacheControl(aMinute).build();
    }
}
