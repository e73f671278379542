package app.holdfast.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What is understood of the words before anything is started.
final class ArgumentsTest {

    @Test
    void noWordsAskForTheWindow() {
        assertThat(Arguments.of().command()).isEmpty();
        assertThat(Arguments.of("--data", "/d", "--verbose").command()).isEmpty();
    }

    @Test
    void snapshotsInThePlaceOfACommandAreForTheWindow() {
        Arguments two = Arguments.of("--data", "/d", "/home/a b.stronghold", "C.STRONGHOLD");
        Arguments command = Arguments.of("vault", "show", "x.stronghold");

        assertThat(two.command()).isEmpty();
        assertThat(two.files()).containsExactly("/home/a b.stronghold", "C.STRONGHOLD");
        assertThat(command.command()).contains("vault");
        assertThat(command.files()).isEmpty();
    }

    @Test
    void optionsAreFoundBeforeAndAfterTheCommand() {
        Arguments before = Arguments.of("--json", "--data", "/d", "status");
        Arguments after = Arguments.of("status", "--data=/d", "--json");

        assertThat(before.json()).isTrue();
        assertThat(before.data()).contains("/d");
        assertThat(before.command()).contains("status");
        assertThat(after.json()).isTrue();
        assertThat(after.data()).contains("/d");
    }

    @Test
    void whatFollowsTwoDashesIsNoOption() {
        Arguments arguments = Arguments.of("search", "--", "--json");

        assertThat(arguments.json()).isFalse();
        assertThat(arguments.all()).containsExactly("search", "--", "--json");
    }

    @Test
    void aValueOfDataIsNotTheCommand() {
        Arguments arguments = Arguments.of("--data", "status", "serve");

        assertThat(arguments.data()).contains("status");
        assertThat(arguments.command()).contains("serve");
    }

    @Test
    void someCommandsBelongToTheProcessTheyWereTypedTo() {
        assertThat(Arguments.of("status").forInstance()).isTrue();
        assertThat(Arguments.of("serve").forInstance()).isFalse();
        assertThat(Arguments.of("init", "--name", "x").forInstance()).isFalse();
        assertThat(Arguments.of("vault", "show", "x").forInstance()).isFalse();
        assertThat(Arguments.of("--data", "vault", "vault", "list").forInstance()).isTrue();
        assertThat(Arguments.of("vault", "forget", "show").forInstance()).isTrue();
        assertThat(Arguments.of("vault", "show", "list").forInstance()).isFalse();
        assertThat(Arguments.of("--help").forInstance()).isFalse();
        assertThat(Arguments.of().forInstance()).isFalse();
    }
}
