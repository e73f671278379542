package app.holdfast.desktop.search;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.BadQuery;
import app.holdfast.core.api.Command;
import app.holdfast.core.api.SearchParser;
import app.holdfast.desktop.memory.Desk;
import app.holdfast.desktop.memory.Maren;
import app.holdfast.desktop.memory.MarenDrives;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SearchModelTest {

    private final Desk desk = new Desk();
    private final Maren maren = new Maren(desk.library);
    private final MarenDrives drives = new MarenDrives(desk.library);
    private final SearchModel model = new SearchModel(desk.live, desk.words, desk.toasts, desk::newId);

    private List<String> pills() {
        return model.shown().get().pills().stream().map(Pill::says).toList();
    }

    @Test
    void filtersBecomePillsAndPartsOfNamesDoNot() {
        model.show("beach 2024/iceland tag:\"Clients/Fjord & Co\" -is:offline size:>10M only:\"Backup 2\" kind:image");

        assertThat(pills()).containsExactly("Tag Clients / Fjord & Co", "Not: Away now", "Size >10M",
                "Only copy on Backup 2", "Images");
        assertThat(model.withoutFilters()).isEqualTo("beach 2024/iceland");
    }

    @Test
    void takingAPillAwayTakesItsTermOutOfTheText() {
        model.show("beach   tag:trips  size:>10M");
        List<Pill> shown = model.shown().get().pills();

        assertThat(model.without(shown.getFirst())).isEqualTo("beach size:>10M");
        assertThat(model.without(shown.getLast())).isEqualTo("beach   tag:trips");
        model.show("is:offline");
        assertThat(model.without(model.shown().get().pills().getFirst())).isEmpty();
    }

    @Test
    void aFilterIsAddedOnce() {
        String once = model.with("", "is:offline");
        String twice = model.with(once, "IS:offline");

        assertThat(once).isEqualTo("is:offline");
        assertThat(twice).isEqualTo("is:offline");
        assertThat(model.with("beach", "is:offline")).isEqualTo("beach is:offline");
        assertThat(model.with("tag:", "is:offline")).as("what cannot be understood stays").isEqualTo("tag:");
    }

    @Test
    void whatCannotBeUnderstoodIsSaidInWords() {
        assertThat(model.show("colour:red")).isEmpty();
        String unknown = model.shown().get().problem();
        model.show("size:big");
        String value = model.shown().get().problem();
        model.show("tag:");
        String nothing = model.shown().get().problem();
        model.show("\"open");
        String quote = model.shown().get().problem();
        model.show("beach");

        assertThat(unknown).contains("“colour:” is not known");
        assertThat(value).contains("“big” does not fit");
        assertThat(nothing).contains("after “tag”");
        assertThat(quote).isEqualTo("A quotation does not end.");
        assertThat(model.shown().get().problem()).isEmpty();
    }

    @Test
    void everyFilterThatIsOfferedIsATermThatIsUnderstoodAndShown() throws BadQuery {
        List<Filters.Group> groups = model.filters();

        assertThat(groups).extracting(Filters.Group::name).containsExactly("Kind", "Tag", "Size", "Changed", "Device",
                "Drive", "Stars", "State", "Only copy on");
        for (Filters.Group group : groups) {
            for (Filters.Offer offer : group.offers()) {
                assertThat(SearchParser.parse(offer.term(), ZoneOffset.UTC).terms()).as(offer.term()).hasSize(1);
                model.show(offer.term());
                assertThat(pills()).as(offer.term()).hasSize(1);
            }
        }
        assertThat(groups.get(1).offers()).extracting(Filters.Offer::term)
                .contains("tag:\"Clients/Fjord & Co\"", "tag:Family/Iceland");
        assertThat(groups.get(3).offers()).extracting(Filters.Offer::term).startsWith("date:2026-11-21",
                "date:>=2026-11-15", "date:2026-11", "date:2026");
        assertThat(groups.getLast().offers()).extracting(Filters.Offer::term).contains("only:\"Backup 2\"");
        assertThat(drives.backupTwo.label()).isEqualTo("Backup 2");
        assertThat(maren.clients).isNotNull();
    }

    @Test
    void anyNameCanBeSaidAsATerm() throws BadQuery {
        long seed = 215;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 5_000; i++) {
            String name = random.ints(1 + random.nextInt(8), 0, 8).mapToObj(c -> " \":-a/ü\n".substring(c, c + 1))
                    .reduce("x", String::concat);

            String term = QueryText.term("on", name);

            var pieces = SearchParser.pieces("y " + term + " z", ZoneOffset.UTC);
            assertThat(pieces).as("seed %d: %s", seed, term).hasSize(3);
            assertThat(QueryText.without("y " + term + " z", pieces.get(1))).isEqualTo("y z");
            assertThat(name).startsWith(QueryText.value(pieces.get(1)));
        }
    }

    @Test
    void aPlaceIsSaidAsAQuery() {
        assertThat(SearchModel.here("Photos", "01 Reykjavík", "")).isEqualTo("location:Photos in:\"01 Reykjavík\"");
        assertThat(SearchModel.here("", "", "Family/Iceland")).isEqualTo("tag:Family/Iceland");
    }

    @Test
    void aSearchIsSavedReplacedByItsNameForgottenAndBroughtBack() {
        model.show("is:offline");
        model.save(" Away ");
        model.show("is:offline kind:image");
        model.save("Away");
        List<SearchModel.Saved> replaced = List.copyOf(model.saved());
        model.delete(replaced.getFirst());
        List<SearchModel.Saved> gone = List.copyOf(model.saved());
        desk.toasts.undo();

        assertThat(replaced).singleElement().satisfies(search -> {
            assertThat(search.name()).isEqualTo("Away");
            assertThat(search.query()).isEqualTo("is:offline kind:image");
        });
        assertThat(gone).isEmpty();
        assertThat(model.saved()).isEqualTo(replaced);
        assertThat(desk.library.commands).hasAtLeastOneElementOfType(Command.DeleteRecords.class);
        assertThat(SearchModel.isName(" ")).isFalse();
    }
}
