package app.holdfast.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.regex.Pattern;

/// The rules of ARCHITECTURE.md that only core has to keep, for the packages under one root.
final class CoreRules {

    private static final Pattern KEY_TYPE = Pattern.compile(
            "java\\.security\\.(Signature|KeyPair.*|KeyFactory|KeyStore|PrivateKey|interfaces\\..*|spec\\..*)");

    private CoreRules() {
    }

    static ArchRule packagesDependOnlyDownwards(String root) {
        return classes().should(new DependOnlyDownwards(root))
                .because("a reader starts anywhere and has to read only downwards");
    }

    static ArchRule onlyTheStoreSpeaksSql(String root) {
        return noClasses().that().resideOutsideOfPackage(root + ".store..")
                .should().dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..", "org.jooq..", "org.flywaydb..")
                .because("a second place that writes would break the single-writer rule (ADR 1)");
    }

    static ArchRule nounsAreImmutable(String root) {
        return classes().that().resideInAnyPackage(root + ".model", root + ".change").and().arePublic()
                .and().areNotInterfaces().and().areNotAssignableTo(Throwable.class)
                .should().haveOnlyFinalFields()
                .because("they go from thread to thread");
    }

    static ArchRule onlyQuicKnowsKwik(String root) {
        ArchRule handshake = noClasses()
                .that().resideOutsideOfPackages(root + ".transport.quic..", root + ".transport.identity..")
                .should().dependOnClassesThat().resideInAPackage("app.holdfast.tls..")
                .because("a key is made where it is kept, proven in the handshake, and needed nowhere else");
        ArchRule library = noClasses().that().resideOutsideOfPackage(root + ".transport.quic..")
                .should().dependOnClassesThat().resideInAPackage("tech.kwik..")
                .because("the QUIC library must be replaceable");
        return CompositeArchRule.of(library).and(handshake);
    }

    static ArchRule cryptographyStaysInThreeRooms(String root) {
        return noClasses()
                .that().resideOutsideOfPackages(root + ".transport.identity..", root + ".transport.pairing..",
                        root + ".vault..")
                .should().dependOnClassesThat(describe("do cryptography", CoreRules::isCryptography))
                .because("keys, proofs and ciphers are reviewed in three rooms only");
    }

    static ArchRule hashesAreMadeInFewRooms(String root) {
        return noClasses()
                .that().resideOutsideOfPackages(root + ".store..", root + ".transport.identity..",
                        root + ".transport.pairing..", root + ".vault..")
                .and().doNotHaveFullyQualifiedName(root + ".index.ContentReader") // what files have in them (ADR 135)
                .and().doNotHaveFullyQualifiedName(root + ".index.FolderDigest") // what a folder shows (ADR 240)
                .and().doNotHaveFullyQualifiedName(root + ".change.NaturalKey") // ids that are names (RFC 9562)
                .should().dependOnClassesThat().haveFullyQualifiedName("java.security.MessageDigest")
                .because("a hash that leaves its room becomes a format");
    }

    static ArchRule coreKnowsNoScreen(String root) {
        return noClasses().should().dependOnClassesThat()
                .resideInAnyPackage("javafx..", "java.awt..", "javax.swing..", "app.holdfast.desktop..",
                        "app.holdfast.ui..")
                .because("core runs on servers that have none");
    }

    static ArchRule coreDoesNotSpeakToTheTerminal(String root) {
        return noClasses().should().accessField(System.class, "out").orShould().accessField(System.class, "err")
                .orShould().callMethod(System.class, "exit", int.class)
                .because("standard output belongs to the command line, and the end of the program as well");
    }

    private static boolean isCryptography(JavaClass type) {
        return type.getPackageName().startsWith("javax.crypto") || type.getPackageName().startsWith("org.bouncycastle")
                || KEY_TYPE.matcher(type.getName()).matches();
    }
}
