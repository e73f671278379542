package app.holdfast.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.desktop.cli.Arguments;
import app.holdfast.desktop.cli.CommandLineStart;
import app.holdfast.desktop.cli.Door;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MainTest {

    @Test
    void whereThereIsNoDisplayThatIsSaidInPlaceOfAStackTrace() {
        var start = new CommandLineStart(Arguments.of(), new Door(Map.of(), Thread::new, (_, _) -> { }));

        int status = Main.openWindow(start, () -> {
            throw new UnsupportedOperationException("Unable to open DISPLAY");
        });

        assertThat(status).isEqualTo(1);
        assertThat(Main.openWindow(start, () -> { })).isZero();
    }
}
