package ru.reklamai.generation.catalog.admin;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ru.reklamai.conventions.TestKeys;
import ru.reklamai.generation.TestCaller;
import ru.reklamai.generation.TestDatabase;
import ru.reklamai.generation.generation.ProviderEvents;

@QuarkusTest
@QuarkusTestResource(TestKeys.class)
class AdminCatalogTest {

    @Inject
    RedisDataSource redis;

    @Inject
    TestDatabase database;

    @Inject
    ProviderEvents provider;

    private final String key = "test/model-" + UuidCreator.getTimeOrderedEpoch();
    private TestCaller admin;
    private TestCaller user;

    @BeforeEach
    void register() {
        admin = TestCaller.admin();
        user = TestCaller.user();
    }

    @AfterEach
    void putBack() {
        admin.delete("admin/models/" + key);
        for (String setting : List.of("maintenance_mode", "markup_percent")) {
            admin.put("admin/settings/" + setting, Map.of("value", setting.startsWith("main") ? (Object) false : 0));
        }
    }

    @Test
    void aNewModelCanBeOrderedAtOnceAndADisabledOneNotAnyMore() {
        admin.put("admin/models/" + key, model(Map.of())).statusCode(200).body("key", equalTo(key));
        user.get("models").body("items.key", hasItem(key));
        order().statusCode(202);
        admin.put("admin/models/" + key, model(Map.of("enabled", false))).statusCode(200);
        user.get("models").body("items.key", not(hasItem(key)));
        order().statusCode(422);
        admin.get("admin/models").body("items.find { it.key == '" + key + "' }.enabled", equalTo(false));
        admin.delete("admin/models/" + key).statusCode(204);
        admin.delete("admin/models/" + key).statusCode(404);
    }

    @Test
    void whatAFamilyDoesNotKnowIsRefused() {
        Map<String, Object> wrong = model(Map.of(
                "family",
                "veo",
                "inputFields",
                List.of(
                        Map.of("name", "prompt", "from", "prompt"),
                        Map.of("name", "colour", "from", "params", "type", "string"),
                        Map.of("name", "seeds", "from", "elsewhere"),
                        Map.of("name", "watermark", "from", "params", "type", "text"),
                        Map.of("name", "seeds", "from", "params", "type", "integer", "default", "x"))));
        admin.put("admin/models/" + key, wrong)
                .statusCode(422)
                .body(
                        "violations.field",
                        hasItems(
                                "inputFields[1].name",
                                "inputFields[2].from",
                                "inputFields[3].type",
                                "inputFields[4].default"));
    }

    @Test
    void aModelNeedsAllThatAnOrderNeeds() {
        admin.put("admin/models/" + key, Map.of("family", "unknown", "priceMultiplier", -1))
                .statusCode(422)
                .body(
                        "violations.field",
                        hasItems("providerModel", "family", "modality", "title", "inputFields", "priceMultiplier"));
    }

    @Test
    void aPresetIsMadeAndDeleted() {
        Map<String, Object> preset = Map.of(
                "modality",
                "image",
                "title",
                Map.of("ru", "Тест", "en", "Test"),
                "credits",
                2.5,
                "enabled",
                true,
                "position",
                99);
        admin.put("admin/presets/test-preset", preset).statusCode(200).body("credits", equalTo(2.5f));
        user.get("presets").body("items.key", hasItem("test-preset"));
        user.post(
                        "generate/estimate",
                        Map.of("presetKey", "test-preset", "modelKey", "google/nano-banana", "prompt", "x"))
                .body("credits", equalTo(2.5f));
        admin.delete("admin/presets/test-preset").statusCode(204);
        user.get("presets").body("items.key", not(hasItem("test-preset")));
    }

    @Test
    void theMarkupCountsFromTheNextOrderOn() {
        admin.put("admin/settings/markup_percent", Map.of("value", 12.5))
                .statusCode(200)
                .body("settings.markup_percent", equalTo(12.5f));
        user.post(
                        "generate/estimate",
                        Map.of("presetKey", "image-gen", "modelKey", "google/nano-banana", "prompt", "x"))
                .body("credits", equalTo(1.13f));
    }

    @Test
    void maintenanceTakesNoOrdersAndEndsWhatRuns() {
        var running = user.newGeneration("a cup");
        admin.put("admin/settings/maintenance_mode", Map.of("value", true)).statusCode(200);
        user.order("a plate")
                .statusCode(503)
                .body("type", equalTo("/problems/maintenance"))
                .header("Retry-After", matchesPattern("\\d+"));
        provider.succeeded(running, user.id());
        user.get("generations/" + running).body("status", equalTo("succeeded"));
        admin.put("admin/settings/maintenance_mode", Map.of("value", false)).statusCode(200);
        user.order("a plate").statusCode(202);
    }

