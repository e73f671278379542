package app.holdfast.core.library;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.VaultContent;
import app.holdfast.core.api.VaultExchanges;
import app.holdfast.core.api.VaultMerge;
import app.holdfast.core.api.VaultMerge.Preview;
import app.holdfast.core.api.VaultTaking;
import app.holdfast.core.exchange.ExchangeException;
import app.holdfast.core.exchange.ExchangeMessage;
import app.holdfast.core.exchange.ExchangeMessage.Done;
import app.holdfast.core.exchange.ExchangeMessage.Offered;
import app.holdfast.core.exchange.ExchangeMessage.Part;
import app.holdfast.core.exchange.ExchangeMessage.Refused;
import app.holdfast.core.exchange.Taking;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.transport.Link;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One exchange on the side that takes: dials, says what [Taking] has to say, dials again when a link breaks. Any
/// thread; what waits runs as a task of the library's.
final class VaultAsking implements VaultTaking {

    private static final Logger LOG = LoggerFactory.getLogger(VaultAsking.class);

    /// A person at the other side, and the program around it.
    private static final Duration ANSWER = VaultExchanges.ANSWER_MAX.plusSeconds(10);
    /// Before a broken delivery is gone on with; doubled each time that nothing came.
    private static final Duration REDIAL = Duration.ofMillis(500);
    /// Links that may break one after another without that anything came over them.
    private static final int TRIES = 5;

    private final Taking taking;
    private final VaultDesk.Surroundings around;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    /// Ends what this waits for: a link, or a pause.
    private final AtomicReference<Runnable> hangUp = new AtomicReference<>(() -> { });
    private final Consumer<VaultAsking> onClose;

    /// @param onClose told once when this is closed
    VaultAsking(Taking taking, VaultDesk.Surroundings around, Consumer<VaultAsking> onClose) {
        this.taking = taking;
        this.around = around;
        this.onClose = onClose;
    }

    /// A step that may fail in ways that a person can understand.
    @FunctionalInterface
    private interface Step {
        void run() throws CoreException;
    }

