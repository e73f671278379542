package app.holdfast.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.RecordRow;
import app.holdfast.core.model.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void nothingTurnsTheRestOfALineRound() {
        assertThat(TextTable.printable("\u202Ename\u2069 123456")).isEqualTo("\uFFFDname\uFFFD 123456");
        assertThat(TextTable.printable("\u05D0\u200F ok")).isEqualTo("\u05D0\u200F ok");
    }

    @Test
    void namesOfSearchesAreNotObeyed() {
        var search = new RecordRow(new UUID(1, 1), new TreeMap<>(Map.of("name", new Value.Text("evil\u001B[2J"),
                "query", new Value.Text("x"))));

        assertThat(SearchCommands.table(List.of(search))).isEqualTo("evil\uFFFD[2J  x\n");
    }
}