    @Test
    void limitsHoldByRole() {
        Object before = admin.get("admin/settings").extract().path("settings.limits");
        Map<String, Object> limits =
                Map.of("user", Map.of("active", 2, "perDay", 3), "admin", Map.of("active", 100, "perDay", 100));
        admin.put("admin/settings/limits", Map.of("value", limits)).statusCode(200);
        try {
            user.order("a cup", "count", 2).statusCode(202);
            user.order("a cup").statusCode(429).body("type", equalTo("/problems/quota-reached"));
            List<String> ids = user.get("generations").extract().path("items.id");
            ids.forEach(id -> user.post("generations/" + id + "/cancel", Map.of()));
            user.order("a cup").statusCode(202);
            user.order("a cup").statusCode(429);
            admin.order("a cup", "count", 4).statusCode(202);
        } finally {
            admin.put("admin/settings/limits", Map.of("value", before)).statusCode(200);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "markup_percent|-1",
                "markup_percent|\"5\"",
                "markup_percent|1.234",
                "maintenance_mode|1",
                "refund_on_cancel|\"yes\"",
                "sign_up_credits_hundredths|1.5",
                "kopecks_per_credit|0",
                "limits|{}",
                "limits|{\"user\":{\"active\":0,\"perDay\":1},\"admin\":{\"active\":1,\"perDay\":1}}",
            })
    void aWrongValueIsRefused(String setting, String value) {
        admin.put("admin/settings/" + setting, "{\"value\":" + value + "}")
                .statusCode(422)
                .body("violations.field", hasItem("value"));
    }

    @Test
    void anUnknownSettingIs404() {
        admin.put("admin/settings/colour", Map.of("value", 1)).statusCode(404);
    }

    @Test
    void aMessageDropsTheCacheOfEveryInstance() {
        user.get("models").body("items.key", not(hasItem(key)));
        insertBehindTheCache();
        redis.pubsub(String.class).publish("catalog-changed", "changed");
        await().until(() ->
                user.get("models").extract().<List<String>>path("items.key").contains(key));
    }

    @Test
    void aBrokenSubscriptionComesBackAndDropsTheCache() {
        user.get("models").body("items.key", not(hasItem(key)));
        insertBehindTheCache();
        redis.execute("CLIENT", "KILL", "TYPE", "pubsub");
        await().until(() ->
                user.get("models").extract().<List<String>>path("items.key").contains(key));
    }

    @Test
    void everyChangeIsInTheAuditLog() {
        admin.put("admin/models/" + key, model(Map.of())).statusCode(200);
        admin.delete("admin/models/" + key).statusCode(204);
        admin.get("admin/audit?subject=model:" + key)
                .statusCode(200)
                .body("items.action", equalTo(List.of("model.delete", "model.put")))
                .body("items[0].actorId", equalTo(admin.id().toString()))
                .body("items[1].details.family", equalTo("market"));
        admin.get("admin/audit?limit=1&actorId=" + admin.id()).body("items", hasSize(1));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, admin/models",
        "GET, admin/presets",
        "GET, admin/settings",
        "GET, admin/audit",
        "GET, admin/generations",
        "GET, admin/dead-letters",
        "GET, admin/reconciliation",
        "DELETE, admin/models/veo3",
        "DELETE, admin/presets/image-gen",
        "PUT, admin/settings/markup_percent",
    })
    void usersAreNoAdmins(String method, String path) {
        user.request()
                .contentType("application/json")
                .request(method, "/api/v1/" + path)
                .then()
                .statusCode(403);
    }

    private void insertBehindTheCache() {
        database.execute("""
                INSERT INTO studio.models (key, provider_model, family, modality, title_ru, title_en, input_fields,
                                           deadline_seconds, price_multiplier)
                VALUES ('%s', 'x', 'market', 'image', 'x', 'x', '[]', 100, 1)
                """.formatted(key));
    }

    private io.restassured.response.ValidatableResponse order() {
        return user.post("generate", Map.of("presetKey", "image-gen", "modelKey", key, "prompt", "x"));
    }

    private static Map<String, Object> model(Map<String, Object> changes) {
        Map<String, Object> model = new HashMap<>(Map.of(
                "providerModel",
                "test/model",
                "family",
                "market",
                "modality",
                "image",
                "title",
                Map.of("ru", "Тест", "en", "Test"),
                "inputFields",
                List.of(Map.of("name", "prompt", "from", "prompt", "required", true, "max", 500)),
                "deadlineSeconds",
                600,
                "priceMultiplier",
                1.5,
                "enabled",
                true,
                "position",
                99));
        model.putAll(changes);
        return model;
    }
}
