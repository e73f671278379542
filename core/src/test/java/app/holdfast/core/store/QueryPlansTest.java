package app.holdfast.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.fake.FakeSigning;
import app.holdfast.core.model.DeviceId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// SQLite knows nothing of how many rows there are. Where it joins a few with a million it may go through the million.
class QueryPlansTest {

    private static final DeviceId DEVICE = new DeviceId("33".repeat(32));

    @TempDir
    private Path data;

    private List<String> plan(String query) throws Exception {
        Surroundings around = new Surroundings(() -> 9_000_000, new Random(9)::nextLong, Thread::new,
                data.resolve("memory"), new FakeSigning(DEVICE));
        LibraryStore.create(data, DEVICE, "laptop", around);
        try (LibraryFiles files = LibraryFiles.open(data); Connection connection = files.catalogue(true)) {
            return explain(connection, query);
        }
    }

    private static List<String> explain(Connection connection, String query) throws SQLException {
        List<String> steps = new ArrayList<>();
        try (var statement = connection.prepareStatement("explain query plan " + query);
                ResultSet step = statement.executeQuery()) {
            while (step.next()) {
                steps.add(step.getString("detail"));
            }
        }
        return steps;
    }

    private static boolean goesThroughAll(String step) {
        return step.matches("SCAN (e|entry)( .*|$)");
    }

    @ParameterizedTest
    @ValueSource(strings = {SearchIndex.STALE, ContentQueries.MET, ContentQueries.LEFT})
    void whatBeginsWithAFewDoesNotGoThroughAllEntries(String query) throws Exception {
        assertThat(plan(query)).isNotEmpty().noneMatch(QueryPlansTest::goesThroughAll);
    }

    @Test
    void aSearchByNameDoesNotGoThroughAllEntries() throws Exception {
        String named = SearchSql.NAMED.formatted("entry.name glob ?", "entry.name glob ?");

        assertThat(plan("select e.key from entry e where e.key in " + named)).isNotEmpty()
                .noneMatch(QueryPlansTest::goesThroughAll);
    }

    @ParameterizedTest
    @ValueSource(strings = {FewEntries.WITH_CONTENT,
            "select key from entry where id in (select subject from assignment)"})
    void aNameAndAFilterThatLeavesFewDoNotGoThroughAllEntries(String few) throws Exception {
        String name = " and e.name glob ?";

        String bothWays = "select key from (" + FirstFound.BOTH.formatted(few, name)
                + "\n" + FirstFound.BEHIND.formatted(name) + ") union all " + FirstFound.EACH.formatted(few, name);

        assertThat(plan(bothWays)).isNotEmpty().noneMatch(QueryPlansTest::goesThroughAll);
    }

    @Test
    void aPlanThatGoesThroughAllIsKnownAsOne() throws Exception {
        assertThat(plan("select s.key from search_stale s join entry e on e.key = s.key"))
                .anyMatch(QueryPlansTest::goesThroughAll);
    }
}
