package app.holdfast.desktop;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import app.holdfast.core.api.Command;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/// The rules of ARCHITECTURE.md that only the app has to keep, for the packages under one root.
final class ScreenRules {

    private static final String CORE = "app.holdfast.core";
    private static final Set<String> OPEN_TO_ALL = Set.of(CORE, CORE + ".api", CORE + ".model", CORE + ".extension");

    private ScreenRules() {
    }

    static ArchRule onlyFourPackagesOfCoreAreKnown(String root) {
        return noClasses().should().dependOnClassesThat(describe("are core's own affair", ScreenRules::isInsideCore))
                .because("core must be free to change inside");
    }

    static ArchRule onlyLiveTouchesTheFxThread(String root) {
        return noClasses().that().doNotHaveFullyQualifiedName(root + ".fx.Live")
                .should().accessTargetWhere(describe("something is handed to the JavaFX thread",
                        access -> access.getTargetOwner().getName().equals("javafx.application.Platform")
                                && access.getTarget().getName().equals("runLater")))
                .because("one bridge can be read, and forgets answers that are out of date");
    }

    static ArchRule viewsHoldNoLogic(String root) {
        return noClasses().that().haveSimpleNameEndingWith("View")
                .should().dependOnClassesThat().areAssignableTo(Command.class)
                .because("what is decided is tested without a window");
    }

    static ArchRule noSqlAndNoQuic(String root) {
        return noClasses().should().dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.sqlite..", "org.jooq..", "org.flywaydb..", "tech.kwik..",
                        "app.holdfast.tls..", "org.bouncycastle..", "javax.crypto..")
                .because("a screen asks core");
    }

    static ArchRule onlyTheCommandLineSpeaksToTheTerminal(String root) {
        return noClasses().that().resideOutsideOfPackages(root, root + ".cli..")
                .should().accessField(System.class, "out").orShould().accessField(System.class, "err")
                .orShould().callMethod(System.class, "exit", int.class)
                .because("standard output is a document that scripts read");
    }

    private static boolean isInsideCore(JavaClass type) {
        String packageName = type.getPackageName();
        boolean inCore = packageName.equals(CORE) || packageName.startsWith(CORE + ".");
        return inCore && !OPEN_TO_ALL.contains(packageName);
    }
}
