package app.holdfast.desktop.search;

import app.holdfast.core.api.DeviceRow;
import app.holdfast.core.api.SearchQuery.Kind;
import app.holdfast.core.api.SearchQuery.State;
import app.holdfast.core.api.TagRow;
import app.holdfast.core.model.TagId;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// The filters that one can choose, each with the term of the query language that it stands for. Pure.
final class Filters {

    /// Of tags, devices and drives so many are offered; all others can be typed.
    static final int OFFERS_MAX = 40;

    private static final List<String> SIZES = List.of(">1M", ">10M", ">100M", ">1G", "<100K");
    private static final List<String> RATINGS = List.of(">=1", ">=3", ">=4", "5", "0");

    private final Words words;
    private final LocalDate today;

    /// @param depth how far below the top level, for tags
    record Offer(String name, int depth, String term) {}

    record Group(String name, List<Offer> offers) {}

    /// What the library has now that one can filter by.
    ///
    /// @param tags   depth first
    /// @param drives labels
    record Known(List<TagRow> tags, List<DeviceRow> devices, List<String> drives) {}

    Filters(Words words) {
        this.words = words;
        this.today = words.today();
    }

    List<Group> groups(Known known) {
        List<String> drives = known.drives().stream().filter(label -> !label.isBlank()).distinct().limit(OFFERS_MAX)
                .toList();
        List<Group> groups = new ArrayList<>();
        groups.add(new Group(words.get(Text.FILTER_KINDS), Stream.of(Kind.values())
                .map(kind -> new Offer(Pill.kind(kind, words), 0, "kind:" + kind.word())).toList()));
        groups.add(new Group(words.get(Text.FILTER_TAGS), tags(known.tags())));
        groups.add(new Group(words.get(Text.FILTER_SIZES), SIZES.stream()
                .map(size -> new Offer(words.get(Text.FILTER_SIZE, size), 0, "size:" + size)).toList()));
        groups.add(new Group(words.get(Text.FILTER_DATES), dates()));
        groups.add(new Group(words.get(Text.FILTER_DEVICES), known.devices().stream().limit(OFFERS_MAX)
                .map(device -> new Offer(device.name(), 0, QueryText.term("device", device.name()))).toList()));
        groups.add(new Group(words.get(Text.FILTER_DRIVES), drives.stream()
                .map(drive -> new Offer(drive, 0, QueryText.term("on", drive))).toList()));
        groups.add(new Group(words.get(Text.FILTER_RATINGS), RATINGS.stream()
                .map(stars -> new Offer(words.get(Text.FILTER_RATING, stars), 0, "rating:" + stars)).toList()));
        groups.add(new Group(words.get(Text.FILTER_STATES), states()));
        groups.add(new Group(words.get(Text.FILTER_ONLIES), drives.stream()
                .map(drive -> new Offer(drive, 0, QueryText.term("only", drive))).toList()));
        return groups.stream().filter(group -> !group.offers().isEmpty()).toList();
    }

    /// With the names above each, so that the right one is meant.
    private static List<Offer> tags(List<TagRow> tags) {
        Map<TagId, String> paths = new HashMap<>();
        List<Offer> offers = new ArrayList<>();
        for (TagRow tag : tags) {
            String path = tag.parent().map(paths::get).map(above -> above + "/").orElse("") + tag.name();
            paths.put(tag.id(), path);
            if (offers.size() < OFFERS_MAX) {
                offers.add(new Offer(tag.name(), tag.depth(), QueryText.term("tag", path)));
            }
        }
        return offers;
    }

    private List<Offer> dates() {
        return List.of(new Offer(words.get(Text.FILTER_TODAY), 0, "date:" + today),
                new Offer(words.get(Text.FILTER_WEEK), 0, "date:>=" + today.minusDays(6)),
                new Offer(words.get(Text.FILTER_MONTH), 0, "date:" + today.toString().substring(0, 7)),
                new Offer(words.get(Text.FILTER_YEAR), 0, "date:" + today.getYear()),
                new Offer(words.get(Text.FILTER_LAST_YEAR), 0, "date:" + (today.getYear() - 1)),
                new Offer(words.get(Text.FILTER_OLDER), 0, "date:<" + (today.getYear() - 1)));
    }

    private List<Offer> states() {
        List<Offer> offers = new ArrayList<>();
        for (State state : State.values()) {
            offers.add(new Offer(Pill.state(state, words), 0, "is:" + state.name().toLowerCase(Locale.ROOT)));
        }
        offers.add(new Offer(words.get(Text.FILTER_SINGLE), 0, "copies:1"));
        return offers;
    }
}