    /// Runs a step as a task of the library's. All that a task may throw ends here, so that nobody waits for ever.
    private void begin(CompletableFuture<?> reply, Step step) {
        try {
            var _ = CompletableFuture.runAsync(() -> {
                try {
                    step.run();
                } catch (CoreException e) {
                    reply.completeExceptionally(e);
                }
            }, around.work()).whenComplete((_, failure) -> {
                if (failure != null) {
                    failed(reply, failure instanceof CompletionException e && e.getCause() != null ? e.getCause()
                            : failure);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("the library was closed before an exchange went on device={}", device(), e);
            reply.completeExceptionally(new CoreException.ExchangeCut(device().shortHex()));
        }
    }

    private void failed(CompletableFuture<?> reply, Throwable cause) {
        if (closed.get() || cause instanceof RejectedExecutionException) {
            LOG.debug("an exchange ended when it was closed device={}", device(), cause);
            reply.completeExceptionally(new CoreException.ExchangeCut(device().shortHex()));
        } else {
            LOG.warn("an exchange of a vault failed device={}", device(), cause);
            reply.completeExceptionally(cause instanceof OutOfMemoryError ? new CoreException.Refused(
                    "this takes more memory than the program has; choose less at once") : cause);
        }
    }

    /// Waits for the other side's person.
    void ask(CompletableFuture<VaultTaking> reply) {
        begin(reply, () -> {
            converse();
            if (!reply.complete(this)) {
                close(); // nobody waits for it any more
            }
        });
    }

    private void converse() throws CoreException {
        try (Link link = dialled()) {
            var talk = new VaultTalk(link, around.work());
            talk.say(taking.ask());
            switch (talk.next(ANSWER)) {
                case Offered offered -> taking.receive(offered);
                case ExchangeMessage other -> throw unexpected(other);
            }
            boolean whole = false;
            while (!whole) {
                whole = taking.receive(part(talk));
            }
        } catch (IOException e) {
            throw closed.get() ? cut() : Connections.failure(device(), e);
        } catch (ExchangeException e) {
            throw bad(e);
        } finally {
            hangUp.set(() -> { });
        }
    }

    /// A link that [#close] ends.
    private Link dialled() throws IOException {
        if (closed.get()) {
            throw new IOException("nobody waits for it any more");
        }
        Link link = around.dial().to(device());
        hangUp.set(link::close);
        if (closed.get()) {
            link.close();
            throw new IOException("nobody waits for it any more");
        }
        return link;
    }

    @Override
    public DeviceId device() {
        return taking.terms().giver();
    }

    @Override
    public List<VaultContent.Client> offered() {
        return taking.compared().offered();
    }

    @Override
    public Preview preview(VaultMerge choice) throws CoreException {
        return taking.compared().preview(choice);
    }

    @Override
    public CompletionStage<Void> take(Preview preview, Consumer<Progress> progress) {
        var reply = new CompletableFuture<Void>();
        if (!busy.compareAndSet(false, true)) {
            reply.completeExceptionally(new CoreException.Busy());
            return reply;
        }
        var _ = reply.whenComplete((_, _) -> busy.set(false));
        begin(reply, () -> attempt(preview, progress, reply, 1));
        return reply;
    }

    private void attempt(Preview preview, Consumer<Progress> progress, CompletableFuture<Void> reply, int number)
            throws CoreException {
        if (closed.get()) {
            throw cut();
        }
        long before = taking.received();
        try {
            if (!fetch(preview, progress)) {
                tellDone();
            }
            reply.complete(null);
        } catch (IOException e) {
            LOG.info("a vault's delivery broke device={} cause={}", device(), e.getMessage());
            int next = taking.received() > before ? 1 : number + 1;
            if (next > TRIES || closed.get()) {
                throw cut();
            }
            afterPause(next, () -> begin(reply, () -> attempt(preview, progress, reply, next)));
        } catch (ExchangeException e) {
            throw bad(e);
        }
    }

    /// Goes on after a while, or when this is closed.
    private void afterPause(int number, Runnable next) {
        CompletableFuture<Void> pause = around.pauses().apply(REDIAL.multipliedBy(1L << (number - 1)));
        hangUp.set(() -> pause.complete(null));
        if (closed.get()) {
            pause.complete(null);
        }
        var _ = pause.whenComplete((_, _) -> next.run());
    }

    /// Until all is here and merged.
    ///
    /// @return whether the giver was told
    private boolean fetch(Preview preview, Consumer<Progress> progress)
            throws IOException, ExchangeException, CoreException {
        List<ExchangeMessage> messages = taking.take(preview);
        if (messages.isEmpty()) {
            taking.merge();
            return false;
        }
        try (Link link = dialled()) {
            var talk = new VaultTalk(link, around.work());
            talk.say(messages);
            boolean whole = false;
            while (!whole) {
                whole = taking.receive(part(talk));
                progress.accept(new Progress(taking.received(), taking.size()));
            }
            taking.merge();
            return isTold(talk);
        } finally {
            hangUp.set(() -> { });
        }
    }

    /// Over a link of its own. Whatever fails now, what was merged stays so.
    private void tellDone() {
        try (Link link = dialled()) {
            LOG.debug("a device was told at last that all is here told={}", isTold(new VaultTalk(link, around.work())));
        } catch (IOException | RuntimeException e) {
            LOG.info("a device was not told that all is here device={} cause={}", device(), e.getMessage());
        } finally {
            hangUp.set(() -> { });
        }
    }

    /// So that nobody waits there for what will not be asked for.
    private boolean isTold(VaultTalk talk) {
        try {
            talk.say(new Done(taking.terms().id()));
            return true;
        } catch (IOException e) {
            LOG.info("a link broke before all was said device={} cause={}", device(), e.getMessage());
            return false;
        }
    }

    private Part part(VaultTalk talk) throws IOException, ExchangeException, CoreException {
        ExchangeMessage message = talk.next(VaultTalk.PROGRAM);
        if (message instanceof Part part) {
            return part;
        }
        throw unexpected(message);
    }

    private CoreException unexpected(ExchangeMessage message) {
        return message instanceof Refused(var reason) ? new CoreException.VaultNotGiven(around.name(device()), reason)
                : new CoreException.BadExchange(around.name(device()), "the conversation", "something else was due", 0);
    }

    /// Once this is closed the library may be too, and then there are no names.
    private CoreException.ExchangeCut cut() {
        return new CoreException.ExchangeCut(closed.get() ? device().shortHex() : around.name(device()));
    }

    private CoreException bad(ExchangeException e) {
        return new CoreException.BadExchange(around.name(device()), e.where(), e.reason(), e.offset());
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            onClose.accept(this);
        }
        Objects.requireNonNull(hangUp.get()).run();
        taking.close();
    }
}
