package app.holdfast.desktop.palette;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.desktop.memory.Desk;
import app.holdfast.desktop.memory.Maren;
import app.holdfast.desktop.palette.PaletteModel.Kind;
import app.holdfast.desktop.palette.PaletteModel.Offer;
import app.holdfast.desktop.palette.PaletteModel.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PaletteModelTest {

    private final Desk desk = new Desk();
    private final Maren maren = new Maren(desk.library);
    private final List<String> done = new ArrayList<>();
    private final PaletteModel model = new PaletteModel(desk.live, desk.words, List.of(
            offer(Kind.COMMAND, "Show or hide the sidebar"), offer(Kind.COMMAND, "Back"),
            offer(Kind.LOCATION, "Backup 2"), offer(Kind.TAG, "Iceland"), offer(Kind.DEVICE, "studio-pc")),
            new PaletteModel.Files(row -> done.add("open " + row.name()), row -> done.add("reveal " + row.name())));

    private Offer offer(Kind kind, String name) {
        return new Offer(kind, name, "", "", () -> done.add(name));
    }

    @Test
    void whatBeginsWithItComesFirstInItsGroup() {
        model.type("b");

        assertThat(names()).startsWith("[Commands]", "Back", "Show or hide the sidebar", "[Places]", "Backup 2");
    }

    @Test
    void aSignAsksForOneKindOnly() {
        model.type("#ice");
        List<String> tags = names();
        model.type("@");
        List<String> devices = names();
        model.type("> back");

        assertThat(tags).containsExactly("[Places]", "Iceland");
        assertThat(devices).containsExactly("[Places]", "studio-pc");
        assertThat(names()).containsExactly("[Commands]", "Back");
    }

    @Test
    void filesAreFoundAndOpenedOrShownInTheirFolder() {
        model.type("skógafoss");
        Row.Line first = (Row.Line) model.rows().get(1);

        first.offer().run().run();
        first.reveal().orElseThrow().run();

        assertThat(names()).containsExactly("[Files]", "Skógafoss at dawn.CR3", "Skógafoss at dawn.jpg");
        assertThat(done).containsExactly("open Skógafoss at dawn.CR3", "reveal Skógafoss at dawn.CR3");
        assertThat(first.offer().detail()).isEqualTo("studio-pc / 2026 / Iceland");
        assertThat(maren.waterfall.name()).isEqualTo("Skógafoss at dawn.jpg");
    }

    @Test
    void theArrowsPassOverHeads() {
        model.type("b");

        int first = model.next(-1, 1);
        int third = model.next(model.next(first, 1), 1);

        assertThat(first).isEqualTo(1);
        assertThat(third).isEqualTo(4);
        assertThat(model.next(first, -1)).isEqualTo(first);
    }

    @Test
    void nothingIsLeftWatching() {
        model.type("ice");
        model.type("");

        assertThat(desk.library.liveQuestions()).isZero();
        assertThat(names()).doesNotContain("[Files]");
    }

    private List<String> names() {
        return model.rows().stream().map(row -> switch (row) {
            case Row.Head(String name) -> "[" + name + "]";
            case Row.Line(Offer offer, Optional<?> _, Optional<?> _) -> offer.name();
        }).toList();
    }
}
