package app.holdfast.desktop.tags;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.TagColor;
import app.holdfast.core.api.TagRow;
import app.holdfast.core.model.TagId;
import app.holdfast.desktop.memory.Desk;
import app.holdfast.desktop.memory.Maren;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TagsModelTest {

    private final Desk desk = new Desk();
    private final Maren maren = new Maren(desk.library);
    private final TagsModel model = new TagsModel(desk.live, desk.words, desk.toasts, desk::newId);

    @Test
    void renamedTagMovesToItsNewPlaceWithItsChildren() {
        TagRow clients = tag(maren.clients);

        model.change(clients, "Zebra", null, clients.color());

        assertThat(model.tags()).extracting(TagRow::name).endsWith("Zebra", "Fjord & Co", "Nordlicht");
    }

    @Test
    void onlyWhatDiffersIsSubmitted() {
        TagRow iceland = tag(maren.icelandTag);

        model.change(iceland, "Iceland", maren.family, TagColor.RED);

        assertThat(desk.library.commands)
                .containsExactly(new Command.RecolorTag(maren.icelandTag, TagColor.RED));
    }

    @Test
    void aTagMayNotLieBelowItselfOrItsChildren() {
        TagRow family = tag(maren.family);

        assertThat(model.parentsFor(family)).extracting(TagRow::name)
                .containsExactly("Clients", "Fjord & Co", "Nordlicht", "Invoice", "Keep", "To review");
    }

    @Test
    void aNewTagHasItsNameWithoutTheBlanksAroundIt() {
        TagId made = model.create("  Trips ", maren.family, TagColor.ORANGE);

        assertThat(model.tag(made)).hasValueSatisfying(row -> {
            assertThat(row.name()).isEqualTo("Trips");
            assertThat(row.parent()).contains(maren.family);
            assertThat(row.color()).isEqualTo(TagColor.ORANGE);
        });
    }

    @Test
    void blankAndEndlessNamesAreNone() {
        assertThat(model.isName("  ")).isFalse();
        assertThat(model.isName("x".repeat(TagsModel.NAME_CHARS_MAX + 1))).isFalse();
        assertThat(model.isName("Trips")).isTrue();
    }

    @Test
    void digitsCountThroughTheTreeAndZeroIsTheTenth() {
        for (int i = 0; i < 4; i++) {
            model.create("Z" + i, null, null);
        }

        assertThat(model.numbered(1)).map(TagRow::name).contains("Clients");
        assertThat(model.numbered(5)).map(TagRow::name).contains("Iceland");
        assertThat(model.numbered(0)).map(TagRow::name).contains("Z1");
        assertThat(model.numberOf(model.tags().getLast())).isEqualTo(Optional.empty());
    }

    @Test
    void aTagIsFoundByAnyPartOfItsName() {
        assertThat(model.matching("  LAND ")).extracting(TagRow::name).containsExactly("Iceland");
    }

    private TagRow tag(TagId id) {
        return model.tag(id).orElseThrow();
    }
}
