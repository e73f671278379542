package app.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Looks over the sources of all modules as a reader would (after TigerBeetle's). Each rule is first put to a source
/// that breaks it.
final class TidyTest {

    private static final Tidiness OURS = new Tidiness(sources());

    @Test
    void filesAreShort() {
        assertThat(planted("class Long {" + "\n".repeat(400) + "}").longFiles()).hasSize(1);

        assertThat(OURS.longFiles()).isEmpty();
    }

    @Test
    void linesAreNarrow() {
        assertThat(planted("// " + "m".repeat(118)).wideLines()).hasSize(1);

        assertThat(OURS.wideLines()).isEmpty();
    }

    @Test
    void methodsAreShort() throws IOException {
        assertThat(planted("class Long { void method() {" + "\n".repeat(60) + "} }").longMethods()).hasSize(1);

        assertThat(OURS.longMethods()).isEmpty();
    }

    @Test
    void methodsTakeFewParameters() throws IOException {
        var six = planted("class Wide { void method(int a, int b, int c, int d, int e, int f) { } }");
        assertThat(six.methodsOfManyParameters()).hasSize(1);
        var components = planted("record Wide(int a, int b, int c, int d, int e, int f) { Wide { assert a > b; } }");
        assertThat(components.methodsOfManyParameters()).isEmpty();

        assertThat(OURS.methodsOfManyParameters()).isEmpty();
    }

    @Test
    void nobodyCatchesEverything() throws IOException {
        assertThat(planted("class A { void b() { try { c(); } catch (Exception e) { } } }").catchesOfEverything())
                .hasSize(1);
        assertThat(planted("class A { void b() { try { c(); } catch (java.io.IOException | Error e) { } } }")
                .catchesOfEverything()).hasSize(1);

        assertThat(OURS.catchesOfEverything()).isEmpty();
    }

    @Test
    void intentionsNameAnIssue() {
        assertThat(planted("// TO" + "DO later").intentionsWithoutAnIssue()).hasSize(1);
        assertThat(planted("// TO" + "DO #12: later").intentionsWithoutAnIssue()).isEmpty();

        assertThat(OURS.intentionsWithoutAnIssue()).isEmpty();
    }

    @Test
    void commentsAreMarkdown() {
        assertThat(planted("/" + "** Old. */").commentsOfAnotherStyle()).hasSize(1);
        assertThat(planted("//" + " ------ Section").commentsOfAnotherStyle()).hasSize(1);

        assertThat(OURS.commentsOfAnotherStyle()).isEmpty();
    }

    @Test
    void testsWaitForEventsAndAreNamedAsFacts() {
        assertThat(plantedTest("Thread.sl" + "eep(10);").testsOfNoWorth()).hasSize(1);
        assertThat(plantedTest("void te" + "stNames() {").testsOfNoWorth()).hasSize(1);
        assertThat(plantedTest("@Dis" + "abled").testsOfNoWorth()).hasSize(1);

        assertThat(OURS.testsOfNoWorth()).isEmpty();
    }

    @Test
    void packagesSayWhatTheyAreFor() {
        assertThat(planted("class Alone { }").packagesThatSayNothing()).hasSize(1);

        assertThat(OURS.packagesThatSayNothing()).isEmpty();
    }

    @Test
    void allModulesAreLookedAt() {
        assertThat(sources()).extracting(SourceFile::path).anyMatch(path -> path.startsWith("app/src/main/"))
                .anyMatch(path -> path.startsWith("core/src/test/")).anyMatch(path -> path.startsWith("tls/src/main/"));
    }

    private static Tidiness planted(String text) {
        return new Tidiness(List.of(new SourceFile("core/src/main/java/Planted.java", text)));
    }

    private static Tidiness plantedTest(String text) {
        return new Tidiness(List.of(new SourceFile("core/src/test/java/PlantedTest.java", text)));
    }

    private static List<SourceFile> sources() {
        try {
            return Checkout.ofThisBuild().sources();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
