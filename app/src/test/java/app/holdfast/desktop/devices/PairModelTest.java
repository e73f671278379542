package app.holdfast.desktop.devices;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.CoreEvent;
import app.holdfast.desktop.devices.PairModel.Step;
import app.holdfast.desktop.fx.Live;
import app.holdfast.desktop.memory.Desk;
import app.holdfast.desktop.memory.MemoryDevices;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PairModelTest {

    private static final CoreEvent.PairingAsked ASKED =
            new CoreEvent.PairingAsked(MemoryDevices.KITCHEN, "kitchen-imac", MemoryDevices.DIGITS);

    private final Desk desk = new Desk();
    private final ExecutorService joining = Executors.newSingleThreadExecutor();
    private final MemoryDevices devices = new MemoryDevices(joining);
    /// What waits for the screen, whose thread is the test's.
    private final LinkedBlockingQueue<Runnable> screen = new LinkedBlockingQueue<>();
    private final PairModel model =
            new PairModel(new Live(desk.library, screen::add, screen::add), desk.words, devices);

    @AfterEach
    void stop() {
        joining.shutdownNow();
    }

    @Test
    void showingMakesATicketThatWorksForAWhile() throws InterruptedException {
        model.show();
        draw();

        assertThat(step()).isInstanceOfSatisfying(Step.Showing.class,
                showing -> assertThat(showing.ticket()).isEqualTo(MemoryDevices.TICKET));
    }

    @Test
    void whoAsksIsComparedAndTakenOnlyAfterAYes() throws InterruptedException {
        model.show();
        draw();
        model.asked(ASKED);
        Step comparing = step();

        model.answer(true);
        model.joined("kitchen-imac");

        assertThat(comparing).isEqualTo(new Step.Comparing("kitchen-imac", "482915"));
        assertThat(devices.answers).containsExactly(true);
        assertThat(step()).isEqualTo(new Step.Done("kitchen-imac"));
    }

    @Test
    void digitsThatDifferShareNothing() {
        model.asked(ASKED);

        model.answer(false);

        assertThat(devices.answers).containsExactly(false);
        assertThat(step()).isEqualTo(new Step.Failed("They differ. Nothing was shared."));
    }

    @Test
    void givingUpAnswersNo() {
        model.asked(ASKED);

        model.cancel();

        assertThat(devices.answers).containsExactly(false);
        assertThat(step()).isEqualTo(new Step.Idle());
    }

    @Test
    void aSecondWhoAsksEndsTheFirst() {
        model.asked(ASKED);

        model.asked(new CoreEvent.PairingAsked(MemoryDevices.KITCHEN, "other", "111111"));

        assertThat(devices.answers).containsExactly(false);
        assertThat(step()).isEqualTo(new Step.Comparing("other", "111111"));
    }

    @Test
    void joiningWaitsForThePersonAndThenIsDone() throws InterruptedException {
        model.join("  " + MemoryDevices.TICKET.substring(0, 20) + "\n" + MemoryDevices.TICKET.substring(20));
        draw();
        Step comparing = step();

        model.answer(true);
        draw();

        assertThat(comparing).isEqualTo(new Step.Comparing("kitchen-imac", "482915"));
        assertThat(step()).isEqualTo(new Step.Done("kitchen-imac"));
    }

    @Test
    void aTicketThatIsNoneLeadsBackToTheFieldWithTheReason() throws InterruptedException {
        model.enter();
        model.join("endpointaa");
        draw();

        assertThat(step()).isInstanceOfSatisfying(Step.Entering.class,
                entering -> assertThat(entering.problem()).startsWith("This is no ticket"));
    }

    @Test
    void noTicketIsNotTried() {
        model.join("   ");

        assertThat(step()).isEqualTo(new Step.Entering("Paste the ticket that the other device shows."));
    }

    @Test
    void givingUpWhileJoiningSaysNoToTheOtherSide() throws InterruptedException {
        model.join(MemoryDevices.TICKET);
        draw();

        model.cancel();
        draw();

        assertThat(step()).isEqualTo(new Step.Idle());
    }

    private Step step() {
        return model.step().get();
    }

    /// Runs the next thing that the screen is told.
    private void draw() throws InterruptedException {
        Runnable next = screen.poll(60, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        next.run();
    }
}
