package ru.reklamai.conventions;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.nio.file.Path;

/** The rules of shared style that a program can check; each module's ArchitectureTest runs them all over itself. */
public final class ArchitectureRules {

    @ArchTest
    static final ArchRule noFeatureCycles =
            slices().matching("ru.reklamai.*.(*)..").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule namesSayWhatAClassIs = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl");

    @ArchTest
    static final ArchRule noStandardStreams = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule noFieldInjection = GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

    @ArchTest
    static final ArchRule noSleeping =
            noClasses().should().callMethod(Thread.class, "sleep", long.class).because("a step waits for a fact");

    @ArchTest
    static final ArchRule idsAreTimeOrdered = noClasses()
            .should()
            .callMethod(java.util.UUID.class, "randomUUID")
            .because("ids are UUIDv7: index-friendly and sortable by time");

    @ArchTest
    static final ArchRule onlyRepositoriesTalkSql = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Repository")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx.mutiny.sqlclient..")
            .because("all SQL of a feature is in one place");

    @ArchTest
    static final ArchRule httpProblemsComeFromResourcesAndMappers = noClasses()
            .that(describe("are neither resources nor mappers", type -> !answersRequests(type)))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.quarkiverse.resteasy.problem..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("ru.reklamai.kit.problem.Problems")
            .because("other code returns an outcome, or throws an exception of its own");

    @ArchTest
    static final ArchRule noRepositoryKnowsWhatAResourceAnswers = noClasses()
            .that()
            .haveSimpleNameEndingWith("Repository")
            .should()
            .dependOnClassesThat(describe("are nested in a resource", ArchitectureRules::isNestedInResource))
            .allowEmptyShould(true)
            .because("records of a feature are its own, resources show them");

    /** Reads the SQL itself, so the module's own folder must be the working directory, as it is for Maven. */
    @ArchTest
    static void everyTableHasOneOwner(JavaClasses classes) {
        assertThat(TableOwners.violations(Path.of(""))).isEmpty();
    }

    private ArchitectureRules() {}

    private static boolean answersRequests(JavaClass type) {
        JavaClass outermost = outermost(type);
        return outermost.getSimpleName().endsWith("Resource")
                || outermost.getPackageName().equals("ru.reklamai.kit.problem")
                || outermost.isAssignableTo("jakarta.ws.rs.ext.ExceptionMapper")
                || outermost.getMethods().stream()
                        .anyMatch(method ->
                                method.isAnnotatedWith("org.jboss.resteasy.reactive.server.ServerExceptionMapper"));
    }

    private static boolean isNestedInResource(JavaClass type) {
        return type.getEnclosingClass().isPresent()
                && outermost(type).getSimpleName().endsWith("Resource");
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureRules::outermost).orElse(type);
    }
}
