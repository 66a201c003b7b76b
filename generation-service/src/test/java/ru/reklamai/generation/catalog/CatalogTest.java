package ru.reklamai.generation.catalog;

import static io.restassured.RestAssured.given;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import ru.reklamai.conventions.TestKeys;

@QuarkusTest
@QuarkusTestResource(TestKeys.class)
class CatalogTest {

    @Test
    void theCatalogueIsNotSentAgainToWhoHasIt() {
        String tag =
                given().get("/api/v1/models").then().statusCode(200).extract().header("ETag");
        given().header("If-None-Match", tag).get("/api/v1/models").then().statusCode(304);
    }

    @Test
    void onlyJsonIsAnswered() {
        given().accept("text/csv").get("/api/v1/models").then().statusCode(406);
    }
}
