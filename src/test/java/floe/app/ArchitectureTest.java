package floe.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.spi.Registry;

@AnalyzeClasses(
        packages = {"floe", "routes"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** Beyond that a room is several. */
    private static final double LARGEST_ROOM_PERCENT = 12.5;

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
            .resideInAnyPackage("floe.debezium", "floe.snapshot", "floe.encoding");

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

    @ArchTest
    static final ArchRule noBeanLooksForAnother = noClasses()
            .that()
            .resideOutsideOfPackage("floe.app")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Registry.class);

    @ArchTest
    static final ArchRule settingsAreReadThroughALookup = noClasses()
            .that()
            .resideOutsideOfPackages("floe.app", "floe.cli")
            .and()
            .doNotHaveSimpleName("CamelLookup")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(PropertiesComponent.class);

    /** The house from the ground up: a room may use those on its own floor and below. Its map: docs/architecture.md. */
    private static final List<List<String>> FLOORS = List.of(
            List.of("settings", "change"),
            List.of("health", "metrics", "aws"),
            List.of("mysql", "binlog", "kinesis", "snowflake", "staging"),
            List.of("ledger"),
            List.of("state", "oversize", "progress", "letters", "templates"),
            List.of("capture", "load", "requests"),
            List.of("encoding", "debezium", "snapshot"),
            List.of("cli", "web"),
            List.of("app"));

    @ArchTest
    static final ArchRule nothingRunsUpwards = classes()
            .that()
            .resideInAPackage("floe..")
            .should(new ArchCondition<>("use only rooms on the same floor or below") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    for (Dependency use : type.getDirectDependenciesFromSelf()) {
                        JavaClass used = use.getTargetClass().getBaseComponentType();
                        if (used.getPackageName().startsWith("floe.") && floor(used) > floor(type)) {
                            events.add(SimpleConditionEvent.violated(use, use.getDescription()));
                        }
                    }
                }
            });

    private static int floor(JavaClass type) {
        String room = room(type.getPackageName());
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            if (FLOORS.get(floor).contains(room)) {
                return floor;
            }
        }
        throw new AssertionError("The room floe." + room + " is on no floor");
    }

    private static String room(String packageName) {
        return packageName.replaceFirst("floe\\.", "").replaceFirst("\\..*", "");
    }

    @ArchTest
    static void noRoomHoldsTooMuchOfTheHouse(JavaClasses ignored) throws IOException {
        Map<String, Long> lines = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/floe"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                try (Stream<String> text = Files.lines(file)) {
                    lines.merge(file.getParent().getFileName().toString(), text.count(), Long::sum);
                }
            }
        }
        long all = lines.values().stream().mapToLong(Long::longValue).sum();

        assertThat(lines).isNotEmpty().allSatisfy((room, size) -> assertThat(100.0 * size / all)
                .as("percent of all lines in floe." + room)
                .isLessThan(LARGEST_ROOM_PERCENT));
    }
}
