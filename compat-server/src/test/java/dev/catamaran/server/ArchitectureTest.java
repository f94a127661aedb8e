package dev.catamaran.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.springframework.context.annotation.Bean;

/** Which room may know which. */
@AnalyzeClasses(packages = "dev.catamaran", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String SERVER = "dev.catamaran.server";

    @ArchTest
    static final ArchRule JRAFT_IS_BEHIND_ONE_DOOR =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(SERVER + ".stack.jraft..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("com.alipay..");

    @ArchTest
    static final ArchRule SPRING_IS_IN_THE_SHELL_ONLY =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            SERVER + ".boot..", SERVER + ".web..", SERVER + ".ops..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.springframework..");

    @ArchTest
    static final ArchRule BEANS_ARE_MADE_IN_BOOT_ONLY =
            methods()
                    .that()
                    .areAnnotatedWith(Bean.class)
                    .should()
                    .beDeclaredInClassesThat()
                    .resideInAPackage(SERVER + ".boot..");

    @ArchTest
    static final ArchRule NOBODY_KNOWS_WHO_ASSEMBLES =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(SERVER + ".boot..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(SERVER + ".boot..");

    @ArchTest
    static final ArchRule THE_SERVER_DOES_NOT_KNOW_THE_TOOL =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("dev.catamaran.tool..");

    @ArchTest
    static final ArchRule WHAT_THE_SERVER_STANDS_ON_DOES_NOT_KNOW_IT =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "dev.catamaran.registry..",
                            "dev.catamaran.judgement..",
                            "dev.catamaran.legacyraft..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(SERVER + "..");

    @ArchTest
    static final ArchRule STACKS_DO_NOT_KNOW_WHO_USES_THEM =
            noClasses()
                    .that()
                    .resideInAPackage(SERVER + ".stack..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            SERVER + ".web..",
                            SERVER + ".ops..",
                            SERVER + ".write..",
                            SERVER + ".mirror..");
}
