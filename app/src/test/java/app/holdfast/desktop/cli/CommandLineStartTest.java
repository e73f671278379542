package app.holdfast.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandLineStartTest {

    @Test
    void whereThereIsNoDisplayThatIsSaidInPlaceOfAStackTrace() {
        var start = new CommandLineStart(Arguments.of(), new Door(Map.of(), Thread::new, (_, _) -> { }));

        int status = start.openWindow(() -> {
            throw new UnsupportedOperationException("Unable to open DISPLAY");
        });

        assertThat(status).isEqualTo(1);
        assertThat(start.openWindow(() -> { })).isZero();
    }
}
