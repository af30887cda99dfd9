package dev.skete.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.skete.agent", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {
    @ArchTest
    static final ArchRule command_lines_are_composed_without_io = classes()
            .that()
            .resideInAPackage("..agent.vmm..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "..agent.vmm..",
                    "..agent.refusal..",
                    "dev.skete.api..",
                    "java.lang..",
                    "java.util..",
                    "java.net",
                    "org.jspecify..")
            .because("a tool without a cluster or a node reuses them (DESIGN §6)");

    @ArchTest
    static final ArchRule native_calls_and_wiring_know_nothing_of_launches = noClasses()
            .that()
            .resideInAnyPackage("..agent.linux..", "..agent.net..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..agent.launch..",
                    "..agent.vmm..",
                    "..agent.qmp..",
                    "..agent.report..",
                    "..agent.device..",
                    "..agent.peer..");

    @ArchTest
    static final ArchRule what_a_guest_needs_to_start_does_not_know_the_api_server = noClasses()
            .that()
            .resideInAnyPackage(
                    "..agent.device..",
                    "..agent.launch..",
                    "..agent.linux..",
                    "..agent.net..",
                    "..agent.peer..",
                    "..agent.qmp..",
                    "..agent.vmm..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8..")
            .because("a guest must start while the API server is away (DESIGN §1)");

    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching("dev.skete.agent.(*)..").should().beFreeOfCycles();
}
