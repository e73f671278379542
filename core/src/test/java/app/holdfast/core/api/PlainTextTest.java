package app.holdfast.core.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {

    @Test
    void aNameIsShownInOneLineAndDoesNotTurnItselfRound() {
        assertThat(PlainText.shown("\u202Etxt.exe")).isEqualTo("\uFFFDtxt.exe");
        assertThat(PlainText.shown("two\nlines\u001B[2J")).isEqualTo("two\uFFFDlines\uFFFD[2J");
    }

    @Test
    void aNameOfAnyAlphabetIsShownAsItIs() {
        assertThat(PlainText.shown("שלום مرحبا 日本語 👩‍👩‍👧 50%.txt")).isEqualTo("שלום مرحبا 日本語 👩‍👩‍👧 50%.txt");
    }
}
