import app.holdfast.core.Holdfast;
import app.holdfast.core.api.Command;
import app.holdfast.core.api.EntryKeys;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.FirstKeys;
import app.holdfast.core.api.Library;
import app.holdfast.core.api.SearchQuery;
import app.holdfast.core.api.SearchQuery.Term;
import app.holdfast.core.api.SearchQuery.Test;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.TagId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/// Measures what a person waits for who types into the search: from a keystroke to the first page of rows, asked as
/// the window asks. Run by `bench/search`.
public final class SearchBench {

    private static final int FILES = Integer.getInteger("files", 1_000_000);
    private static final int WORDS = Integer.getInteger("words", 40);
    private static final int LETTERS_MAX = 12;
    private static final int PAGE = 100;
    private static final int FIRST_MAX = 1_000;
    private static final int TAGGED = 5_000;
    private static final long QUIET_MILLIS = 3_000;
    private static final EntrySort BY_SIZE = new EntrySort(EntrySort.Column.SIZE, false);

    private SearchBench() {
    }

    /// @param arguments an empty folder to work in
    public static void main(String[] arguments) throws Exception {
        Path work = Path.of(arguments[0]).toRealPath();
        Path tree = work.resolve("tree");
        Path data = work.resolve("data");
        Trees.make(tree, FILES, FILES / 7, 0);
        fill(data, tree);
        makeCopies(data);
        try (Holdfast holdfast = Holdfast.open(data)) {
            Library library = holdfast.library();
            measure(library, "warming up", List.of(), EntrySort.BY_NAME);
            List<Double> all = new ArrayList<>(measure(library, "name", List.of(), EntrySort.BY_NAME));
            all.addAll(measure(library, "name, by size", List.of(), BY_SIZE));
            all.addAll(measure(library, "name and kind:image",
                    List.of(new Test.OfKind(SearchQuery.Kind.IMAGE)), EntrySort.BY_NAME));
            all.addAll(measure(library, "name and a tag", List.of(new Test.Tagged(List.of("bench"))),
                    EntrySort.BY_NAME));
            all.addAll(measure(library, "name and is:duplicate",
                    List.of(new Test.Is(SearchQuery.State.DUPLICATE)), EntrySort.BY_NAME));
            double[] sorted = all.stream().mapToDouble(each -> each).sorted().toArray();
            Aims.atMost(String.format(Locale.ROOT, "type-ahead search in %,d names, p95", FILES),
                    sorted[sorted.length * 95 / 100], 30, "ms", "");
        }
    }

    /// Indexes the tree and waits until the index of names has followed; tags some of what there is.
    private static void fill(Path data, Path tree) throws Exception {
        Holdfast.initialise(data, "bench");
        try (Holdfast holdfast = Holdfast.open(data)) {
            LocationId location = new LocationId(holdfast.newId());
            double seconds = Scans.run(holdfast, location, new Command.AddLocation(location, tree, Optional.empty()),
                    FILES + FILES / 7);
            System.out.printf(Locale.ROOT, "index of %,d files: %.1f s%n", FILES, seconds);
            TagId tag = new TagId(holdfast.newId());
            Library library = holdfast.library();
            library.submit(new Command.CreateTag(tag, "bench", Optional.empty(), Optional.empty()))
                    .toCompletableFuture().join();
            EntryKeys keys = library.ask(reader -> reader.keys(new EntryScope.Search("", List.of()), BY_SIZE));
            SplittableRandom random = new SplittableRandom(2);
            for (int done = 0; done < TAGGED; done += PAGE) {
                List<Long> some = random.longs(PAGE, 0, keys.count()).mapToObj(at -> keys.keys()[(int) at]).toList();
                List<EntryId> entries = library.ask(reader -> reader.rows(some)).stream().map(row -> row.id())
                        .distinct().toList();
                library.submit(new Command.AssignTags(entries, List.of(tag))).toCompletableFuture().join();
            }
            long began = System.nanoTime();
            awaitQuiet(data);
            System.out.printf(Locale.ROOT, "index of names: %.0f s after that%n", (System.nanoTime() - began) / 1e9);
        }
    }

    /// Until nothing has been written for a while.
    private static void awaitQuiet(Path data) throws IOException, InterruptedException {
        Path log = data.resolve("database.db-wal");
        long before = -1;
        while (Files.getLastModifiedTime(log).toMillis() != before) {
            before = Files.getLastModifiedTime(log).toMillis();
            Thread.sleep(QUIET_MILLIS);
        }
    }

    /// One file in thirty has a copy, as if their contents had been read.
    private static void makeCopies(Path data) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("database.db"));
                var statement = connection.createStatement()) {
            statement.execute("update entry set content = unhex(printf('01%064x', key / 30 / 2))"
                    + " where kind = 0 and key % 30 = 0");
        }
    }

    private static List<Double> measure(Library library, String what, List<Test> filters, EntrySort sort)
            throws InterruptedException {
        SplittableRandom random = new SplittableRandom(3);
        List<Double> all = new ArrayList<>();
        double[] worst = new double[LETTERS_MAX + 1];
        double slowest = 0;
        String slow = "";
        for (int i = 0; i < WORDS; i++) {
            String name = Trees.name(random, random.nextInt(FILES));
            int from = i % 2 == 0 ? 0 : random.nextInt(name.length() - 1);
            for (int to = 1; to <= LETTERS_MAX && from + to <= name.length(); to++) {
                String typed = name.substring(from, from + to).strip();
                if (typed.isEmpty() || Character.isHighSurrogate(typed.charAt(typed.length() - 1))) {
                    continue;
                }
                List<Term> terms = new ArrayList<>();
                terms.add(new Term(true, new Test.Name(typed)));
                filters.forEach(filter -> terms.add(new Term(true, filter)));
                double millis = ask(library, new SearchQuery(terms), sort);
                all.add(millis);
                worst[to] = Math.max(worst[to], millis);
                slow = millis > slowest ? typed : slow;
                slowest = Math.max(millis, slowest);
            }
        }
        double[] sorted = all.stream().mapToDouble(each -> each).sorted().toArray();
        System.out.printf(Locale.ROOT, "%s: p50 %.1f ms, p95 %.1f ms, slowest %s (%s)%n", what,
                sorted[sorted.length / 2], sorted[sorted.length * 95 / 100],
                Arrays.stream(worst).skip(1).mapToObj(each -> String.format(Locale.ROOT, "%.0f", each)).toList(),
                slow);
        return all;
    }

    /// As the window asks: which, then the rows of the first page.
    private static double ask(Library library, SearchQuery query, EntrySort sort) throws InterruptedException {
        long began = System.nanoTime();
        FirstKeys first = once(library, query, sort);
        List<Long> page = first.keys().from(0, Math.min(PAGE, first.keys().count()));
        CompletableFuture<Boolean> shown = new CompletableFuture<>();
        try (var watching = library.observe(reader -> reader.rows(page), _ -> shown.complete(true))) {
            shown.join();
        }
        return (System.nanoTime() - began) / 1e6;
    }

    private static FirstKeys once(Library library, SearchQuery query, EntrySort sort) {
        CompletableFuture<FirstKeys> found = new CompletableFuture<>();
        try (var watching = library.observe(reader -> reader.first(query, sort, FIRST_MAX), found::complete)) {
            return found.join();
        }
    }
}
