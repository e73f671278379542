package app.holdfast.desktop.failure;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.CoreException;
import app.holdfast.ui.Text;
import app.holdfast.ui.Texts;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FailureTextTest {

    private final Texts english = Texts.of(Locale.ENGLISH);

    @ParameterizedTest
    @EnumSource(CoreException.BadFolder.Reason.class)
    void everyReasonAgainstAFolderHasWordsOfItsOwn(CoreException.BadFolder.Reason reason) {
        Text text = FailureText.key(new CoreException.BadFolder(Path.of("/gone"), reason));

        assertThat(text.name()).endsWith(reason.name());
    }

    @Test
    void aKnownFailureIsToldInWords() {
        String words = FailureText.of(new CoreException.Busy(), english);

        assertThat(words).isEqualTo("Too much is waiting to be written. Try again in a moment.");
    }

    @Test
    void aBugHasACodeThatCanBeReadOut() {
        String words = FailureText.of(new IllegalStateException("never shown"), english);

        assertThat(words).containsPattern("[0-9A-V]{3}-[0-9A-V]{4}").doesNotContain("never shown");
    }

    @Test
    void theSameBugHasTheSameCodeWhateverItsMessage() {
        String first = BugCode.of(bug("/home/ada"));
        String second = BugCode.of(bug("/home/grace"));

        assertThat(second).isEqualTo(first);
    }

    @Test
    void anotherKindOfBugHasAnotherCode() {
        String first = BugCode.of(bug("x"));
        String second = BugCode.of(new IllegalStateException("x", bug("x")));

        assertThat(second).isNotEqualTo(first);
    }

    private static RuntimeException bug(String message) {
        return new IllegalArgumentException(message);
    }
}
