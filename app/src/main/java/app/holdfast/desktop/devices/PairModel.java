package app.holdfast.desktop.devices;

import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Devices;
import app.holdfast.core.model.DeviceId;
import app.holdfast.desktop.failure.FailureText;
import app.holdfast.desktop.fx.Live;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Pairing, step by step, from either side.
///
///     IDLE --show--> MAKING --ticket--> SHOWING --asked--> COMPARING --answer--> FINISHING --joined--> DONE
///       |                                                     ^                     |
///       '---enter--> ENTERING --join--> JOINING --digits------'                     '--failed--> FAILED
///
/// Being asked may also come out of the blue, while a ticket is shown on paper.
public final class PairModel {

    static final Duration TICKET_VALID = Duration.ofMinutes(10);
    /// Core gives a person a minute; we stop waiting a little earlier, so that our no arrives.
    private static final long ANSWER_SECONDS_MAX = 58;

    private final Live live;
    private final Words words;
    private final Devices devices;
    private final ReadOnlyObjectWrapper<Step> step = new ReadOnlyObjectWrapper<>(new Step.Idle());
    private Consumer<Boolean> answer = _ -> { };

    public sealed interface Step {
        record Idle() implements Step {}

        record Making() implements Step {}

        record Showing(String ticket, Instant expires) implements Step {}

        /// @param problem why the last ticket was not taken; empty for none
        record Entering(String problem) implements Step {}

        record Joining() implements Step {}

        record Comparing(String device, String digits) implements Step {}

        record Finishing(String device) implements Step {}

        record Done(String device) implements Step {}

        record Failed(String words) implements Step {}
    }

    public PairModel(Live live, Words words, Devices devices) {
        this.live = live;
        this.words = words;
        this.devices = devices;
    }

    public ReadOnlyObjectProperty<Step> step() {
        return step.getReadOnlyProperty();
    }

    /// Makes a ticket to be shown here.
    public void show() {
        step.set(new Step.Making());
        live.await(devices.invite(false, TICKET_VALID), invitation -> {
            if (step.get() instanceof Step.Making) {
                step.set(new Step.Showing(invitation.ticket(), invitation.expires()));
            }
        }, failure -> step.set(new Step.Failed(FailureText.of(failure, words.texts()))));
    }

    /// Takes a ticket made elsewhere.
    public void enter() {
        step.set(new Step.Entering(""));
    }

    /// @param ticket as it was pasted; white space in it is no part of it
    public void join(String ticket) {
        String clean = ticket.replaceAll("\\s+", "");
        if (clean.isEmpty()) {
            step.set(new Step.Entering(words.get(Text.PAIR_NO_TICKET)));
            return;
        }
        step.set(new Step.Joining());
        live.await(devices.join(clean, this::confirmOnCoresThread),
                joined -> step.set(new Step.Done(joined.deviceName())), this::joinFailed);
    }

    /// Somebody holds a ticket of ours.
    public void asked(CoreEvent.PairingAsked asked) {
        DeviceId device = asked.device();
        compare(asked.name(), asked.digits(), match -> devices.answer(device, match));
    }

    /// The member that was asked about is here.
    public void joined(String device) {
        if (step.get() instanceof Step.Finishing) {
            step.set(new Step.Done(device));
        }
    }

    /// The person has compared the digits.
    public void answer(boolean match) {
        if (step.get() instanceof Step.Comparing comparing) {
            Consumer<Boolean> waiting = answer;
            answer = _ -> { };
            step.set(match ? new Step.Finishing(comparing.device()) : new Step.Failed(words.get(Text.PAIR_DIFFER)));
            waiting.accept(match);
        }
    }

    /// Gives up, whatever the step; a question that waits is answered with no.
    public void cancel() {
        Consumer<Boolean> waiting = answer;
        answer = _ -> { };
        step.set(new Step.Idle());
        waiting.accept(false);
    }

    private void compare(String device, String digits, Consumer<Boolean> then) {
        answer.accept(false);
        answer = then;
        step.set(new Step.Comparing(device, digits));
    }

    /// Runs on a thread that core keeps for this question, so it may wait for the person.
    private boolean confirmOnCoresThread(String device, String digits) {
        CompletableFuture<Boolean> told = new CompletableFuture<>();
        live.onScreen(() -> {
            if (step.get() instanceof Step.Joining) {
                compare(device, digits, told::complete);
            } else {
                told.complete(false);
            }
        });
        try {
            return told.get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void joinFailed(Throwable failure) {
        answer = _ -> { };
        switch (step.get()) {
            case Step.Joining _ when failure instanceof CoreException ->
                    step.set(new Step.Entering(FailureText.of(failure, words.texts())));
            case Step.Joining _, Step.Comparing _, Step.Finishing _ ->
                    step.set(new Step.Failed(FailureText.of(failure, words.texts())));
            case Step.Idle _, Step.Making _, Step.Showing _, Step.Entering _, Step.Done _, Step.Failed _ -> { }
        }
    }
}
