package app.holdfast.desktop.fx;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.Subscription;
import app.holdfast.desktop.memory.MemoryDevices;
import app.holdfast.desktop.memory.MemoryFiles;
import app.holdfast.desktop.memory.MemoryLibrary;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class LiveTest {

    private final Queue<Runnable> screen = new ArrayDeque<>();
    private final Queue<Runnable> later = new ArrayDeque<>();
    private final MemoryLibrary library = new MemoryLibrary(Runnable::run);
    private final MemoryFiles files = new MemoryFiles(library);
    private final Live live = new Live(library, screen::add, later::add);
    private final List<String> heard = new ArrayList<>();

    LiveTest() {
        files.self("laptop");
    }

    @Test
    void answersThatOutrunTheScreenLeaveOneUpdateAndItIsTheNewest() {
        live.watch(LiveTest::name, heard::add);
        library.change(_ -> files.name("Second"));
        library.change(_ -> files.name("Third"));

        int waiting = screen.size();
        draw();

        assertThat(waiting).isEqualTo(1);
        assertThat(heard).containsExactly("Third");
    }

    @Test
    void nothingArrivesAfterClosing() {
        Subscription watching = live.watch(LiveTest::name, heard::add);

        watching.close();
        draw();

        assertThat(heard).isEmpty();
        assertThat(library.liveQuestions()).isZero();
    }

    @Test
    void calmAnswersAreShownAtOnceAndThenNotBeforeTheirTime() {
        live.watchCalmly(LiveTest::name, heard::add);
        draw();
        library.change(_ -> files.name("Second"));
        library.change(_ -> files.name("Third"));

        int atOnce = screen.size();
        later.remove().run();

        assertThat(atOnce).isZero();
        assertThat(heard).containsExactly("Library", "Third");
        assertThat(later).isEmpty();
    }

    @Test
    void askingOnceEndsTheObservation() {
        live.once(LiveTest::name, heard::add);
        draw();
        library.change(_ -> files.name("Second"));
        draw();

        assertThat(heard).containsExactly("Library");
        assertThat(library.liveQuestions()).isZero();
    }

    @Test
    void momentsBeyondTheLimitAreDropped() {
        live.moments(moment -> heard.add(moment.toString()));

        for (int i = 0; i < 150; i++) {
            library.tell(new CoreEvent.DeviceJoined(MemoryDevices.KITCHEN, "kitchen-imac"));
        }
        draw();

        assertThat(heard).hasSize(100);
    }

    @Test
    void aFailureArrivesAsItIsNotWrapped() {
        List<Throwable> failures = new ArrayList<>();
        CompletableFuture<String> failing = new CompletableFuture<>();
        live.await(failing.thenApply(value -> value), heard::add, failures::add);

        failing.completeExceptionally(new CoreException.Busy());
        draw();

        assertThat(failures).singleElement().isInstanceOf(CoreException.Busy.class);
    }

    private void draw() {
        while (!screen.isEmpty()) {
            screen.remove().run();
        }
    }

    private static String name(LibraryReader reader) {
        return reader.summary().libraryName();
    }
}
