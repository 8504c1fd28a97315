package local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "local")
class LocalArchitectureTest {

    @ArchTest
    static final ArchRule standInsHaveNoCycles =
            slices().matching("local.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule partsOfSnowflakeHaveNoCycles =
            slices().matching("local.snowflake.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule partsOfSnowflakeDoNotKnowTheServer = noClasses()
            .that()
            .resideInAPackage("local.snowflake.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("local.snowflake");
}
