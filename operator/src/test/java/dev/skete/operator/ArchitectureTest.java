package dev.skete.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rules of DESIGN §6 and docs/architecture.md: decisions are pure, so that tables test them and a CLI can reuse them. */
@AnalyzeClasses(packages = "dev.skete.operator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] PURE = {"..unikernel.compile..", "..unikernel.status..", "..unikernel.accelerator.."};

    @ArchTest
    static final ArchRule decisionsAreMadeWithoutClientsFilesOrInjection = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.fabric8.kubernetes.client..",
                    "io.javaoperatorsdk..",
                    "io.quarkus..",
                    "jakarta..",
                    "java.io..",
                    "java.nio..");

    @ArchTest
    static final ArchRule decisionsDoNotReadTheClock = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.time.Clock.class);

    @ArchTest
    static final ArchRule packagesFormNoCycles =
            slices().matching("dev.skete.operator.(**)").should().beFreeOfCycles();
}
