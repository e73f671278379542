package app.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Looks over the texts beside the code. Each rule is first put to texts that break it.
final class DocumentsTest {

    private static final Documents OURS = documents();
    private static final String UI = "ui-resources/src/main/";

    @Test
    void everyDecisionIsOnePageAndInTheIndex() {
        var planted = new Documents(Map.of("docs/adr/README.md", "(0002-gone.md)",
                "docs/adr/0001-one.md", "Context Options Choice Price"));
        assertThat(planted.untidyDecisions()).containsExactlyInAnyOrder("docs/adr/0001-one.md is not in the index",
                "docs/adr/0001-one.md lacks its Proof", "the index names docs/adr/0002-gone.md");

        assertThat(OURS.untidyDecisions()).isEmpty();
    }

    @Test
    void everyMessageIsTranslatedAndShown() throws IOException {
        var planted = new Documents(Map.of(
                UI + "java/app/holdfast/ui/Text.java", "enum Text {\n    TAG_ADD, // adds\n    TAG_GONE;\n}",
                UI + "resources/app/holdfast/ui/texts.properties", "tag.add=Add\ntag.gone=Gone\nother=1",
                UI + "resources/app/holdfast/ui/texts_de.properties", "tag.add=Hinzu",
                "app/src/main/java/A.java", "Text.TAG_ADD"));
        assertThat(planted.untidyMessages()).satisfiesExactly(
                fault -> assertThat(fault).contains("texts.properties has other"),
                fault -> assertThat(fault).contains("texts_de.properties lacks tag.gone"),
                fault -> assertThat(fault).contains("nobody shows TAG_GONE"));

        assertThat(OURS.untidyMessages()).isEmpty();
    }

    @Test
    void everyDependencyIsInTheNotices() {
        var planted = new Documents(Map.of("pom.xml", "<dependency><groupId>a</groupId><artifactId>jooq</artifactId>",
                "THIRD-PARTY.md", "| jooq-codegen |"));
        assertThat(planted.missingNotices()).containsExactly("THIRD-PARTY.md lacks jooq");

        assertThat(OURS.missingNotices()).isEmpty();
    }

    @Test
    void noFileNamesThisMachineOrARegistry() {
        var planted = new Documents(Map.of("a.md", "see /wo" + "rk/x\nhttps://registry.n" + "pmjs.org/\nfine"));
        assertThat(planted.addresses()).hasSize(2);

        assertThat(OURS.addresses()).isEmpty();
    }

    private static Documents documents() {
        var checkout = Checkout.ofThisBuild();
        try {
            return new Documents(checkout.files().stream().filter(Documents::isText)
                    .collect(Collectors.toMap(Function.identity(), checkout::read)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
