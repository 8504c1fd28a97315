package floe.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.camel.RoutesBuilder;

@AnalyzeClasses(
        packages = {"floe", "routes"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule theEventKnowsNoFramework = noClasses()
            .that()
            .resideInAPackage("floe.change")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.camel..", "io.quarkus..", "io.debezium..", "software.amazon..");

    @ArchTest
    static final ArchRule onlyTheApplicationKnowsQuarkus = noClasses()
            .that()
            .resideOutsideOfPackages("floe.app", "floe.cli", "floe.web")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.quarkus..", "jakarta.enterprise..", "jakarta.inject..", "org.eclipse.microprofile..");

    @ArchTest
    static final ArchRule onlyOneRoomKnowsDebezium = noClasses()
            .that()
            .resideOutsideOfPackage("floe.debezium")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.debezium..", "org.apache.kafka..", "org.apache.camel.component.debezium..");

    @ArchTest
    static final ArchRule twoRoomsKnowTheBinlogClient = noClasses()
            .that()
            .resideOutsideOfPackages("floe.debezium", "floe.binlog")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.github.shyiko..");

    @ArchTest
    static final ArchRule theBinlogKnowsNoCamel = noClasses()
            .that()
            .resideInAnyPackage("floe.binlog", "floe.state", "floe.encoding")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule captureKnowsNeitherWhatReadsNorWhatWrites = noClasses()
            .that()
            .resideInAPackage("floe.capture")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("floe.debezium", "floe.encoding");

    @ArchTest
    static final ArchRule routesAreOnlyRoutes = classes()
            .that()
            .resideInAPackage("routes")
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .beAssignableTo(RoutesBuilder.class);

    @ArchTest
    static final ArchRule nothingThatRunsKnowsTheLocalWorld =
            noClasses().should().dependOnClassesThat().resideInAPackage("local..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("floe.(*)..").should().beFreeOfCycles();
}
